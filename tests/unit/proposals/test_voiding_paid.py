"""What becomes of the money of a case that is made void (作废): nothing more is asked, what was paid goes back."""

from __future__ import annotations

import pytest

from chalicelib.kernel.errors import Conflict
from chalicelib.payments.model import CASHIER
from chalicelib.payments.model import KEY as BILL
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.payments.fakes import Till
from tests.unit.proposals.fakes import last, of
from tests.unit.samples import NOW


def test_a_bill_nobody_paid_is_closed() -> None:
    till = Till()
    pair = of(till)
    pair.void()
    pair.say("voiding")
    assert (till.bill.status, till.bill.outcome, till.bill.desk) == ("closed", "superseded", None)
    assert till.desk(CASHIER) == [], "the counter waits for nobody either"
    assert till.case.status is Status.VOID and "不用再缴费" in last(pair).text
    till.bills.settle(NOW)
    with pytest.raises(Conflict):
        till.order()


def test_what_was_paid_for_a_void_case_is_paid_back_by_somebody() -> None:
    till = Till()
    till.bills.paid(till.books.pay(till.order()), NOW)
    pair = of(till)
    pair.void()
    pair.say("voiding")
    assert "已缴的80.00元按原支付方式退回" in last(pair).data["ends"]
    task = pair.task("refund")
    assert task.outcome is None and task.desk and task.data["amount_fen"] == 8000
    assert task.data["transaction_id"] == till.bill.data["transaction_id"] and till.bill.status == "paid"
    pays = tasks.Decision("approve", "退款单号1")
    decided = task.with_(outcome="approve", desk=None, status="decided")
    with pytest.raises(Conflict):
        till.refunds.follow(till.file, decided, pays, NOW)
    till.returning.run(NOW)
    till.returning.told(till.books.come(till.backs[0].data["out_refund_no"], "success"), NOW)
    assert last(pair).name is EventName.REFUNDED and pair.task("refund").outcome == "approve"


def test_what_is_owed_is_done_all_the_same() -> None:
    """Money that came too much before goes back though the case is void meanwhile; with numbers of their own."""
    till = Till()
    first = till.order()
    till.bills.paid(till.books.pay(first), NOW)
    till.bills.paid(till.books.money[first].__class__(first, "42002", 8000, NOW, "微信支付"), NOW)
    pair = of(till)
    pair.void()
    pair.say("voiding")
    open_ = [row.key for row in till.file.under("task#refund#") if row.outcome is None]
    assert open_ == ["task#refund#cgw#1", "task#refund#cgw#2"]
    till.bills.paid(till.books.money[first].__class__(first, "42003", 8000, NOW, "微信支付"), NOW)
    assert len([row for row in till.file.under("task#refund#") if row.outcome is None]) == 3


@pytest.mark.parametrize("pays", ["nobody", "silently", "notice"])
def test_an_order_that_is_open_when_its_case_is_voided_is_closed_at_its_party_and_its_money_goes_back(
    pays: str,
) -> None:
    till = Till()
    order = till.order()
    pair = of(till)
    pair.void()
    pair.say("voiding")
    if pays != "nobody":
        money = till.books.pay(order)
        if pays == "notice":
            till.bills.paid(money, NOW)
    till.bills.settle(NOW)
    assert till.bill.status == "closed" and till.bill.desk is None and till.bill.outcome == "superseded"
    assert (order in till.books.closed) == (pays == "nobody")
    refunds = [row for row in till.file.under("task#refund#") if row.outcome is None]
    assert len(refunds) == (0 if pays == "nobody" else 1) and till.case.status is Status.VOID
    assert till.bill.key == BILL and till.bill.token == "t1"
