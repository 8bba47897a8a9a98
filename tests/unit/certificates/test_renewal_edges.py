"""What else befalls a case while it renews, or the certificate it is to renew. 《行政许可法》第50条."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.renewing import LAST, Renewing
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
