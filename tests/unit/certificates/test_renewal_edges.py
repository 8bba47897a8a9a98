"""What else befalls a case while it renews, or the certificate it is to renew. 《行政许可法》第50条."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.approvals.acceptance import Acceptances
from chalicelib.approvals.stages import Stages
from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import Numbers
from tests.unit.certificates.fakes import BOSS
from tests.unit.certificates.renewing import AGAIN, ASK_BY, LAST, OPENS, Renewing, on
from tests.unit.certificates.test_renewal_clock import deemed
from tests.unit.proposals.fakes import Pair

DAY = timedelta(days=1)


def pair_of(office: Renewing, case_no: str) -> Pair:
    """The two supervisors, on one of the office's cases."""
    return Pair(office.cases, office.services, case_no, office.certificates)


def test_what_a_supervisor_proposed_about_it_outlives_its_being_deemed_renewed() -> None:
    office = Renewing()
    pair = pair_of(office, deemed(office))
    pair.void()
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16")
    assert pair.task("voiding").outcome is None and pair.task("voiding").desk
    pair.say("voiding")
    assert office.head(pair.case_no).status is Status.VOID and office.worth(LAST + DAY) == ("expired", "2026-10-08")


def reissued_after_renewal() -> tuple[Renewing, str]:
    """An office whose certificate was renewed, then reissued; the number that the case that gave it knows, is of no worth by then."""
    office = Renewing()
    case_no = deemed(office)
    office.round(LAST + DAY)
    office.certificates.reissue(BOSS, office.number, "编号泄露", on(LAST + DAY))
    newest = str(office.head(case_no).facts["certificate"])
    assert newest != office.number and office.worth(LAST + DAY, newest)[0] == "valid"
    return office, newest


def test_the_first_case_made_void_takes_along_what_took_the_place_of_its_certificate() -> None:
    office, newest = reissued_after_renewal()
    pair = pair_of(office, office.case_no)
    pair.void(now=on(LAST + DAY))
    pair.say("voiding", now=on(LAST + DAY))
    assert office.worth(LAST + DAY, newest)[0] == "revoked"
    assert "同时注销" in office.file.events[-1].text


def test_the_first_case_revised_replaces_what_took_the_place_of_its_certificate() -> None:
    office, newest = reissued_after_renewal()
    pair = pair_of(office, office.case_no)
    pair.revise(name="章三丰", now=on(LAST + DAY))
    pair.say("revising", now=on(LAST + DAY))
    shown = office.certificates.checked(office.number, "somebody", on(LAST + DAY))
    assert (shown["state"], shown["holder"]) == ("valid", "章*丰") and office.worth(LAST + DAY, newest)[0] == "revoked"


def test_looking_for_what_took_its_place_settles_nothing() -> None:
    office = Renewing()
    case_no = deemed(office)
    office.certificates.reissue(BOSS, office.number, "编号泄露", on(ASK_BY))
    kept = dict(office.store.kept)
    rows, told = office.certificates.voided(office.case, "理由")
    assert [row.case_no for row in rows] == [f"certificate#{office.number}"] and len(told) == 1
    assert office.certificates.revised(office.case, office.case, on(LAST + DAY))[0] is None, (
        "over by then, as it stands"
    )
    assert office.store.kept == kept and office.told(case_no)[-1] == "accepted"


def test_each_case_shows_what_took_the_place_of_its_certificate() -> None:
    office, newest = reissued_after_renewal()
    shown = office.certificates.shown(office.case, on(LAST + DAY))
    assert shown and (shown["number"], shown["state"]) == (newest, "valid")
    office = Renewing()
    case_no = deemed(office)
    office.certificates.reissue(BOSS, office.number, "编号泄露", on(ASK_BY))
    renewing = office.certificates.renewing(office.head(case_no), on(ASK_BY))
    assert renewing and renewing["state"] == "valid", "what it renews goes on in the new one"


RIGHT_ID = "510104193608150010"


def put_right(office: Renewing, case_no: str) -> None:
    """Revise the identity number on record of a case."""
    pair = pair_of(office, case_no)
    pair.revise(id_number=RIGHT_ID, now=on(ASK_BY))
    pair.say("revising", now=on(ASK_BY))


@pytest.mark.parametrize("which", ["first", "renewing", "both", "both, the other way round"])
def test_article_50_whoever_is_on_record_by_then_what_was_asked_for_in_time_is_deemed_renewed(which: str) -> None:
    office = Renewing()
    case_no = deemed(office)
    order = {"first": [office.case_no], "renewing": [case_no], "both": [office.case_no, case_no]}
    for each in order.get(which, [case_no, office.case_no]):
        put_right(office, each)
    with pytest.raises(InvalidInput, match="延续申请正在办理"):
        office.ask(ASK_BY, **({} if which == "renewing" else {"form": {"name": "张三丰", "id_number": RIGHT_ID}}))
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and office.told(case_no)[-1] == "granted"


@pytest.mark.parametrize("after", [False, True], ids=["before it is renewed", "after it was renewed"])
def test_who_holds_it_by_the_number_put_right_asks_again_and_nobody_by_the_wrong_one(after: bool) -> None:
    office = Renewing()
    deemed(office)
    if after:
        office.round(LAST + DAY)
    put_right(office, office.case_no)
    office.round(LAST + DAY)
    day = AGAIN - (LAST - OPENS)
    with pytest.raises(InvalidInput, match="没有找到这位申请人"):
        office.ask(day)
    assert office.ask(day, form={"name": "张三丰", "id_number": RIGHT_ID}).created


def lying(office: Renewing, since: date) -> str:
    """A renewal asked for in time whose office has said nothing since all had come in."""
    case_no = office.asked(ASK_BY)
    case = office.head(case_no)
    office.cases.amend(case.with_(clock=replace(case.clock, since=since), desk=None, due=None))
    Stages(office.cases, office.services).open_task(case_no, "accept", "zwzx", "t1", on(since))
    return case_no


def deem(office: Renewing, day: date) -> int:
    return Acceptances(office.cases, office.services, Numbers()).deem_due(on(day, 0))


def test_articles_32_and_50_what_is_deemed_accepted_from_before_the_end_is_deemed_renewed() -> None:
    office = Renewing()
    case_no, late = lying(office, LAST), LAST + 12 * DAY
    for day in (LAST + DAY, LAST + 5 * DAY, late):
        office.round(day)
        assert office.worth(day)[0] == "expired", "nobody has accepted it yet"
    assert deem(office, late) == 1 and office.head(case_no).clock.since == LAST
    assert office.worth(late) == ("valid", "2027-01-16") and office.told(case_no)[-1] == "granted"


def test_articles_32_and_50_what_came_in_whole_after_the_end_renews_nothing() -> None:
    office = Renewing()
    case_no = lying(office, LAST + DAY)
    office.round(LAST + 2 * DAY)
    assert office.lies() == (None, None)
    deem(office, LAST + 20 * DAY)
    office.round(LAST + 20 * DAY)
    assert office.worth(LAST + 20 * DAY)[0] == "expired" and office.told(case_no)[-1] == "accepted"


@pytest.mark.parametrize("say", ["accept", Status.NOT_ACCEPTED, Status.CORRECTION, Status.WITHDRAWN])
def test_article_50_what_the_office_says_in_its_five_days_after_the_end_is_not_said_before_it(say: Any) -> None:
    office = Renewing()
    case_no = lying(office, LAST)
    office.round(LAST + DAY)
    assert office.lies()[0] is not None
    if say == "accept":
        office.accept(case_no, LAST + DAY)
    else:
        office.move(say, case_no, LAST + DAY)
    office.round(LAST + 2 * DAY)
    assert office.worth(LAST + 2 * DAY)[0] == "expired" and office.lies() == (None, None)


def test_what_is_granted_in_the_five_days_after_the_end_is_renewed_without_a_gap() -> None:
    office = Renewing()
    case_no = lying(office, LAST)
    office.round(LAST + DAY)
    office.move(Status.GRANTED, case_no, LAST + 2 * DAY)
    office.give(case_no, LAST + 2 * DAY)
    assert office.worth(LAST + 2 * DAY) == ("valid", "2027-01-16")


def test_article_50_a_reissue_on_a_later_day_loses_nothing_of_what_was_asked_for() -> None:
    office = Renewing()
    case_no = deemed(office)
    office.certificates.reissue(BOSS, office.number, "编号泄露", on(ASK_BY + DAY))
    assert office.worth(LAST + DAY) == ("valid", "2027-01-16") and office.told(case_no)[-1] == "granted"
