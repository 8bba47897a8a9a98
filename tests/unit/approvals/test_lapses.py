"""The day for a supplement passes: before acceptance the application ends, an accepted case is decided all the same."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, TWO, WAIT, Office, accepting, reviewing
from tests.unit.samples import NOW, clerk


def test_the_day_passes() -> None:
    office = accepting(*TWO)
    assert office.lapses.lapse_due(NOW + timedelta(days=21)) == 0
    office.supplement("photo")
    assert office.lapses.lapse_due(NOW + timedelta(days=22)) == 1
    assert office.status() is Status.RETURNED and office.row(WAIT).outcome == "lapsed"
    assert office.lapses.lapse_due(NOW + timedelta(days=22)) == 0


def test_an_accepted_case_does_not_lapse_its_department_goes_on_with_what_there_is() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[TWO[0], {"text": "租赁合同"}])
    office.supplement("photo")
    promised, asked_on = office.due(), NOW.date()
    office.lapses.lapse(office.case_no, NOW + timedelta(days=22))
    assert office.status() is Status.IN_REVIEW and office.last().name is EventName.UNANSWERED
    assert office.row("wait#supplement#review#cgw").outcome == "unanswered"
    again = office.row("task#review#cgw#2")
    assert (again.token, again.outcome) == ("t2", None)
    clock = office.cases.head(office.case_no).clock
    assert promised < office.due() and clock.taken == (("supplement", 15),) and clock.since == asked_on
    assert "逾期未补正：租赁合同" in office.last().text and "现场照片" not in office.last().text
    lacking = office.cases.head(office.case_no).facts["lacking"]
    assert lacking == [{"code": "words-1", "name": "租赁合同"}], (
        "it is taken until the decision, and asked for on the page"
    )
    office.supplement("words-1")
    assert office.status() is Status.IN_REVIEW and not office.cases.head(office.case_no).facts["lacking"]


def test_only_a_wait_whose_own_day_is_over_ends() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.on("07-20").decide(POLICE, "review", "correct", missing=[{"text": "消防意见"}])
    office.lapses.lapse(office.case_no, NOW + timedelta(days=22))
    assert office.status() is Status.CORRECTION and office.row("wait#supplement#review#gaj").outcome is None
    assert office.row("task#review#cgw#2").outcome is None
    office.lapses.lapse(office.case_no, NOW + timedelta(days=45))
    assert office.status() is Status.IN_REVIEW and office.row("task#review#gaj#2").token == "t3"


def test_of_two_that_accept_one_asks_and_nothing_comes_the_case_is_returned() -> None:
    two = {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx", "cgw"], "limit_days": 1}
    office = Office(two)
    office.open("accept", "zwzx", "t1")
    office.open("accept", "cgw", "t2")
    office.decide(clerk(), "accept", "correct")
    office.decide(clerk("孙丽", "cgw"), "accept", "approve")
    office.lapses.lapse_due(office.on("07-30").now)
    assert office.status() is Status.RETURNED
