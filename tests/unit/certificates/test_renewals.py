"""Renewal (延续): when it may be asked for, what the clock does, and whose day it is. 《行政许可法》第50条."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.certificates.model import grouped
from chalicelib.certificates.renewals import renewal_of
from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import BOSS
from tests.unit.certificates.renewing import AGAIN, ASK_BY, LAST, OPENS, RENEWABLE, Renewing, on
from tests.unit.certificates.test_model import made
from tests.unit.samples import NOW, service

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "opens", "ask_by"),
    [
        (date(2026, 10, 8), date(2026, 8, 9), date(2026, 9, 8)),
        (date(2028, 3, 30), date(2028, 1, 30), date(2028, 2, 29)),
        (date(2027, 3, 30), date(2027, 1, 29), date(2027, 2, 28)),
        (
            date(2027, 3, 8),
            date(2027, 1, 7),
            date(2027, 2, 6),
        ),  # 春节 is 2027-02-06: the thirty days go right across it
    ],
)
def test_article_50_the_thirty_days_are_calendar_days_across_new_year_and_29_february(
    last: date, opens: date, ask_by: date
) -> None:
    card = made(valid_to=last, renewable=True)
    assert (card.opens, card.ask_by) == (opens, ask_by) and (last - ask_by).days == 30
    states = {card.renewal(on(day)) for day in (opens - DAY,)}, {card.renewal(on(day)) for day in (opens, ask_by)}
    assert states == ({"early"}, {"open"})
    assert card.renewal(on(ask_by + DAY)) == card.renewal(on(last)) == "late" and card.renewal(on(last + DAY)) is None


def test_what_has_no_end_or_is_not_renewable_is_not_renewed() -> None:
    assert made(renewable=True).opens is None and made(valid_to=LAST).renewal(NOW) is None
    assert made(valid_to=LAST).row().desk is None and made(renewable=True).row().desk is None


@pytest.mark.parametrize(
    ("last", "years", "after"),
    [
        (date(2028, 2, 28), 1, date(2029, 2, 28)),  # begins anew on 29 February: the year ends on the 28th
        (date(2027, 2, 28), 1, date(2028, 2, 29)),  # begins on 1 March: the eve of the same day
        (date(2026, 12, 31), 4, date(2030, 12, 31)),
    ],
)
def test_its_time_begins_anew_on_the_day_after_the_old_last_day(last: date, years: int, after: date) -> None:
    of = service(result={**RENEWABLE, "valid_days": 0, "valid_years": years})
    card = made(valid_to=last, renewable=True, reminded=True).renewed("510123456790", of)
    assert (card.valid_to, card.case_no, card.reminded, card.number) == (after, "510123456790", False, made().number)


def test_article_50_a_renewal_is_asked_for_granted_and_moves_the_last_day_of_the_same_certificate() -> None:
    office = Renewing()
    number, reply = office.number, office.ask(OPENS)
    assert f"这是延续{grouped(number)}号证照的申请，原有效期至2026年10月8日。" in reply.text
    case_no, told = reply.body["case_no"], {"number": number, "runs_to": "2026-10-08", "timely": True}
    assert reply.body["renewal"] == renewal_of(office.head(case_no)) == told
    assert office.certificates.renewing(office.head(case_no), on(OPENS)) == {**told, "state": "valid"}
    assert office.certificates.renewing(office.case, on(OPENS)) is None
    office.accept(case_no, OPENS)
    office.move(Status.GRANTED, case_no)
    office.give(case_no, ASK_BY)
    assert office.worth(AGAIN) == ("valid", "2027-01-16") and office.worth(AGAIN + DAY)[0] == "expired"
    head, event = office.head(case_no), office.cases.whole(case_no).events[-1]
    assert head.facts["certificate"] == number == office.number and event.name is EventName.DELIVERED
    assert event.text == f"占道经营许可证已延续，有效期至2027年1月16日，编号{grouped(number)}不变，可在“我的办件”中出示"
    assert len([row for row in office.store.kept.values() if row.kind == "certificate"]) == 1
    office.certificates.revoke(BOSS, number, "登记信息不实", on(AGAIN - DAY))
    assert office.told(case_no)[-1] == "certificate_revoked" and "certificate_revoked" not in office.told(
        office.case_no
    )


def test_a_receipt_of_a_renewal_is_the_same_again_whatever_the_certificate_is_by_then() -> None:
    office = Renewing()
    first = office.ask(ASK_BY)
    office.filed -= 1
    again = office.ask(ASK_BY)
    assert (first.created, again.created) == (True, False) and again.body == first.body and again.text == first.text
    office.certificates.revoke(BOSS, office.number, "登记信息不实", on(ASK_BY))
    office.filed -= 1
    assert office.ask(ASK_BY).body == first.body


def test_who_asks_late_is_taken_while_it_is_valid_and_told_what_that_means() -> None:
    office = Renewing()
    reply = office.ask(ASK_BY + DAY)
    assert reply.created and reply.body["renewal"]["timely"] is False
    assert "提出时距到期已不足30日：到期前没有作出决定的，证照到期失效。" in reply.text
    case_no = str(reply.body["case_no"])
    office.accept(case_no, ASK_BY + DAY)
    office.move(Status.GRANTED, case_no)
    office.give(case_no, LAST)
    assert office.worth(LAST)[1] == "2027-01-16"


OTHER = {"name": "李四", "id_number": "510104198001010014"}


@pytest.mark.parametrize(
    ("day", "changes", "words"),
    [
        (OPENS - DAY, {}, "还不到提出延续的时间，请在2026年8月9日以后申请"),
        (LAST + DAY, {}, "这个证照已过有效期，不能延续"),
        (OPENS, {"renews": "1234567890123450"}, "没有找到这位申请人的这个证照"),
        (OPENS, {"renews": "1000000000000009"}, "没有找到这位申请人的这个证照"),
        (OPENS, {"form": OTHER}, "没有找到这位申请人的这个证照"),
    ],
)
def test_what_cannot_be_renewed_is_refused_with_what_to_do(day: date, changes: dict[str, Any], words: str) -> None:
    office = Renewing()
    with pytest.raises(InvalidInput, match=words) as refused:
        office.ask(day, **changes)
    assert [fault.path for fault in refused.value.fields] == ["renews"] and len(office.store.heads) == 1


def test_a_revoked_one_a_replaced_one_and_one_that_is_being_renewed_are_refused() -> None:
    office = Renewing()
    old = office.number
    office.asked(OPENS)
    with pytest.raises(InvalidInput, match="延续申请正在办理"):
        office.ask(OPENS)
    office.certificates.reissue(BOSS, old, "编号泄露", on(OPENS))
    with pytest.raises(InvalidInput, match="已经换发，请按新编号") as replaced:
        office.ask(OPENS, renews=old)
    assert grouped(office.number) in replaced.value.detail
    with pytest.raises(InvalidInput, match="延续申请正在办理"):
        office.ask(OPENS)  # what was asked for goes over to the new one
    office.certificates.revoke(BOSS, office.number, "登记信息不实", on(OPENS))
    with pytest.raises(InvalidInput, match="已经注销，不能延续"):
        office.ask(OPENS)


def test_after_a_refusal_or_a_withdrawal_it_may_be_asked_for_again() -> None:
    office = Renewing()
    for status in (Status.WITHDRAWN, Status.DENIED):
        office.move(status, office.asked(OPENS), OPENS)
    assert office.ask(OPENS).created


def test_another_service_and_a_paper_result_renew_nothing() -> None:
    office = Renewing()
    office.services.publish(office.service, replace(office.service, code="other", name="别的许可"))
    with pytest.raises(InvalidInput, match="这个证照由“占道经营许可”发出"):
        office.ask(OPENS, service="other")
    with pytest.raises(InvalidInput) as paper:
        office.ask(OPENS, delivery={"method": "pickup"})
    assert [fault.path for fault in paper.value.fields] == ["delivery.method"]


def test_what_is_not_renewable_says_so() -> None:
    office = Renewing(result={**RENEWABLE, "renewable": False})
    with pytest.raises(InvalidInput, match="不需要延续"):
        office.ask(OPENS)
    assert office.lies() == (None, None) and office.round(LAST + DAY) == 0


def test_the_page_says_how_its_renewal_stands() -> None:
    office = Renewing()

    def state(day: date) -> Any:
        shown = office.certificates.shown(office.case, on(day))
        return shown and shown["renewal"] and shown["renewal"]["state"]

    assert [state(day) for day in (OPENS - DAY, OPENS, ASK_BY, ASK_BY + DAY, LAST + DAY)] == [
        "early",
        "open",
        "open",
        "late",
        None,
    ]
    office = Renewing()
    office.asked(OPENS)
    assert state(OPENS) == "asked"
    shown = office.certificates.shown(office.case, on(OPENS))
    assert shown and shown["renewal"] == {"state": "asked", "opens": "2026-08-09", "ask_by": "2026-09-08"}


def test_a_plain_application_asks_nothing_of_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Renewing()
    for read in ("row", "rows", "whole", "listed", "head"):
        monkeypatch.setattr(office.store, read, None)
    assert office.ask(OPENS, renews="").created
