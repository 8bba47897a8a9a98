"""What departments decide over a table in memory: one transaction each, and every road ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError, Conflict, InvalidInput
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.statuses import Status, may
from tests.unit.approvals.fakes import APPROVER, POLICE, Office
from tests.unit.samples import NOW, clerk

OUTCOMES: tuple[Outcome, ...] = ("approve", "reject", "correct")


def test_the_whole_way() -> None:
    office = Office()
    office.open("accept", "zwzx")
    (task,), more = office.tasks.mine(clerk(), NOW)
    assert task["due"] == "2026-07-02" and task["applicant"] == "张*丰" and more is None
    office.decide(clerk(), "accept", "approve")
    assert office.status() is Status.ACCEPTED and office.tasks.mine(clerk(), NOW) == ([], None)
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


@pytest.mark.parametrize(("outcome", "path"), [("reject", "opinion"), ("correct", "missing")])
def test_a_no_has_reasons(outcome: Any, path: str) -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(InvalidInput) as refused:
        task_id = TaskKey(office.case_no, "accept", "zwzx").task_id
        office.tasks.decide(clerk(), task_id, Decision(outcome, " "), NOW)
    assert refused.value.fields[0].path == path and office.status() is Status.SUBMITTED


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


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(OUTCOMES)), max_size=14))
def test_no_order_of_acts_leaves_the_table_of_edges(acts: list[tuple[int, Outcome]]) -> None:
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
                office.supplements.lapse(office.case_no, NOW)
            else:
                body = {"case_no": office.case_no}
                office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", body, NOW), NOW)
        except AppError:
            assert office.status() is before or number < 4
        assert may(before, office.status()), (before, office.status())
        before = office.status()
