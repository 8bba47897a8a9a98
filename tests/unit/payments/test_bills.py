"""Money that comes in, and bills nobody pays: no money is lost, whatever happens."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import clock
from chalicelib.kernel.clock import SHANGHAI
from chalicelib.kernel.errors import Conflict
from chalicelib.payments.model import REFUND, State
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, PHONE
from tests.unit.payments.fakes import Till, money
from tests.unit.samples import NOW


def test_paid_three_times_and_in_any_order_is_paid_once() -> None:
    till = Till()
    paid = till.books.pay(till.order())
    for _ in range(3):
        till.bills.paid(paid, NOW)
    assert (till.bill.status, till.bill.outcome, till.bill.token) == ("paid", "paid", "t1")
    assert till.bill.desk is None and till.bill.data["transaction_id"] == "42001"
    assert till.events.count("paid") == 1 and till.case.status is Status.PRODUCING
    with pytest.raises(Conflict):
        till.order()


def test_money_for_a_void_case_is_kept_to_be_paid_back() -> None:
    till = Till()
    paid = till.books.pay(till.order())
    till.move(Status.VOID)
    for _ in range(2):
        till.bills.paid(paid, NOW)
    assert till.case.status is Status.VOID and till.events.count("refund_due") == 1
    assert (till.bill.status, till.bill.desk, list(till.bill.data["late"])) == ("closed", None, ["42001"])
    (task,) = till.desk(REFUND)
    assert (task.key, task.data["kind"], task.data["amount_fen"]) == ("task#refund#cgw#1", REFUND, 8000)
    assert (task.data["stage_name"], task.data["transaction_id"]) == ("退款80.00元", "42001")
    assert till.backs[0].status == "asked" and till.backs[0].desk == f"@refunding#{till.case_no[-1]}"
    assert task.due is not None and task.due[:10] == "2026-07-08"


def test_a_second_payment_is_kept_to_be_paid_back() -> None:
    till = Till()
    first = till.books.pay(till.order())
    till.bills.paid(first, NOW)
    till.bills.paid(money(first.out_trade_no, "42002"), NOW)
    assert (till.bill.status, till.bill.outcome) == ("paid", "paid")
    assert list(till.bill.data["late"]) == ["42002"] and till.events[-2:] == ["paid", "refund_due"]
    assert [task.data["transaction_id"] for task in till.desk(REFUND)] == ["42002"]


def test_each_money_too_much_is_a_refund_of_its_own() -> None:
    till = Till()
    first = till.books.pay(till.order())
    for number in range(3):
        till.bills.paid(money(first.out_trade_no, f"4200{number}"), NOW)
    desk = till.cases.on_desk("cgw@510100")
    assert sorted(task.key for task in desk) == ["task#refund#cgw#1", "task#refund#cgw#2"]
    assert [row.data["out_refund_no"] for row in till.backs] == [f"{till.case_no}R1", f"{till.case_no}R2"]


def test_the_clock_finds_the_money_when_no_notice_came() -> None:
    till = Till()
    till.books.pay(till.order())
    assert till.bills.settle(NOW + timedelta(seconds=29)) == 0
    assert till.bills.settle(NOW + timedelta(seconds=30)) == 1
    assert till.bill.status == "paid" and till.bills.settle(NOW + timedelta(days=1)) == 0


def test_the_clock_asks_at_the_moments_agreed_and_no_more() -> None:
    till = Till()
    till.order()
    till.books.asked = 0
    moment, asked = NOW, []
    while moment < NOW + timedelta(hours=3):
        before = till.books.asked
        till.bills.settle(moment)
        if till.books.asked > before:
            asked.append(moment - NOW)
        moment += timedelta(seconds=30)
    assert asked == [timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2)]
    assert (
        till.bill.status == "paying" and till.bill.data["order"] is None and till.books.closed == {f"{till.case_no}P1"}
    )
    assert till.order(at=moment) == f"{till.case_no}P2"


def test_the_party_is_down_the_clock_comes_back() -> None:
    till = Till()
    till.books.pay(till.order())
    till.books.down = True
    till.bills.settle(NOW + timedelta(minutes=1))
    till.books.down = False
    assert till.bills.settle(NOW + timedelta(minutes=2)) == 0
    till.bills.settle(NOW + timedelta(minutes=6))
    assert till.bill.status == "paid"


@pytest.mark.parametrize("ordered", [False, True])
def test_a_bill_nobody_pays_ends_the_case(ordered: bool) -> None:
    till = Till()
    if ordered:
        till.order()
        till.bills.settle(NOW + timedelta(hours=2))
    end = datetime(2026, 8, 1, tzinfo=SHANGHAI)
    assert till.bill.data["until"] == "2026-07-31" and till.bill.due == clock.iso(end)
    assert till.bills.settle(end - timedelta(seconds=1)) == 0
    till.bills.settle(end)
    assert (till.bill.status, till.bill.outcome, till.case.status) == ("closed", "lapsed", Status.LAPSED)
    with pytest.raises(Conflict):
        till.order(at=end)


def test_paid_at_the_last_moment_wins_over_the_end_of_the_bill() -> None:
    till = Till()
    end = datetime(2026, 8, 1, tzinfo=SHANGHAI)
    late = end - timedelta(minutes=10)
    till.books.pay(till.order(at=late), late)
    till.bills.settle(end)
    assert till.bill.status == "paid" and till.case.status is Status.PRODUCING


def happen(till: Till, step: str, now: datetime) -> None:
    if step in ("order", "other"):
        till.order(OWNER if step == "order" else f"tel:{PHONE}", now)
    elif step == "pay":
        number = f"{till.case_no}P{till.bill.data.get('attempt', 0)}"
        if number in till.books.orders and number not in {*till.books.closed, *till.books.money}:
            till.books.pay(number, now, f"4200{number}")
    elif step == "notify":
        for paid in list(till.books.money.values())[::-1]:
            till.bills.paid(paid, now)
    elif step == "clock":
        till.bills.settle(now)
    elif till.at(Status.AWAITING_PAYMENT):
        till.move(Status.VOID)


@given(st.lists(st.sampled_from(["order", "pay", "notify", "clock", "void", "other"]), max_size=12))
def test_whatever_happens_in_whatever_order_money_is_never_lost(steps: list[str]) -> None:
    till, now = Till(), NOW
    for step in steps:
        now += timedelta(minutes=40)
        with suppress(Conflict):
            happen(till, step, now)
    for paid in till.books.money.values():
        till.bills.paid(paid, now)
    known = {till.bill.data.get("transaction_id"), *till.bill.data.get("late", {})} - {None}
    assert known == {paid.transaction_id for paid in till.books.money.values()}
    assert till.events.count("paid") == (till.bill.status == State.PAID) and len(known) <= 1
