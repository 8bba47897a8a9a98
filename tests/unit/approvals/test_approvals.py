"""Clerks and steps over a table in memory: one wins, nothing is decided twice, every road ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chalicelib.approvals.service import Approvals
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.approvals.decisions import Decisions
from chalicelib.approvals.model import TaskKey, lamp
from chalicelib.approvals.stages import Stages
from chalicelib.cases.model import EDGES, may
from chalicelib.intake.model import Intake
from chalicelib.intake.service import Desk
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import MemoryStore, cases
from tests.unit.samples import NOW, NoRatings, Services, application, clerk, service

MISSING = [{"text": "现场照片"}]
APPROVER, POLICE = clerk("王芳", "cgw", "approver"), clerk("赵强", "gaj", "approver")


class NoHandover:
    def handed_over(self, case_no: str, by: str, now: Any) -> None:
        raise AssertionError


class Office:
    """A desk and its approvals over one table, with one case filed."""

    def __init__(self, *stages: dict[str, Any]) -> None:
        self.store = MemoryStore()
        catalogue = Services(service(stages=list(stages) or None))
        self.cases = cases(self.store)
        self.desk = Desk(self.cases, catalogue, NoRatings(), b"case")
        self.stages = Stages(self.cases, catalogue)
        self.approvals = Approvals(self.cases, Decisions(self.cases, catalogue, self), NoHandover())
        self.case_no = self.desk.receive(application(), NOW).body["case_no"]

    def official(self, service: Any, now: Any) -> str:
        return "OFFICIAL0001"

    def open(self, stage: str, department: str, token: str = "t") -> None:
        self.stages.open_task(self.case_no, stage, department, token, NOW)

    def decide(self, who: Any, stage: str, outcome: Any, round_: int = 1, opinion: str = "理由充分") -> dict[str, Any]:
        task_id = TaskKey(self.case_no, stage, who.department, round_).task_id
        missing = MISSING if outcome == "correct" else []
        return self.approvals.decide(who, task_id, outcome, opinion, missing, NOW)

    def status(self) -> Status:
        return self.cases.head(self.case_no).status

    def row(self, key: str) -> Any:
        return self.cases.row(self.case_no, key)

    def supplement(self) -> None:
        body = {"case_no": self.case_no, "materials": [{"code": "photo", "material_id": "1"}]}
        self.desk.receive(Intake("supplement", "web", "tel:13800001234", "", body, NOW), NOW)


def test_the_whole_way() -> None:
    office = Office()
    office.open("accept", "zwzx")
    (task,), more = office.approvals.tasks(clerk(), NOW)
    assert task["due"] == "2026-07-02" and task["applicant"] == "张*丰" and more is None
    office.decide(clerk(), "accept", "approve")
    assert office.status() is Status.ACCEPTED and office.approvals.tasks(clerk(), NOW) == ([], None)
    office.open("review", "cgw")
    office.open("review", "gaj")
    assert office.status() is Status.IN_REVIEW
    office.decide(APPROVER, "review", "approve")
    office.decide(POLICE, "review", "approve")
    assert office.status() is Status.IN_REVIEW
    office.open("decide", "cgw")
    office.decide(APPROVER, "decide", "approve")
    assert office.status() is Status.GRANTED
    names = [event.name for event in office.cases.whole(office.case_no).events]
    assert names == "submitted assigned accepted assigned assigned reviewed reviewed assigned granted".split()


def test_opening_again_keeps_the_new_token_and_makes_no_second_task() -> None:
    office = Office()
    office.open("accept", "zwzx", "t1")
    office.open("accept", "zwzx", "t2")
    assert office.row("task#accept#zwzx#1").token == "t2" and office.row("task#accept#zwzx#2") is None
    office.decide(clerk(), "accept", "approve")
    office.open("accept", "zwzx", "t3")
    again = office.row("task#accept#zwzx#1")
    assert (again.token, again.outcome) == ("t3", "approve")


def test_two_clerks_one_decision() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk("李娜"), "accept", "approve")
    with pytest.raises(Conflict, match="李娜已在09:30办理：同意") as refused:
        office.decide(clerk("周杰"), "accept", "reject")
    assert refused.value.code == "already_decided"
    assert office.decide(clerk("李娜"), "accept", "approve")["decision"] == "approve"


def test_a_claim_is_respected() -> None:
    office = Office()
    office.open("accept", "zwzx")
    task_id = TaskKey(office.case_no, "accept", "zwzx", 1).task_id
    assert office.approvals.claim(clerk("李娜"), task_id, NOW)["claimed_by"] == "李娜"
    assert office.approvals.claim(clerk("李娜"), task_id, NOW)["claimed_by"] == "李娜"
    acts: tuple[Callable[[], object], ...] = (
        lambda: office.approvals.claim(clerk("周杰"), task_id, NOW),
        lambda: office.decide(clerk("周杰"), "accept", "approve"),
    )
    for act in acts:
        with pytest.raises(Conflict, match="李娜正在办理"):
            act()


def test_who_receives_does_not_decide() -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(Forbidden, match="不同的人"):
        office.decide(clerk(role="approver"), "accept", "approve")
    with pytest.raises(Forbidden, match="其他部门"):
        office.approvals.claim(APPROVER, TaskKey(office.case_no, "accept", "zwzx", 1).task_id, NOW)


@pytest.mark.parametrize(("outcome", "path"), [("reject", "opinion"), ("correct", "missing")])
def test_a_no_has_reasons(outcome: Any, path: str) -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(InvalidInput) as refused:
        office.approvals.decide(clerk(), TaskKey(office.case_no, "accept", "zwzx", 1).task_id, outcome, " ", [], NOW)
    assert refused.value.fields[0].path == path and office.status() is Status.SUBMITTED


def test_correction_is_asked_once_and_goes_back() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "correct")
    assert office.status() is Status.CORRECTION
    office.stages.await_supplement(office.case_no, "accept", "zwzx", "w1", NOW)
    office.supplement()
    assert office.status() is Status.SUBMITTED
    wait = office.row("wait#supplement#accept#zwzx")
    assert (wait.token, wait.outcome) == ("w1", "supplemented")
    office.open("accept", "zwzx", "t2")
    with pytest.raises(Conflict, match="一次告知"):
        office.decide(clerk(), "accept", "correct", 2)
    office.decide(clerk(), "accept", "approve", 2)
    assert office.status() is Status.ACCEPTED


def test_a_department_goes_on_while_another_waits_for_a_supplement() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "approve")
    office.open("review", "cgw")
    office.open("review", "gaj")
    office.decide(APPROVER, "review", "correct")
    office.decide(POLICE, "review", "approve")
    assert office.status() is Status.CORRECTION
    office.supplement()
    assert office.status() is Status.IN_REVIEW


def test_refusing_closes_the_work_beside_it() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "approve")
    office.open("review", "cgw")
    office.open("review", "gaj")
    office.decide(APPROVER, "review", "reject")
    assert office.status() is Status.DENIED and office.row("task#review#gaj#1").outcome == "superseded"
    with pytest.raises(Conflict):
        office.decide(POLICE, "review", "approve")


def test_not_accepting_says_so_to_the_workflow() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "reject")
    assert office.status() is Status.NOT_ACCEPTED
    assert office.row("task#accept#zwzx#1").data["output"] == {"result": "not_accepted"}


def test_time_for_supplementing_passes() -> None:
    from datetime import timedelta

    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "correct")
    assert office.stages.lapse_due(NOW + timedelta(days=21)) == 0
    assert office.stages.lapse_due(NOW + timedelta(days=22)) == 1
    assert office.status() is Status.WITHDRAWN and office.row("wait#supplement#accept#zwzx").outcome == "lapsed"
    assert office.stages.lapse_due(NOW + timedelta(days=22)) == 0


def test_a_step_for_a_withdrawn_case_answers_at_once() -> None:
    office = Office()
    office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": office.case_no}, NOW), NOW)
    office.open("accept", "zwzx", "t1")
    row = office.row("task#accept#zwzx#1")
    assert (row.token, row.outcome) == ("t1", "withdrawn")


def test_lamps() -> None:
    today = NOW.date()
    assert [lamp(due, today) for due in ("2026-06-30", "2026-07-01#x", "2026-07-02", "2026-07-03", None)] == [
        "overdue",
        "near",
        "near",
        "normal",
        "normal",
    ]


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["approve", "reject", "correct"])), max_size=14))
def test_no_order_of_acts_leaves_the_table_of_edges(acts: list[tuple[int, str]]) -> None:
    """Whatever clerks, steps and the applicant do in whatever order, every move is an edge, and refusals change nothing."""
    office = Office()
    people = [(clerk(), "accept"), (APPROVER, "review"), (POLICE, "review"), (APPROVER, "decide")]
    before = office.status()
    for number, outcome in acts:
        try:
            if number < 4:
                who, stage = people[number]
                office.open(stage, who.department)
                rounds = [
                    row for row in office.store.kept.values() if row.key.startswith(f"task#{stage}#{who.department}#")
                ]
                office.decide(who, stage, outcome, len(rounds))
            elif number == 4:
                office.supplement()
            elif number == 5:
                office.stages.lapse(office.case_no, NOW)
            else:
                body = {"case_no": office.case_no}
                office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", body, NOW), NOW)
        except AppError:
            assert office.status() is before or number < 4
        assert may(before, office.status()), (before, office.status())
        before = office.status()


def test_final_states_have_no_way_out() -> None:
    assert {status for status, ways in EDGES.items() if not ways} == {Status.CLOSED, Status.WITHDRAWN, Status.VOID}


@pytest.mark.parametrize("end", ["", "0", "²", "٣", "-1", "9" * 99, "1.2"])
def test_a_task_id_that_is_none(end: str) -> None:
    assert TaskKey.parse(f"660092712114.issue.mzj.{end}") is None
    assert TaskKey.parse("9.issue.mzj.1") is None
