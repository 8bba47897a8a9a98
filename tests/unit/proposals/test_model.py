"""Every act of an office has its check, one that two supervisors do has its kind of task, and no more."""

from __future__ import annotations

from chalicelib import wiring
from chalicelib.approvals.procedures import CHECKS
from chalicelib.proposals.model import ENDED, KINDS, answerable
from chalicelib.ratings.model import WORK
from chalicelib.vocabulary.codes import OFFICE_ACTS
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import EDGES, UNDECIDED, Status
from tests.unit.approvals.fakes import Office
from tests.unit.proposals.fakes import OWED


def test_every_act_of_an_office_is_checked_in_one_place() -> None:
    assert {*CHECKS, *KINDS} == set(OFFICE_ACTS) and not set(CHECKS) & set(KINDS)
    assert len(wiring.offered(lambda each: each.acts)) == 2


def test_what_two_do_is_a_task_of_supervisors() -> None:
    kinds = wiring.kinds()
    assert {kinds[code].role for code in KINDS.values()} == {Role.SUPERVISOR}
    assert {"refund", "wrong_amount", *WORK} == OWED, "money and a promise outlive a void case, nothing else"


def test_what_can_be_voided_is_what_the_edges_say() -> None:
    assert {status for status in Status if Status.VOID not in EDGES[status]} == ENDED


def test_before_a_decision_the_department_in_charge_answers_then_the_one_that_decided() -> None:
    office = Office(department="gaj")
    case, service = office.cases.head(office.case_no), office.catalogue.get("street-stall")
    said = {status: answerable(case.with_(status=status), service) for status in Status}
    assert {status for status, who in said.items() if who == "gaj"} == UNDECIDED
    assert {who for status, who in said.items() if status not in UNDECIDED} == {"cgw"}
