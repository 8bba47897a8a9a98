"""The steps of the approval workflow: called again they are harmless, called late they answer at once."""

from __future__ import annotations

from chalicelib.intake.model import Intake
from tests.unit.approvals.fakes import APPROVER, POLICE, Office
from tests.unit.samples import NOW, clerk


def test_opening_again_keeps_the_new_token_and_makes_no_second_task() -> None:
    office = Office()
    office.open("accept", "zwzx", "t1")
    office.open("accept", "zwzx", "t2")
    assert office.row("task#accept#zwzx#1").token == "t2" and office.row("task#accept#zwzx#2") is None
    office.decide(clerk(), "accept", "approve")
    office.open("accept", "zwzx", "t3")
    again = office.row("task#accept#zwzx#1")
    assert (again.token, again.outcome) == ("t3", "approve")


def test_a_step_for_a_withdrawn_case_answers_at_once() -> None:
    office = Office()
    office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": office.case_no}, NOW), NOW)
    office.open("accept", "zwzx", "t1")
    row = office.row("task#accept#zwzx#1")
    assert (row.token, row.outcome) == ("t1", "withdrawn")


def test_begun_again_while_the_applicant_is_asked_the_wait_keeps_the_new_token() -> None:
    office = Office()
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct")
    office.open("accept", "zwzx", "t2")
    assert office.row("wait#supplement#accept#zwzx").token == "t2" and office.row("task#accept#zwzx#2") is None
    office.supplement()
    office.open("accept", "zwzx", "t3")
    assert office.row("task#accept#zwzx#2").token == "t3"


def test_a_case_is_owed_its_next_step_until_it_begins() -> None:
    """What the stream loses is found on the desk `@owed`; while somebody works it is not there."""
    office = Office()
    seen = [office.owed()]
    for stage, *who in (("accept", clerk()), ("review", APPROVER, POLICE), ("decide", APPROVER)):
        for each in who:
            office.open(stage, each.department)
        seen.append(office.owed())
        for each in who:
            seen.append(office.owed())
            office.decide(each, stage, "approve")
        seen.append(office.owed())
    assert seen == [True, False, False, True, False, False, False, True, False, False, True]
