"""The steps of the approval workflow: called again they are harmless, called late they answer at once."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.intake.model import Intake
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import Office
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


def test_time_for_supplementing_passes() -> None:
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
