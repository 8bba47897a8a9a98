"""A renewal (延续) that is void: only the renewal is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.certificates.model import Certificate
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.renewing import AGAIN, ASK_BY, LAST, OPENS, RENEWABLE, Renewing, on
from tests.unit.proposals.fakes import BOSS, Pair, last
from tests.unit.samples import clerk, service


def test_a_renewal_that_is_void_leaves_the_certificate_as_it_was_before() -> None:
    office = Renewing()
    number, again = office.number, office.asked(OPENS)
    office.accept(again, OPENS)
    office.move(Status.GRANTED, again, OPENS)
    office.give(again, OPENS)
    assert office.worth(OPENS) == ("valid", AGAIN.isoformat())
    pair = Pair(office.cases, office.services, again, office.certificates)
    pair.void(now=on(OPENS))
    pair.say("voiding", now=on(OPENS))
    assert office.worth(OPENS) == ("valid", LAST.isoformat()) and office.told(office.case_no)[-1] != "voided"
    assert "有效期恢复为至2026年10月8日" in last(pair).text
    renewed = office.ask(date(2026, 8, 20))
    assert renewed.body["renewal"]["number"] == number, "it may be asked for again"
    office.certificates.revoke(BOSS, number, "登记信息不实", on(OPENS))
    assert office.told(office.case_no)[-1] == "certificate_revoked", "it is of its first case again"


def renewed(office: Renewing, day: date) -> str:
    """Ask for a renewal, have it granted and delivered; return its case."""
    case_no = office.asked(day)
    office.accept(case_no, day)
    office.move(Status.GRANTED, case_no, day)
    office.give(case_no, day)
    return case_no


def void(office: Renewing, case_no: str, day: date) -> Pair:
    pair = Pair(office.cases, office.services, case_no, office.certificates)
    pair.void(now=on(day))
    pair.say("voiding", now=on(day))
    return pair


def test_of_two_renewals_the_later_is_undone_first_and_neither_takes_what_was_lawfully_given() -> None:
    office = Renewing()
    first, again = renewed(office, OPENS), date(2026, 11, 20)
    second = renewed(office, again)
    twice = office.worth(again)
    with pytest.raises(Conflict, match=f"请先作废后一次延续（办件{second}）"):
        void(office, first, again)
    assert office.worth(again) == twice
    void(office, second, again)
    assert office.worth(again) == ("valid", AGAIN.isoformat())
    pair = Pair(office.cases, office.services, first, office.certificates)
    pair.say("voiding", now=on(OPENS))  # what was refused lies there still
    assert office.worth(OPENS) == ("valid", LAST.isoformat())


def test_what_the_clock_renewed_before_it_was_told_is_undone_too() -> None:
    office, day = Renewing(), LAST + timedelta(days=1)
    case_no = office.asked(OPENS)
    office.accept(case_no, OPENS)
    office.move(Status.GRANTED, case_no, OPENS)
    office.renewals.settle(office.number, on(day))
    assert office.worth(day) == ("valid", AGAIN.isoformat())
    pair = void(office, case_no, day)
    assert "有效期恢复为至2026年10月8日" in last(pair).text and office.worth(day)[0] == "expired"


def test_article_50_who_asked_in_time_by_a_case_that_was_made_void_has_asked_in_time() -> None:
    office, late = Renewing(), ASK_BY + timedelta(days=3)
    case_no = office.asked(OPENS)
    office.accept(case_no, OPENS)
    void(office, case_no, late)
    again = office.ask(late)
    assert again.body["renewal"]["timely"] is True
    office.accept(again.body["case_no"], late)
    assert office.worth(LAST + timedelta(days=1)) == ("valid", AGAIN.isoformat()), "nobody decided it"


@pytest.mark.parametrize("ended", [Status.DENIED, Status.WITHDRAWN, Status.NOT_ACCEPTED])
def test_article_50_what_followed_a_void_case_and_was_refused_or_taken_back_lends_no_time_to_who_asks_late(
    ended: Status,
) -> None:
    office, late = Renewing(), LAST - timedelta(days=5)
    first = office.asked(OPENS)
    office.accept(first, OPENS)
    void(office, first, OPENS)
    again = office.asked(ASK_BY)
    if ended is not Status.NOT_ACCEPTED:
        office.accept(again, ASK_BY)
    office.move(ended, again, ASK_BY)
    asked = office.ask(late)
    assert asked.body["renewal"]["timely"] is False
    office.accept(asked.body["case_no"], late)
    assert office.worth(LAST + timedelta(days=1))[0] == "expired", "the law renews nothing of it"


def test_article_50_a_second_case_made_void_takes_no_time_from_who_had_it_by_the_first() -> None:
    office, late = Renewing(), LAST - timedelta(days=5)
    for day in (OPENS, ASK_BY + timedelta(days=1)):
        void(office, office.asked(day), day)
    assert office.ask(late).body["renewal"]["timely"] is True


@pytest.mark.parametrize("by", ["the office", "the clock"])
def test_article_50_a_certificate_renewed_under_a_version_of_another_department_is_that_departments_until_it_is_undone(
    by: str,
) -> None:
    office, police = Renewing(), clerk("督办", "gaj", "supervisor")
    office.services.publish(service(version="v000002", department="gaj", region="510104", result=RENEWABLE))
    day = OPENS if by == "the office" else LAST + timedelta(days=1)
    if by == "the office":
        case_no = renewed(office, day)
    else:
        case_no = office.asked(OPENS)
        office.accept(case_no, OPENS)
    shown = office.certificates.checked(office.number, "somebody", on(day))
    assert (shown["issuer"], shown["valid_to"]) == ("市公安局", AGAIN.isoformat())
    police = replace(police, region="510104")
    with pytest.raises(Forbidden, match="由市公安局发出"):
        office.certificates.revoke(BOSS, office.number, "登记信息不实", on(day))
    assert office.certificates.reissue(police, office.number, "编号泄露", on(day))["issuer"] == "市公安局"
    ((row,), _) = office.certificates.voided(office.head(case_no), "决定有误")
    back = Certificate.of(row)
    assert (back.issuer, back.department, back.region) == ("市城管委", "cgw", "510100")
    assert (back.valid_to, back.case_no) == (LAST, office.case_no)
