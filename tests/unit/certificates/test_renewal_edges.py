"""What else befalls a case while it renews, or the certificate it is to renew. 《行政许可法》第50条."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary.statuses import Status
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
