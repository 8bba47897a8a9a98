"""A renewal (延续) that is void: only the renewal is undone."""

from __future__ import annotations

from datetime import date

from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.renewing import AGAIN, LAST, OPENS, Renewing, on
from tests.unit.proposals.fakes import BOSS, Pair
from tests.unit.proposals.test_voiding import last


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
