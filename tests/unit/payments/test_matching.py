"""Bill, order and case side by side: seven kinds of gaps, and what is none though the day does not know it."""

from __future__ import annotations

from chalicelib.payments.party import Line
from chalicelib.vocabulary.statuses import Status
from tests.unit.payments.balance import MORNING, WHERE, day, gaps, line, settled
from tests.unit.payments.fakes import Till
from tests.unit.payments.returns import Paid
from tests.unit.samples import NOW


def test_long_of_an_order_nobody_knows_and_what_the_party_bears_out_is_taken_in() -> None:
    till = Till()
    paid = till.books.pay(till.order())
    till.books.lines = [line("42001", trade=paid.out_trade_no), line("9", trade="somebody-else")]
    till.ledger.run(MORNING)
    assert gaps(till) == [("long", "9")] and till.bill.status == "paid" and till.at(Status.PRODUCING)


def test_long_of_an_order_of_ours_that_the_party_does_not_bear_out() -> None:
    till = Till()
    till.books.lines = [line("9", trade=till.order())]
    till.ledger.run(MORNING)
    assert gaps(till) == [("long", "9")] and till.at(Status.AWAITING_PAYMENT)


def test_short_amount_status_and_twice() -> None:
    till = settled()
    trade = till.bill.data["out_trade_no"]
    for lines, found in (
        ([], [("short", "42001")]),
        ([line("42001", 7999, trade)], [("amount", "42001")]),
        ([line("42001", 8000, trade, going="undone")], [("status", "42001")]),
        ([line("42001", 8000, trade), line("42009", 8000, trade)], [("twice", "42009")]),
        ([line("42001", 8000, trade), line("42001", 8000, trade)], [("twice", "42001")]),
    ):
        till = settled()
        till.books.lines = [Line(**{**vars(each), "out_trade_no": till.bill.data["out_trade_no"]}) for each in lines]
        till.ledger.run(MORNING)
        assert gaps(till) == found and day(till).status == "open"


def test_a_case_that_waits_though_its_bill_was_paid_is_a_gap_of_status() -> None:
    till = settled()
    till.cases.amend(till.case, status=Status.AWAITING_PAYMENT)
    till.ledger.run(MORNING)
    assert gaps(till) == [("status", "42001")]


def test_a_refund_there_unknown_here_and_one_here_missing_there() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    came = line("42001", 8000, paid.bill.data["out_trade_no"])
    paid.books.lines = [came, line("x-1", 5, kind="out")]
    paid.ledger.run(MORNING)
    assert gaps(paid) == [("refund_missing", paid.number), ("refund_unknown", "x-1")]


def test_a_refund_whose_answer_was_lost_is_asked_about_and_no_gap() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    paid.cases.keep(paid.backs[0].with_(status="asked", data={"entered": []}))
    paid.store.kept.pop((WHERE, f"out#{paid.number}"))
    paid.books.come(paid.number, "success")
    paid.ledger.run(MORNING)
    assert not gaps(paid) and paid.backs[0].status == "done" and day(paid).status == "closed"


def test_a_refund_that_came_to_nothing_there_and_is_done_here() -> None:
    paid = Paid()
    paid.books.next_back = "success"
    paid.returning.run(NOW)
    paid.books.come(paid.number, "closed")
    paid.ledger.run(MORNING)
    assert gaps(paid) == [("status", paid.number)]


def test_money_of_before_entries_were_kept_is_known_by_its_bill() -> None:
    till = settled()
    for key in [key for key in till.store.kept if key[0] == WHERE]:
        del till.store.kept[key]
    till.ledger.run(MORNING)
    assert not gaps(till) and day(till).status == "closed"
