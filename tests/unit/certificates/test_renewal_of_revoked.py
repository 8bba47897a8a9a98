"""What was revoked (注销), or issued in a case made void, comes back through no renewal that was asked for before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.certificates.model import State
from chalicelib.kernel.errors import Conflict
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, deciding
from tests.unit.certificates.fakes import BOSS
from tests.unit.certificates.renewing import ASK_BY, LAST, Renewing, on
from tests.unit.certificates.test_model import made
from tests.unit.certificates.test_renewal_clock import deemed
from tests.unit.certificates.test_renewal_edges import pair_of

DAY = timedelta(days=1)


@pytest.mark.parametrize("granted", ["by the office", "by the law"])
def test_what_was_revoked_comes_back_through_no_renewal(granted: str) -> None:
    office = Renewing()
    case_no = deemed(office)
    if granted == "by the office":
        office.move(Status.GRANTED, case_no, ASK_BY)
    else:
        office.round(LAST + DAY)
    office.certificates.revoke(BOSS, office.number, "以欺骗手段取得", on(LAST + DAY, 9))
    office.give(case_no, LAST + DAY)
    told = office.cases.whole(case_no).events[-1]
    assert told.text == "要延续的占道经营许可证已经注销，没有证照发出" and "certificate_no" not in told.data
    assert [row.status for row in office.store.kept.values() if row.kind == "certificate"] == ["revoked"]
    renewing = office.certificates.renewing(office.head(case_no), on(LAST + DAY))
    assert renewing and renewing["state"] == "revoked", "who handles it sees so"


def test_what_was_issued_wrongly_and_made_void_comes_back_through_no_renewal() -> None:
    office = Renewing()
    case_no = deemed(office)
    pair = pair_of(office, office.case_no)
    pair.void(now=on(ASK_BY))
    pair.say("voiding", now=on(ASK_BY))
    assert office.renewals.lost(office.head(case_no)) and not office.renewals.lost(office.case)
    office.move(Status.GRANTED, case_no, ASK_BY)
    office.give(case_no, ASK_BY)
    assert office.worth(ASK_BY)[0] == "revoked" and "certificate" not in office.head(case_no).facts


def test_the_decision_to_renew_what_was_revoked_is_refused_and_the_refusal_of_it_is_not() -> None:
    office = deciding()
    case, card = office.cases.head(office.case_no), made(valid_to=LAST, renewable=True)
    row = office.cases.keep(card.row())
    office.cases.amend(case.plus(renews=card.number, runs_to=LAST.isoformat()))
    row = office.cases.keep(row.with_(status="revoked", desk=None))
    with pytest.raises(Conflict, match="要延续的证照已经注销，不能准予延续"):
        office.decide(APPROVER, "decide", "approve")
    assert office.status() is Status.IN_REVIEW
    office.decide(APPROVER, "decide", "reject")
    assert office.status() is Status.DENIED


def test_what_was_reissued_is_renewed_by_the_decision_on_the_old_one() -> None:
    office = deciding()
    case, card = office.cases.head(office.case_no), made(valid_to=LAST, renewable=True)
    fresh = replace(card, number="1000000000000009", replaces=card.number)
    office.cases.keep(replace(card, replaced_by=fresh.number, state=State.REVOKED).row())
    office.cases.keep(fresh.row())
    office.cases.amend(case.plus(renews=card.number, runs_to=LAST.isoformat()))
    office.decide(APPROVER, "decide", "approve")
    assert office.status() is Status.GRANTED
