"""What the clock does about a certificate that comes to its end, and whose day it is. 《行政许可法》第50条."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import WAIT, Event, Row
from chalicelib.certificates.model import grouped
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import BOSS, COLLEAGUE
from tests.unit.certificates.renewing import AGAIN, ASK_BY, LAST, OPENS, Renewing, on
from tests.unit.samples import Services, clerk, service

DAY = timedelta(days=1)


def test_article_50_the_holder_is_told_once_with_the_last_day_to_ask() -> None:
    office = Renewing()
    assert office.lies() == (round_desk("renewals", office.number), "2026-08-09")
    assert office.round(OPENS - DAY) == 0
    assert office.round(OPENS) == 1 and office.round(OPENS) == 0 and office.round(LAST) == 0
    event = office.file.events[-1]
    assert event.name is EventName.CERTIFICATE_EXPIRING and office.case.status is Status.DELIVERED
    assert (
        event.text
        == f"占道经营许可证（编号{grouped(office.number)}）将于2026年10月8日到期，需要延续的，请最迟在2026年9月8日提出"
    )
    assert (event.data["expires"], event.data["due"]) == ("2026-10-08", "2026-09-08")
    assert office.lies() == (round_desk("renewals", office.number), f"2026-10-08#{office.number}")


def test_who_is_told_late_hears_no_day_that_is_over() -> None:
    office = Renewing()
    office.round(ASK_BY + DAY)
    event = office.file.events[-1]
    assert event.text.endswith("到期，需要延续的请尽快提出") and event.data["due"] == "2026-10-08"


def deemed(office: Renewing, status: Status | None = None, day: date = ASK_BY) -> str:
    """A renewal asked for in time and accepted, in a status when the last day is over."""
    office.round(OPENS)
    case_no = office.asked(day)
    office.accept(case_no, day)
    if status:
        office.move(status, case_no, day)
    return case_no


UNDECIDED = [None, Status.IN_REVIEW, Status.CORRECTION, Status.SUSPENDED]


@pytest.mark.parametrize("status", UNDECIDED)
def test_article_50_what_was_asked_for_in_time_and_not_decided_is_deemed_renewed(status: Status | None) -> None:
    office = Renewing()
    case_no = deemed(office, status)
    office.cases.keep(Row(case_no, "wait#supplement#review#cgw", WAIT, "open", token="t1", desk="@supplement#1"))
    assert office.round(LAST, 23) == 0 and office.round(LAST + DAY, 0) == 1 and office.round(LAST + DAY, 1) == 0
    file = office.cases.whole(case_no)
    event = file.events[-1]
    assert (file.case.status, event.name, event.by, event.data["deemed"]) == (
        Status.GRANTED,
        EventName.GRANTED,
        "系统",
        True,
    )
    assert (
        "到期前没有作出是否准予延续的决定，依法视为准予延续（《行政许可法》第50条），有效期延至2027年1月16日"
        in event.text
    )
    assert file.case.desk == round_desk("owed", case_no), "its result is delivered next"
    (wait,) = file.of(WAIT)
    assert (wait.outcome, wait.status, wait.desk) == ("superseded", "cancelled", None), "the workflow hears its end"
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and file.case.clock.paused is None
    office.give(case_no, LAST + DAY)
    assert office.told(case_no)[-1] == "delivered" and office.worth(AGAIN) == ("valid", "2027-01-16")
    assert office.lies() == (round_desk("renewals", office.number), "2026-11-17"), "and again before the next last day"


@pytest.mark.parametrize("status", UNDECIDED)
def test_article_50_it_never_shows_expired_even_before_the_clock_has_come_round(status: Status | None) -> None:
    office = Renewing()
    deemed(office, status)
    assert office.worth(LAST, hour=23) == ("valid", "2026-10-08")
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16")


def test_what_was_asked_for_late_or_not_accepted_or_refused_runs_out() -> None:
    late, idle, denied, back = Renewing(), Renewing(), Renewing(), Renewing()
    deemed(late, day=ASK_BY + DAY)
    idle.move(Status.CORRECTION, idle.asked(ASK_BY))
    denied.move(Status.DENIED, deemed(denied))
    back.move(Status.WITHDRAWN, deemed(back))
    for office in (late, idle, denied, back):
        office.round(OPENS)
        assert office.round(LAST + DAY) == 1
        assert office.worth(LAST + DAY)[0] == "expired" and office.lies() == (None, None)


def test_what_was_granted_and_not_delivered_yet_does_not_run_out() -> None:
    office = Renewing()
    case_no = deemed(office)
    office.move(Status.GRANTED, case_no, LAST)
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16")
    office.give(case_no, LAST + DAY)
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and office.told(case_no)[-1] == "delivered"


def test_what_is_granted_after_the_end_is_a_new_one_from_that_day_and_only_one() -> None:
    office = Renewing()
    old, case_no = office.number, office.asked(ASK_BY + DAY)
    office.accept(case_no, ASK_BY + DAY)
    later = LAST + DAY
    office.round(later)
    office.move(Status.GRANTED, case_no)
    office.give(case_no, later)
    fresh = str(office.head(case_no).facts["certificate"])
    assert fresh != old and office.worth(later, fresh)[0] == "valid" and office.worth(later, old)[0] == "expired"
    rows = {number: office.store.kept[f"certificate#{number}", "certificate"].data for number in (old, fresh)}
    assert rows[old]["replaced_by"] == fresh and rows[fresh]["replaces"] == old


def test_however_many_ask_at_once_it_is_renewed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Renewing()
    monkeypatch.setattr(office.store, "listed", lambda *_: [])  # the index does not show the first one yet
    both = [office.asked(OPENS), office.asked(OPENS)]
    monkeypatch.undo()
    for case_no in both:
        office.accept(case_no, OPENS)
        office.move(Status.GRANTED, case_no)
        office.give(case_no, ASK_BY)
    assert office.worth(AGAIN) == ("valid", "2027-01-16") and office.number
    assert {str(office.head(each).facts["certificate"]) for each in both} == {office.number}


def test_a_revoked_one_leaves_the_round_and_the_new_one_goes_on_it() -> None:
    office = Renewing()
    office.certificates.revoke(BOSS, office.number, "登记信息不实", on(OPENS))
    assert office.lies() == (None, None) and office.round(LAST + DAY) == 0
    office.certificates.reissue(COLLEAGUE, office.number, "误注销", on(OPENS))
    assert office.lies() == (round_desk("renewals", office.number), "2026-08-09") and office.round(OPENS) == 1


def test_a_reissue_after_the_holder_was_told_tells_him_no_second_time_and_what_was_asked_for_renews_the_new_one() -> (
    None
):
    office = Renewing()
    case_no = deemed(office)
    old = office.number
    office.certificates.reissue(BOSS, old, "编号泄露", on(ASK_BY))
    assert office.told(office.case_no).count("certificate_expiring") == 1 and office.round(ASK_BY) == 0
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and office.worth(LAST + DAY, old)[0] == "revoked"
    assert office.head(case_no).facts["certificate"] == office.number


def test_one_bad_row_never_stops_the_round() -> None:
    office = Renewing()
    bad = Row(
        "certificate#1000000000000000", "certificate", "certificate", "issued", desk="@renewals#0", due="2026-01-01"
    )
    office.cases.keep(bad.with_(data={"valid_to": "soon"}))
    office.round(OPENS)
    assert office.told(office.case_no)[-1] == "certificate_expiring"


def test_a_check_of_one_that_cannot_be_settled_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Renewing()
    deemed(office)
    monkeypatch.setattr(office.services, "get", Services(service(code="another")).get)
    assert office.worth(LAST + DAY)[0] == "expired"


def test_the_renewing_case_is_found_however_many_the_applicant_has() -> None:
    office = Renewing()
    case_no = deemed(office)
    for place in range(120):
        plain = replace(
            office.head(case_no),
            case_no=f"{place:012d}",
            received_at=on(LAST) + timedelta(seconds=place // 9),
            facts={},
        )
        office.store.create(plain)
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and office.told(case_no)[-1] == "granted"


def test_nobody_else_may_revoke_it_after_it_was_renewed() -> None:
    office = Renewing()
    case_no = deemed(office)
    office.round(LAST + DAY)
    with pytest.raises(Exception, match="只有该部门的监督人员能办理"):
        office.certificates.revoke(clerk("督办", "gaj", "supervisor"), office.number, "理由", on(AGAIN))
    event = Event(EventName.DELIVERED, "", on(AGAIN))
    assert office.cases.record(office.head(case_no), event, Status.DELIVERED).status is Status.DELIVERED
