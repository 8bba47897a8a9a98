"""Money that does not fit: of another amount than was asked, or for an order nobody made. All of it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput
from chalicelib.payments.model import WRONG_AMOUNT
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.statuses import Status
from tests.unit.office import tasks
from tests.unit.payments.fakes import Till, money
from tests.unit.samples import NOW, clerk

END = datetime(2026, 8, 1, tzinfo=clock.SHANGHAI)  # of the bill


@pytest.mark.parametrize("amount", [1, 7999, 8001])
def test_another_amount_is_kept_and_a_task_of_a_supervisor_and_nobody_else_hears(amount: int) -> None:
    till = Till()
    number, before = till.order(), till.events
    for _ in range(2):
        till.bills.paid(money(number, "1", amount), NOW)
    assert till.events == before and till.at(Status.AWAITING_PAYMENT)
    assert till.bill.data["wrong"]["1"]["amount_fen"] == amount and till.bill.data["order"] is None
    (task,) = till.desk(WRONG_AMOUNT)
    assert (task.data["kind"], task.data["amount_fen"]) == (WRONG_AMOUNT, amount)
    assert "应缴80.00元" in task.data["reason"] and task.due is not None
    second = till.order()
    assert second != number, "the applicant pays by another order"
    till.bills.paid(till.books.pay(second), NOW)
    assert till.bill.status == "paid"


def test_money_of_another_amount_goes_back_where_the_supervisor_says_so() -> None:
    till = Till()
    till.told(money(till.order(), "1", 7999))
    key = TaskKey(till.case_no, WRONG_AMOUNT, "cgw").task_id
    desk, supervisor = tasks(till.cases, {WRONG_AMOUNT: till.wrong.follow}), clerk("督办", "cgw", "supervisor")
    for _ in range(2):
        desk.decide(supervisor, key, Decision("approve"), NOW)
    assert [row.data["amount_fen"] for row in till.backs] == [7999] and till.events[-1] == "refund_due"
    till.returning.run(NOW)
    till.returning.told(till.books.come(till.backs[0].data["out_refund_no"], "success"), NOW)
    assert till.events[-1] == "refunded" and till.at(Status.AWAITING_PAYMENT)


def test_money_of_another_amount_that_never_came_is_said_not_to_have_come() -> None:
    till = Till()
    till.bills.paid(money(till.order(), "1", 7999), NOW)
    desk, supervisor = tasks(till.cases, {WRONG_AMOUNT: till.wrong.follow}), clerk("督办", "cgw", "supervisor")
    key = TaskKey(till.case_no, WRONG_AMOUNT, "cgw").task_id
    with pytest.raises(InvalidInput):
        desk.decide(supervisor, key, Decision("reject"), NOW)
    desk.decide(supervisor, key, Decision("reject", "商户平台查无此笔"), NOW)
    assert not till.backs and not till.desk(WRONG_AMOUNT)


def test_the_clock_finding_another_amount_asks_no_more_about_that_order() -> None:
    till = Till()
    till.books.money[till.order()] = money(f"{till.case_no}P1", "1", 1)
    till.bills.settle(NOW + timedelta(seconds=30))
    asked = till.books.asked
    till.bills.settle(NOW + timedelta(minutes=10))
    assert till.books.asked == asked and till.bill.due == clock.iso(END)
    till.bills.settle(END)
    assert till.at(Status.LAPSED)


@pytest.mark.parametrize("number", ["", "x", "{no}P2", "{no}P0", "000000000000P1", "{no}S1", "{no}P1 "])
def test_money_for_an_order_that_is_not_ours_is_a_gap_of_the_ledger(number: str) -> None:
    till = Till()
    till.order()
    before = till.file
    for _ in range(2):
        till.bills.paid(money(number.format(no=till.case_no), "1"), NOW)
    (gap,) = till.ledger.page(NOW)["gaps"]
    assert (gap["kind"], gap["number"], gap["theirs_fen"], gap["day"]) == ("long", "1", 8000, "2026-07-01")
    assert till.file == before
