"""What a move to another version changes for a case, and what refuses it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from chalicelib.approvals.versions import NO_RULES, RULES, Move, changes, left, move, off_turn, refused
from chalicelib.catalogue.model import Service, Stage
from chalicelib.kernel.errors import Conflict
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.proposals.fakes import Pair
from tests.unit.samples import NOW, clerk, service


def stage(name: str, kind: str = "review", *departments: str) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": kind, "departments": list(departments or ("cgw",)), "limit_days": 1}


def of(*stages: dict[str, Any], **changes: Any) -> Service:
    return service(stages=list(stages), **changes)


def plan(*stages: dict[str, Any]) -> tuple[Stage, ...]:
    return of(*stages).stages


ACCEPT, REVIEW, DECIDE = stage("accept", "acceptance", "zwzx"), stage("review"), stage("decide", "decision")
AGAIN = stage("again")


def reviewed() -> Office:
    """A case whose first stage, a review, is approved and whose second is open."""
    office = Office(REVIEW, DECIDE)
    office.open("review", "cgw")
    office.decide(APPROVER, "review", "approve")
    office.open("decide", "cgw")
    return office


def why(office: Office, *stages: dict[str, Any]) -> str:
    return refused(office.cases.head(office.case_no), office.store.rows(office.case_no), plan(*stages))


def moved(office: Office, *stages: dict[str, Any], **anew: Any) -> Move:
    new = of(*(stages or office.plan or ()), **anew, version="v000002")
    return move(office.cases.whole(office.case_no), of(*(office.plan or ())), new, NOW, "ops:wang")


def test_whatever_a_service_has_is_a_rule_unless_it_is_named_as_none() -> None:
    names = {each.name for each in fields(Service)}
    assert names >= NO_RULES and set(RULES) == names - NO_RULES
    old = service()
    for name in names:
        other: dict[str, Any] = {name: {"other": 1}}
        told = changes(old, replace(old, **other))
        assert [line.partition(":")[0] for line in told] == ([] if name in NO_RULES else [name])


def test_it_says_what_would_change_and_nothing_else() -> None:
    old = of(REVIEW)
    told = changes(old, replace(of(REVIEW, AGAIN), form={"x": "x" * 100}))
    assert told[1] == 'stages: ["review"] → ["review", "again"]'
    assert told[0].startswith("form: ") and len(told[0]) < 170
    assert changes(old, of({**REVIEW, "limit_days": 9})) == [
        'stages: {"review": {"limit_days": 1}} → {"review": {"limit_days": 9}}'
    ]
    item = {"code": "f1", "name": "工本费", "basis": "文件"}
    fees = [{"fee": {"items": [{**item, "amount_fen": each}]}} for each in (20, 30)]
    (fee,) = changes(of(REVIEW, **fees[0]), of(REVIEW, **fees[1]))
    assert fee == 'fee: {"items": {"f1": {"amount_fen": 20}}} → {"items": {"f1": {"amount_fen": 30}}}'


def test_a_stage_is_left_until_all_of_its_departments_approved() -> None:
    two, both = plan(REVIEW, DECIDE), plan(stage("review", "review", "cgw", "gaj"), DECIDE)
    office = reviewed()
    rows = office.store.rows(office.case_no)
    assert left(two, rows) == [two[1]] and left(both, rows) == list(both)
    assert [row.key for row in off_turn(both, rows)] == ["task#decide#cgw#1"]
    assert off_turn(two, rows) == []
    elsewhere = plan(REVIEW, stage("decide", "decision", "gaj"))
    assert [row.key for row in off_turn(elsewhere, rows)] == ["task#decide#cgw#1"]


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


def test_a_move_says_who_did_it_and_takes_off_the_desk_what_is_not_in_its_turn() -> None:
    made = moved(reviewed(), REVIEW, AGAIN, DECIDE, promised_days=9)
    assert made.changes == ['stages: ["review", "decide"] → ["review", "again", "decide"]']
    assert (made.event.name, made.event.actor) == (EventName.RULES_CHANGED, "ops:wang")
    assert made.event.data == {"from": "v000001", "to": "v000002"} and "v000001 → v000002" in made.event.text
    assert [row.key for row in made.gone] == ["task#decide#cgw#1"]


@pytest.mark.parametrize(
    ("stages", "anew", "said"),
    [([REVIEW], {}, "再没有人作决定"), ([], {"promised_days": 9, "name": "乙"}, "没有任何改变")],
)
def test_what_is_refused_says_why(stages: list[Any], anew: dict[str, Any], said: str) -> None:
    with pytest.raises(Conflict, match=f"不能改用v000002：.*{said}"):
        moved(reviewed(), *stages, **anew)


def test_of_a_decided_case_nothing_is_taken_off_a_desk() -> None:
    office = reviewed()
    office.decide(APPROVER, "decide", "approve")
    assert office.status() is Status.GRANTED
    made = moved(office, REVIEW, result={"name": "新证", "type": "certificate", "electronic": True})
    assert [line.partition(":")[0] for line in made.changes] == ["stages", "result"] and not made.gone


def test_what_a_colleague_is_to_confirm_is_no_stage_and_stays_on_its_desk() -> None:
    office = reviewed()
    pair = Pair(office.cases, office.catalogue, office.case_no)
    pair.void()
    assert moved(office, REVIEW, AGAIN, DECIDE).gone == [office.row("task#decide#cgw#1")]
