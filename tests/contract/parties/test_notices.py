"""Notices of every payment party, really signed, by the road a callback takes down to the bill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from chalicelib.payments.model import KEY, Money
from chalicelib.payments.party import Back
from chalicelib.vocabulary.statuses import Status
from handlers.callbacks import take
from parties.wire import Inbound, Outbound
from tests.contract.parties.payee import Gone, Payee, Told, payees
from tests.unit.payments.fakes import Till
from tests.unit.samples import NOW

PAYEES = payees()


class Road:
    """A case that waits for its money, and the way a notice takes to it."""

    def __init__(self, name: str) -> None:
        self.payee: Payee = PAYEES[name]
        self.till, self.reader = Till(), self.payee.reader(name)
        self.told = Told(self.till.order())

    def post(self, inbound: Inbound) -> Outbound:
        """Do what the route does."""
        return take(self.reader, self._told, inbound, NOW, "pay")

    def _told(self, what: Money | Back | None, now: datetime) -> None:
        """Do what `payments.parts.told` does, over this table."""
        if isinstance(what, Back):
            self.till.returning.told(what, now)
        elif what is not None:
            self.till.bills.paid(what, now)

    def good(self, **changes: Any) -> Inbound:
        """Return a notice, signed; what is changed is not as it was agreed."""
        return self.payee.notice(replace(self.told, **changes))


@pytest.fixture(params=PAYEES)
def road(request: pytest.FixtureRequest) -> Road:
    return Road(request.param)


def test_paid_and_told_three_times(road: Road) -> None:
    for _ in range(3):
        assert road.post(road.good()) == road.payee.taken
    bill = road.till.row(KEY)
    assert (bill.status, bill.outcome, bill.data["transaction_id"]) == ("paid", "paid", road.told.transaction)
    assert bill.data["paid_at"] == "2026-07-01T09:35:00.000+08:00"
    assert road.till.at(Status.PRODUCING) and road.till.events.count("paid") == 1


def test_one_notice_again_and_again(road: Road) -> None:
    inbound = road.good()
    assert [road.post(inbound) for _ in range(3)] == [road.payee.taken] * 3
    assert road.till.events.count("paid") == 1


def test_a_notice_of_something_else_comes_first_and_changes_nothing(road: Road) -> None:
    assert road.payee.other
    for state in road.payee.other:
        assert road.post(road.good(state=state)) == road.payee.taken
    assert road.till.at(Status.AWAITING_PAYMENT)
    assert road.post(road.good()) == road.payee.taken and road.till.at(Status.PRODUCING)


def test_money_after_the_case_ended_is_taken_and_kept_for_refund(road: Road) -> None:
    road.till.move(Status.VOID)
    assert road.post(road.good()) == road.payee.taken
    assert road.till.events[-1] == "refund_due" and road.till.case.status is Status.VOID


@pytest.mark.parametrize("number", ["000000000000P1", "{no}P2", "' or 1=1"])
def test_money_for_no_order_of_ours_is_taken_and_a_gap_so_that_it_is_not_told_for_a_day(
    road: Road, number: str
) -> None:
    before = road.till.file
    for _ in range(2):
        assert road.post(road.good(number=number.format(no=road.till.case_no))) == road.payee.taken
    (gap,) = road.till.ledger.page(NOW)["gaps"]
    assert (gap["kind"], gap["number"], gap["theirs_fen"]) == ("long", road.told.transaction, road.told.fen)
    assert road.till.file == before


def test_another_amount_is_taken_kept_and_a_task(road: Road) -> None:
    for _ in range(2):
        assert road.post(road.good(fen=1)) == road.payee.taken
    (task,) = road.till.file.under("task#wrong_amount#")
    assert task.data["amount_fen"] == 1 and road.till.at(Status.AWAITING_PAYMENT) and "paid" not in road.till.events


def gone(road: Road) -> str:
    """A case that was paid and void: what goes back is with the party. Returns our number of it."""
    road.post(road.good())
    taken = road.till.refunds.paid(road.till.bill)
    assert taken and taken.code in PAYEES
    road.till.cases.amend(
        road.till.case, road.till.refunds.begun(road.till.case, road.till.file.rows, taken, 3000, "退", NOW)
    )
    row = road.till.backs[0]
    road.till.cases.keep(row.with_(status="sent"))
    return str(row.data["out_refund_no"])


def test_a_refund_is_told_three_times_and_done_once(road: Road) -> None:
    number = gone(road)
    for _ in range(3):
        assert road.post(road.payee.back(Gone(number))) == road.payee.taken
    assert road.till.backs[0].status == "done" and road.till.events.count("refunded") == 1


def test_what_a_refund_may_come_to(road: Road) -> None:
    for word, state in road.payee.backs.items():
        fresh = Road(next(name for name, payee in PAYEES.items() if payee is road.payee))
        assert fresh.post(fresh.payee.back(Gone(gone(fresh), state=word))) == fresh.payee.taken
        assert fresh.till.backs[0].status == ("done" if state == "success" else "manual")


def test_a_refund_of_another_amount_or_of_nobodys_is_taken_and_a_gap(road: Road) -> None:
    number = gone(road)
    for each in (Gone(number, fen=1), Gone("000000000000R1")):
        assert road.post(road.payee.back(each)) == road.payee.taken
    assert {gap["kind"] for gap in road.till.ledger.page(NOW)["gaps"]} == {"refund_unknown"}
    assert road.till.backs[0].status == "sent"


def _changed(road: Road) -> Inbound:
    good = road.good()
    return replace(good, body=good.body.replace(b"0", b"1", 1))


REFUSED: dict[str, tuple[set[int], Callable[[Road], Inbound]]] = {
    "signed by a stranger": ({401}, lambda road: road.payee.notice(road.told, who="stranger")),
    "changed on the way": ({401}, _changed),
    "nothing": ({400}, lambda road: road.good(fen=0)),
    "less than nothing": ({400}, lambda road: road.good(fen=-8000)),
    "other merchant": ({400}, lambda road: road.good(merchant="2088000000000009")),
    "no number of theirs": ({400}, lambda road: road.good(transaction="")),
    "number of theirs no number": ({400}, lambda road: road.good(transaction="4200 or 1=1")),
    "words": ({400, 401}, lambda road: road.payee.raw(b"paid, believe me")),
    "empty": ({400}, lambda road: road.payee.raw(b"")),
    "a list": ({400, 401}, lambda road: road.payee.raw(b"[]")),
    "deep": ({400, 401}, lambda road: road.payee.raw(b"[" * 60_000)),
    "many": ({400, 401}, lambda road: road.payee.raw(b"a=1&" * 5_000)),
    "no UTF-8": ({415}, lambda road: road.payee.raw(b"\xff\xfe")),
    "too large": ({413}, lambda road: road.payee.raw(b" " * 70_000)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_its_own_way_and_nothing_written(road: Road, case: str) -> None:
    statuses, make = REFUSED[case]
    before = road.till.file
    answer = road.post(make(road))
    assert answer.status in statuses and road.payee.no(answer)
    assert road.till.file == before
    assert road.post(road.good()) == road.payee.taken and road.till.row(KEY).status == "paid"
