"""Cash and card at the counter: taken once, against a receipt, by who has not handled the case; closed by whatever settles it first."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity.model import Session
from chalicelib.kernel.clock import SHANGHAI
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput, PartyFault
from chalicelib.payments.model import CASHIER, State
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.tasks.service import Tasks
from chalicelib.vocabulary.statuses import Status
from tests.unit.office import tasks
from tests.unit.payments.fakes import Till, money
from tests.unit.samples import NOW, clerk

QIAN, LI = clerk("钱箱", "cgw", "cashier"), clerk("李收", "cgw", "cashier")


def desk(till: Till) -> Tasks:
    return tasks(till.cases, {CASHIER: till.counter.taken})


def take(till: Till, who: Session = QIAN, receipt: str = "0012345", way: str = "cash", at: datetime = NOW) -> None:
    key = TaskKey(till.case_no, CASHIER, "cgw")
    decision = Decision("approve", pay_way=way, receipt_no=receipt)  # type: ignore[arg-type]
    desk(till).decide(who, key.task_id, decision, at)


def test_article_59_cash_settles_the_bill_once_against_a_receipt() -> None:
    till = Till()
    (task,) = till.desk(CASHIER)
    assert (task.data["stage_name"], task.data["amount_fen"], task.due and task.due[:10]) == (
        "收费80.00元",
        8000,
        "2026-07-31",
    )
    for _ in range(2):
        take(till)
    assert (till.bill.status, till.bill.outcome, till.bill.token) == ("paid", "paid", "t1")
    assert (till.bill.data["way"], till.bill.data["receipt_no"]) == ("cash", "0012345")
    event = till.file.events[-1]
    assert event.text == "已缴费80.00元（现金，票据号0012345）" and event.by == "市城管委收费窗口"
    assert (event.data["amount_fen"], event.data["items"][0]["code"]) == (8000, "f1")
    assert till.events.count("paid") == 1 and till.case.status is Status.PRODUCING and not till.desk(CASHIER)
    with pytest.raises(Conflict):
        take(till, LI, "0012346")
    with pytest.raises(Conflict):
        till.order()


def test_an_open_order_is_closed_before_cash_is_taken() -> None:
    till = Till()
    number = till.order()
    take(till, way="card")
    assert till.books.closed == {number} and till.bill.status == "paid" and till.bill.data["order"] is None


def test_who_paid_online_meanwhile_does_not_pay_again() -> None:
    till = Till()
    till.books.pay(till.order())
    with pytest.raises(Conflict) as told:
        take(till)
    assert told.value.code == "already_paid" and "不要再收" in told.value.detail
    assert till.bill.data["way"] == "online" and till.events.count("paid") == 1 and not till.desk(CASHIER)


def test_while_the_party_cannot_be_asked_nothing_is_taken() -> None:
    till = Till()
    till.order()
    till.books.down = True
    with pytest.raises(PartyFault):
        take(till)
    assert till.bill.status == "paying" and till.desk(CASHIER)
    till.books.down = False
    take(till)
    assert till.bill.status == "paid"


def test_nobody_who_handled_the_case_takes_its_money() -> None:
    till = Till()
    done = Decision("approve")
    row = till.cases.keep(
        till.desk(CASHIER)[0].with_(
            key="task#decide#cgw#1", rev=0, desk=None, outcome=done.outcome, data={"decided_by": QIAN.subject}
        )
    )
    assert row.data["decided_by"] == QIAN.subject
    with pytest.raises(Forbidden):
        take(till)
    take(till, LI)
    assert till.bill.status == "paid"


def test_a_paper_receipt_is_given_once() -> None:
    till = Till()
    till.cases.index_number("receipt#cgw@510100#0012345", "510123456789", "pay#1")
    with pytest.raises(InvalidInput) as refused:
        take(till)
    assert [fault.path for fault in refused.value.fields] == ["receipt_no"] and till.bill.status == "unpaid"
    take(till, receipt="0012346")
    assert till.bill.status == "paid"


@pytest.mark.parametrize("how", ["paid", "lapsed"])
def test_the_counters_task_is_closed_by_what_settles_the_bill(how: str) -> None:
    till = Till()
    if how == "paid":
        till.bills.paid(till.books.pay(till.order()), NOW)
    else:
        till.bills.settle(datetime(2026, 8, 1, tzinfo=SHANGHAI))
    row = till.row(TaskKey(till.case_no, CASHIER, "cgw").row_key)
    assert (row.outcome, row.status, row.desk) == ("superseded", "cancelled", None)
    with pytest.raises(Conflict):
        take(till)


def test_a_void_case_takes_no_money() -> None:
    till = Till()
    till.move(Status.VOID)
    with pytest.raises(Conflict) as told:
        take(till)
    assert "不要收款" in told.value.detail and till.bill.status == "unpaid"


def test_a_service_without_a_counter_has_no_task_for_one() -> None:
    till = Till(fee={"items": [{"code": "f1", "name": "工本费", "amount_fen": 8000, "basis": "某条例第一条"}]})
    assert till.bill.status == "unpaid" and not till.desk(CASHIER) and "counter" not in till.file.events[-1].data


def happen(till: Till, step: str, number: int, now: datetime) -> None:
    trade_no = f"{till.case_no}P{till.bill.data.get('attempt', 0)}"
    payable = trade_no in till.books.orders and trade_no not in {*till.books.closed, *till.books.money}
    match step:
        case "order":
            till.order(at=now)
        case "pay" if payable:
            till.books.pay(trade_no, now, f"4200{trade_no}")
        case "notify":
            for paid in till.books.money.values():
                till.bills.paid(paid, now)
        case "clock":
            till.bills.settle(now)
        case "down":
            till.books.down = not till.books.down
        case "cash" | "card":
            take(till, receipt=f"00{number:04d}", way=step, at=now)


@given(st.lists(st.sampled_from(["order", "pay", "notify", "clock", "cash", "card", "down"]), max_size=10))
def test_whatever_is_done_online_and_at_the_counter_the_bill_is_settled_once(steps: list[str]) -> None:
    till, now = Till(), NOW
    for number, step in enumerate(steps):
        now += timedelta(minutes=10)
        with suppress(AppError):
            happen(till, step, number, now)
    till.books.down = False
    for paid in till.books.money.values():
        till.bills.paid(paid, now)
    way = till.bill.data.get("way")
    assert till.events.count("paid") == (till.bill.status == State.PAID)
    assert len(till.desk(CASHIER)) == (till.bill.status != State.PAID)
    if way in ("cash", "card"):
        assert not till.books.money, "what was closed first cannot be paid beside it"
    late = set(till.bill.data.get("late", {}))
    known = {till.bill.data["transaction_id"]} if way == "online" else set()
    assert known | late == {paid.transaction_id for paid in till.books.money.values()}


def test_money_that_still_comes_after_cash_is_owed_back() -> None:
    till = Till()
    number = till.order()
    take(till)
    till.bills.paid(money(number, "42009"), NOW)
    assert list(till.bill.data["late"]) == ["42009"] and till.events[-1] == "refund_due"
