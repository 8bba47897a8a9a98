"""What else happens to a case while other departments are asked (退回重审、会签): nothing strands it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.approvals.special import Procedure
from chalicelib.approvals.versions import refused
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, HEAD, POLICE, REFERRAL, TWO, Office, back, deciding, reviewing, sent
from tests.unit.samples import NOW, clerk


def test_begun_again_while_departments_are_asked_the_wait_keeps_the_new_token() -> None:
    office = back(deciding())
    office.open("review", "gaj", "t5")
    assert office.row("task#review#gaj#1").token == "t5", "its stage has passed: the workflow hears so and goes on"
    office.open("decide", "cgw", "t6")
    assert office.row(REFERRAL).token == "t6" and office.row("task#review#gaj#2").token is None
    office.decide(POLICE, "review", "approve", 2)
    office.open("decide", "cgw", "t7")
    assert office.row("task#decide#cgw#2").token == "t7" and office.row(REFERRAL).token is None


def test_a_step_that_reads_between_two_writes_is_tried_again() -> None:
    office = sent(deciding())
    before = office.cases.whole(office.case_no)
    office.decide(POLICE, "countersign", "approve")
    torn = replace(before, rows=(*(row for row in before.rows if row.key != REFERRAL), office.row(REFERRAL)))
    whole, reads = office.cases.whole, iter([torn])
    office.cases.whole = lambda case_no, until="": next(reads, None) or whole(case_no, until)  # type: ignore[method-assign]
    office.open("decide", "cgw", "t9")
    assert office.row("task#decide#cgw#2").token == "t9" and office.row(REFERRAL).token is None


def test_withdrawn_meanwhile_all_is_closed_and_the_workflow_hears() -> None:
    office = sent(deciding())
    office.withdraw()
    assert (office.row(REFERRAL).token, office.row(REFERRAL).outcome) == ("t4", "withdrawn")
    assert office.row("task#countersign#gaj#1").outcome == "withdrawn" and not office.tasks.mine(POLICE, NOW)[0]
    with pytest.raises(Conflict):
        office.decide(POLICE, "countersign", "approve")


def test_a_supplement_beside_it_takes_nothing_from_it() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "countersign", to=("gaj",))
    office.decide(POLICE, "review", "correct", missing=TWO)
    assert office.status() is Status.CORRECTION
    office.decide(POLICE, "countersign", "approve")
    assert office.status() is Status.CORRECTION and office.row("task#review#cgw#2").token == "t2"
    office.decide(APPROVER, "review", "approve", 2)
    office.supplement("photo", "lease")
    assert office.status() is Status.IN_REVIEW and office.row("task#review#gaj#2").token == "t3"
    office.decide(POLICE, "review", "approve", 2)
    assert office.owed(), "the stage has passed"


def test_handed_in_while_departments_are_asked_the_wait_for_them_stays() -> None:
    office = sent(deciding())
    office.supplement("photo")
    assert office.row(REFERRAL).outcome is None and office.status() is Status.IN_REVIEW
    office.lapses.lapse(office.case_no, office.on("08-30").now)
    assert office.status() is Status.IN_REVIEW


def test_article_42_the_clock_runs_on_and_no_task_is_due_after_the_case() -> None:
    """《行政许可法》第42条: asking others is the office's own time; only 第45条 stops it."""
    office = deciding()
    promised = office.due()
    sent(office.on("07-06"))
    assert office.due() == promised and office.cases.head(office.case_no).clock.paused is None
    task = office.row("task#countersign#gaj#1")
    assert task.due[5:10] == promised, "three working days would be later"
    office.procedures.extend(office.case_no, HEAD, 2, "案情复杂", office.now)
    assert office.row("task#countersign#gaj#1").due[5:10] == "07-09", "its own days"


def test_article_45_while_the_clock_stands_nothing_is_answered_or_taken_back_and_who_asked_may_end_it() -> None:
    """《行政许可法》第45条."""
    office = sent(deciding())
    procedure = Procedure("appraisal", "听证", date(2026, 7, 10))
    with pytest.raises(Forbidden):
        office.procedures.suspend(office.case_no, POLICE, procedure, NOW)
    office.procedures.suspend(office.case_no, APPROVER, procedure, NOW)
    for act in (
        lambda: office.decide(POLICE, "countersign", "approve"),
        lambda: office.procedures.recall(office.case_no, APPROVER, "不等了", NOW),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert refusal.value.code == "suspended"
    office.procedures.resume(office.case_no, APPROVER, "听证结束", NOW)
    office.decide(POLICE, "countersign", "approve")
    assert office.row("task#decide#cgw#2").token == "t4"


def test_refused_beside_it_all_ends() -> None:
    joint = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw", "gaj"], "limit_days": 1}
    office = Office(joint)
    office.open("decide", "cgw", "t1")
    office.open("decide", "gaj", "t2")
    office.decide(APPROVER, "decide", "countersign", to=("gaj",))
    office.decide(POLICE, "decide", "reject")
    assert office.status() is Status.DENIED and office.row("wait#referral#decide#cgw#1").outcome == "superseded"
    assert office.row("task#countersign#gaj#1").outcome == "superseded"


def test_while_departments_are_asked_a_case_keeps_its_rules() -> None:
    office = sent(deciding())
    file = office.cases.whole(office.case_no)
    stages = office.catalogue.get("street-stall").stages
    assert "等其他部门会签" in refused(file.case, file.rows, stages)
    office.decide(POLICE, "countersign", "approve")
    file = office.cases.whole(office.case_no)
    assert refused(file.case, file.rows, stages) == ""


def test_a_stage_is_passed_once_and_what_is_reviewed_again_opens_it_no_more() -> None:
    """Of two reviews the second sends back to the first: the workflow stays where it is."""
    first = {"id": "check", "name": "核查", "kind": "review", "departments": ["gaj"], "limit_days": 2}
    second = {"id": "review", "name": "审查", "kind": "review", "departments": ["cgw", "xfj"], "limit_days": 2}
    last = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}
    office, fire = Office(first, second, last), clerk("孙", "xfj", "approver")
    office.open("check", "gaj", "t1")
    office.decide(POLICE, "check", "approve")
    office.open("review", "cgw", "t2")
    office.open("review", "xfj", "t3")
    office.decide(APPROVER, "review", "return", to=("gaj",))
    office.decide(fire, "review", "approve")
    assert not office.owed(), "the other department has still to review"
    office.decide(POLICE, "check", "approve", 2)
    assert not office.owed() and office.row("task#review#cgw#2").token == "t2"
    office.decide(APPROVER, "review", "approve", 2)
    assert office.owed()


def test_the_same_again_is_answered_as_before() -> None:
    office = sent(deciding())
    assert office.decide(APPROVER, "decide", "countersign", to=("gaj",))["decision"] == "countersign"
    assert office.row("task#countersign#gaj#2") is None
