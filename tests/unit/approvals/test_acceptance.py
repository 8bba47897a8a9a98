"""The office's own five days (《行政许可法》第32条第1款第4项): at both ends, over 国庆, after a supplement."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.approvals.acceptance import Acceptances, counted_anew
from chalicelib.cases.desks import round_desk
from chalicelib.kernel import workdays
from chalicelib.kernel.errors import Conflict
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, TWO, Office
from tests.unit.samples import clerk

BOTH = {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx", "cgw"], "limit_days": 1}


def deemed(office: Office, day: str) -> int:
    office.on(day)
    return Acceptances(office.cases, office.catalogue, office.numbers).deem_due(office.now)


def opened(**changes: Any) -> Office:
    office = Office(**changes)
    office.open("accept", "zwzx", "t1")
    return office


def test_article_32_who_is_told_nothing_for_five_working_days_is_accepted_from_the_day_of_receipt() -> None:
    office = opened()
    assert deemed(office, "07-08") == 0, "the fifth working day is the office's own"
    assert deemed(office, "07-09") == 1
    case = office.cases.head(office.case_no)
    assert case.status is Status.ACCEPTED and case.clock.accepted and office.due() == "07-08", "自收到申请材料之日起"
    assert office.last().data["deemed"] and "依法视为受理（《行政许可法》第32条）" in office.last().text
    row = office.row("task#accept#zwzx#1")
    assert (row.outcome, row.token, row.desk) == ("approve", "t1", None), "the workflow goes on"
    assert office.owed() and deemed(office, "07-10") == 0


def test_article_2_what_is_no_licence_is_accepted_by_silence_and_not_by_that_law() -> None:
    office = opened(task_type="05")
    assert deemed(office, "07-09") == 1
    assert office.last().text.startswith("收到材料满5个工作日没有告知补正，视为受理，办件编号OFFICIAL0001")


def test_article_32_a_yes_after_five_days_of_silence_is_the_one_the_law_has_given_before_whoever_is_quicker() -> None:
    slow, quick = opened(), opened()
    deemed(slow, "07-09")
    quick.on("07-09").decide(clerk(), "accept", "approve")
    assert quick.last() == slow.last() and quick.last().data["deemed"]
    assert quick.cases.head(quick.case_no).clock == slow.cases.head(slow.case_no).clock and quick.due() == "07-08"
    assert quick.status() is Status.ACCEPTED and quick.owed()
    row = quick.row("task#accept#zwzx#1")
    assert (row.outcome, row.data["decided_name"]) == ("approve", "李娜"), "who said so late stands on record"
    in_time = opened().on("07-08")
    in_time.decide(clerk(), "accept", "approve")
    assert in_time.due() == "07-15" and "deemed" not in in_time.last().data


def test_article_32_of_two_that_accept_the_late_yes_of_one_finds_both_accepted_by_law() -> None:
    office = Office(BOTH)
    office.open("accept", "zwzx", "t1")
    office.open("accept", "cgw", "t2")
    office.on("07-09").decide(clerk(), "accept", "approve")
    assert office.status() is Status.ACCEPTED and office.due() == "07-08" and office.last().data["deemed"]
    rows = [office.row(f"task#accept#{name}#1") for name in ("zwzx", "cgw")]
    assert [(row.outcome, row.token, row.data["decided_name"]) for row in rows] == [
        ("approve", "t1", "李娜"),
        ("approve", "t2", "系统"),
    ]


@pytest.mark.parametrize("outcome", ["approve", "reject", "correct"])
def test_what_was_answered_in_time_is_not_deemed(outcome: str) -> None:
    office = opened()
    office.on("07-08").decide(clerk(), "accept", outcome)  # type: ignore[arg-type]
    status = office.status()
    assert deemed(office, "07-20") == 0 and office.status() is status


def test_article_32_once_all_is_in_the_office_has_its_days_again() -> None:
    office = opened()
    office.on("07-03").decide(clerk(), "accept", "correct", missing=TWO)
    office.on("07-10").supplement("photo")
    assert deemed(office, "07-20") == 0, "one item is still missing"
    office.on("07-20").supplement("lease")
    assert office.cases.head(office.case_no).desk == round_desk("accepting", office.case_no)
    assert deemed(office, "07-27") == 0 and deemed(office, "07-28") == 1
    assert office.row("task#accept#zwzx#2").outcome == "approve"


def between() -> Office:
    """Two accept; on the second day of the five one asks for a lease, the other says nothing."""
    office = Office(BOTH)
    office.open("accept", "zwzx", "t1")
    office.open("accept", "cgw", "t2")
    office.on("07-03").decide(clerk(), "accept", "correct", missing=[TWO[1]])
    return office


def test_article_32_of_two_that_accept_silence_is_the_yes_of_its_own_department_while_the_other_waits_for_the_applicant() -> (
    None
):
    office = between()
    assert deemed(office, "07-08") == 0
    assert deemed(office, "07-09") == 1 and office.status() is Status.CORRECTION
    assert office.row("task#accept#cgw#1").outcome == "approve", "its workflow waits no longer"
    assert office.last().text == "市城管委收到材料满5个工作日没有告知补正，依法视为同意受理（《行政许可法》第32条）"
    assert not office.cases.head(office.case_no).clock.accepted and deemed(office, "07-10") == 0
    office.supplement("lease")
    assert deemed(office, "07-17") == 0 and deemed(office, "07-18") == 1, "who asked has its five days again"
    assert office.status() is Status.ACCEPTED and office.due() == "07-17"


def test_article_32_who_said_yes_while_the_other_waits_has_no_more_days_that_are_watched() -> None:
    office = between()
    office.on("07-06").decide(clerk("孙丽", "cgw"), "accept", "approve")
    assert deemed(office, "07-09") == 1 and deemed(office, "07-10") == 0 and office.status() is Status.CORRECTION
    assert office.last().name is EventName.REVIEWED and "deemed" not in office.last().data


@pytest.mark.parametrize("asking", ["zwzx", "cgw"])
def test_article_32_what_comes_to_a_desk_while_another_asks_is_watched_from_then_on(asking: str) -> None:
    office = Office(BOTH)
    office.open("accept", "zwzx", "t1")
    office.on("07-03").decide(clerk(), "accept", "correct", missing=[TWO[1]])
    office.open("accept", "cgw", "t2")
    assert deemed(office, "07-09") == 1 and office.row("task#accept#cgw#1").outcome is None
    if asking == "cgw":
        office.decide(clerk("孙丽", "cgw"), "accept", "correct", missing=[TWO[0]])
        assert deemed(office, "07-11") == 0 and office.status() is Status.CORRECTION
    else:
        assert deemed(office, "07-10") == 0
        assert deemed(office, "07-11") == 1 and office.row("task#accept#cgw#1").outcome == "approve"


def test_article_32_what_comes_to_a_desk_after_silence_has_accepted_is_done() -> None:
    office = Office(BOTH)
    office.open("accept", "zwzx", "t1")
    assert deemed(office, "07-09") == 1
    office.open("accept", "cgw", "t2")
    assert (office.row("task#accept#cgw#1").outcome, office.row("task#accept#cgw#1").token) == ("approve", "t2")
    assert office.status() is Status.ACCEPTED


def test_holidays_are_no_working_days() -> None:
    office = Office().on("09-28")
    case = office.cases.head(office.case_no)
    office.cases.amend(case.with_(clock=case.clock.__class__(5, 20, office.now.date())))
    office.open("accept", "zwzx", "t1")
    assert deemed(office, "10-10") == 0 and deemed(office, "10-11") == 1, "29, 30 September, 8, 9, 10 October"


def test_what_is_not_accepted_apart_is_never_deemed_so_after_its_supplement() -> None:
    """A service that is decided at once has no acceptance to be late with: its decision stays a person's."""
    office = Office({"id": "issue", "name": "核对", "kind": "decision", "departments": ["cgw"], "limit_days": 1})
    office.open("issue", "cgw", "t1")
    office.decide(APPROVER, "issue", "correct")
    office.supplement("photo")
    assert (
        deemed(office, "08-20") == 0
        and office.status() is Status.SUBMITTED
        and office.row("task#issue#cgw#2").outcome is None
    )


def test_the_five_days_follow_the_notice_of_a_year_whoever_counts_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """《行政许可法》第32、82条: neither too early nor too late."""
    known = workdays._year

    def later(year: int) -> tuple[bool, frozenset[date], frozenset[date]]:
        return (True, frozenset({date(2026, 7, 7)}), frozenset()) if year == 2026 else known(year)

    round_first, ops_first, before = opened(), opened(), opened()
    assert (before.cases.head(before.case_no).due or "").startswith("2026-07-08")
    monkeypatch.setattr(workdays, "_year", later)
    deemed(round_first, "07-09")
    assert round_first.status() is Status.SUBMITTED, "its fifth working day is the 9th now"
    assert (round_first.cases.head(round_first.case_no).due or "").startswith("2026-07-09")
    assert deemed(round_first, "07-10") == 1 and round_first.status() is Status.ACCEPTED
    assert counted_anew(ops_first.cases) == 1 and counted_anew(ops_first.cases) == 0
    assert deemed(ops_first, "07-09") == 0 and deemed(ops_first, "07-10") == 1


@pytest.mark.parametrize("outcome", ["reject", "correct"])
def test_article_32_after_five_days_of_silence_nothing_is_asked_and_nothing_refused_though_the_clock_was_late(
    outcome: str,
) -> None:
    office = opened()
    with pytest.raises(Conflict, match="依法视为受理"):
        office.on("07-09").decide(clerk(), "accept", outcome)  # type: ignore[arg-type]
    assert deemed(office, "07-09") == 1 and office.status() is Status.ACCEPTED
