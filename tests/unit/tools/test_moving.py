"""What a move to another version says before it is done, what it refuses, and what it writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.cases.items import head_attributes, row_item
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.samples import clerk, service
from tools.moving import changes, left, move, off_turn, refused
from tools.system import System

OUTPUTS = {"CasesTable": "cases", "CatalogueTable": "catalogue", "ApprovalWorkflow": "arn:x:stateMachine:Approval"}


def stage(name: str, kind: str = "review", *departments: str) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": kind, "departments": list(departments or ("cgw",)), "limit_days": 1}


ACCEPT, REVIEW, DECIDE = stage("accept", "acceptance", "zwzx"), stage("review"), stage("decide", "decision")
AGAIN = stage("again")


class Engine:
    """The tables and executions of one case, as far as a move asks them."""

    def __init__(self, office: Office, *versions: dict[str, Any]) -> None:
        self.office, self.versions = office, {each["version"]: each for each in versions}
        self.writes: list[dict[str, Any]] = []
        self.stopped: list[str] = []
        self.raced = False

    def __call__(self, service: str) -> Engine:
        return self

    def get_item(self, *, TableName: str, Key: dict[str, Any]) -> dict[str, Any]:
        found = self.versions.get(Key["version"]["S"])
        return {"Item": {"value": {"S": json.dumps(found)}}} if found else {}

    def get_paginator(self, operation: str) -> Engine:
        return self

    def paginate(self, **asked: Any) -> list[dict[str, Any]]:
        case = self.office.cases.head(self.office.case_no)
        rows = [row_item(row.with_(rev=row.rev - 1)) for row in self.office.store.rows(case.case_no)]
        return [{"Items": [head_attributes(case), *(row.to_dynamodb_dict() for row in rows)]}]

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]]) -> None:
        if self.raced:
            raise ClientError({"Error": {"Code": "TransactionCanceledException"}}, "TransactWriteItems")
        self.writes = TransactItems

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:
        return {"status": "RUNNING"}

    def stop_execution(self, *, executionArn: str, cause: str) -> None:
        self.stopped.append(executionArn)

    def move(self, sure: bool = True) -> list[str]:
        return move(System(self, OUTPUTS), self.office.case_no, "v000002", sure)


def engine(office: Office, *stages: dict[str, Any], **anew: Any) -> Engine:
    """The office's case under v000001, and a version v000002 with other stages."""
    old = service(stages=office.plan).to_dict()
    changed = {"stages": list(stages)} if stages else {}
    return Engine(office, {**old, "version": "v000001"}, {**old, **changed, **anew, "version": "v000002"})


def reviewed(*stages: dict[str, Any]) -> Office:
    """A case whose first stage, a review, is approved and whose second is open."""
    office = Office(*(stages or (REVIEW, DECIDE)))
    office.open("review", "cgw")
    office.decide(APPROVER, "review", "approve")
    office.open("decide", "cgw")
    return office


def why(office: Office, *stages: dict[str, Any]) -> str:
    return refused(office.cases.head(office.case_no), office.store.rows(office.case_no), stages)


def test_it_says_what_would_change_for_the_case_and_nothing_else() -> None:
    old = {"name": "甲", "promised_days": 1, "stages": [REVIEW], "fee": None, "form": {"x": "x" * 100}}
    assert changes(old, old) == [] == changes(old, {**old, "name": "乙", "promised_days": 5, "channels": ["sms"]})
    told = changes(old, {**old, "stages": [REVIEW, AGAIN], "form": {}})
    assert told[1] == 'stages: ["review"] → ["review", "again"]'
    assert told[0].startswith("form: ") and len(told[0]) < 100
    assert changes(old, {**old, "stages": [{**REVIEW, "limit_days": 9}]}) == [
        'stages: {"review": {"limit_days": 1}} → {"review": {"limit_days": 9}}'
    ]
    fees = [{"items": [{"name": "工本费", "amount_fen": each}, {"name": "邮费", "amount_fen": 1}]} for each in (20, 30)]
    (fee,) = changes({**old, "fee": fees[0]}, {**old, "fee": fees[1]})
    assert "20" in fee and "30" in fee, "what has no name is shown as it is"


def test_a_stage_is_left_until_all_of_its_departments_approved() -> None:
    both = stage("review", "review", "cgw", "gaj")
    office = reviewed()
    rows = office.store.rows(office.case_no)
    assert left([REVIEW, DECIDE], rows) == [DECIDE] and left([both, DECIDE], rows) == [both, DECIDE]
    assert [row.key for row in off_turn([both, DECIDE], rows)] == ["task#decide#cgw#1"]
    assert off_turn([REVIEW, DECIDE], rows) == []
    assert [row.key for row in off_turn([REVIEW, stage("decide", "decision", "gaj")], rows)] == ["task#decide#cgw#1"]


def test_what_would_leave_nothing_to_decide_is_refused() -> None:
    assert "再没有人作决定" in why(reviewed(), REVIEW), "the open last stage is gone"
    assert "再没有人作决定" in why(reviewed(), AGAIN, REVIEW), "the last one is done, whatever comes before it"
    assert why(reviewed(), AGAIN, DECIDE) == why(reviewed(), REVIEW, AGAIN, DECIDE) == ""


def test_while_a_supplement_is_awaited_nothing_is_moved() -> None:
    office = reviewed()
    office.decide(APPROVER, "decide", "correct")
    for stages in ([REVIEW, AGAIN, DECIDE], [REVIEW, AGAIN]):
        assert "等申请人补正" in why(office, *stages)
    office.supplement("photo")
    assert "补正之后" in why(office, REVIEW, AGAIN, DECIDE), "the answered wait would pass the stage unseen"
    assert why(office, REVIEW, DECIDE, AGAIN) == ""


def test_a_case_is_not_accepted_twice() -> None:
    office = Office(ACCEPT, REVIEW, DECIDE)
    office.open("accept", "zwzx")
    assert why(office, ACCEPT, AGAIN, DECIDE) == ""
    office.decide(clerk(), "accept", "approve")
    assert why(office, ACCEPT, AGAIN, DECIDE) == "" and "已经受理" in why(office, {**ACCEPT, "id": "other"}, DECIDE)


def test_a_move_is_written_whole_with_who_did_it_and_the_approval_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "wang")
    office = reviewed()
    made = engine(office, REVIEW, AGAIN, DECIDE, promised_days=9)
    told = ['stages: ["review", "decide"] → ["review", "again", "decide"]']
    assert made.move(sure=False) == told and not made.writes and not made.stopped
    assert made.move() == told and len(made.stopped) == 1
    head, happened, gone = (next(iter(each.values())) for each in made.writes)
    rev = office.cases.head(office.case_no).rev
    assert head["ExpressionAttributeValues"] == {
        ":to": {"S": "v000002"}, ":one": {"N": "1"}, ":rev": {"N": str(rev)}
    }  # fmt: skip
    data = json.loads(happened["Item"]["data"]["S"])
    assert happened["Item"]["sk"]["S"] == f"event#{rev + 1:06d}" and data["name"] == EventName.RULES_CHANGED
    assert (data["data"], data["actor"]) == ({"from": "v000001", "to": "v000002"}, "ops:wang")
    assert gone["Key"]["sk"]["S"] == "task#decide#cgw#1"


@pytest.mark.parametrize(
    ("stages", "anew", "said"),
    [([REVIEW], {}, "再没有人作决定"), ([], {"promised_days": 5, "name": "乙"}, "没有任何改变")],
)
def test_what_is_refused_is_said_before_and_not_done(stages: list[Any], anew: dict[str, Any], said: str) -> None:
    made = engine(reviewed(), *stages, **anew)
    for sure in (False, True):
        with pytest.raises(SystemExit, match=said):
            made.move(sure)
    assert not made.writes and not made.stopped


def test_who_was_first_is_not_overwritten() -> None:
    made = engine(reviewed(), REVIEW, AGAIN, DECIDE)
    made.raced = True
    with pytest.raises(SystemExit, match="再看一次"):
        made.move()
    assert not made.stopped


def test_a_decided_case_keeps_its_workflows() -> None:
    office = reviewed()
    office.decide(APPROVER, "decide", "approve")
    assert office.cases.head(office.case_no).status is Status.GRANTED
    made = engine(office, REVIEW, result={"name": "新证", "type": "certificate", "electronic": True})
    assert any(line.startswith("result") for line in made.move())
    assert len(made.writes) == 2 and not made.stopped
