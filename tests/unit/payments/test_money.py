"""Whatever is told, repeated, dropped, late or out of order: money that came in is owed, has gone back, or is on its way to.

Nothing is counted twice, no more goes back than came in, every bill and refund ends or is on a desk with a day.
"""

from __future__ import annotations

from contextlib import suppress

from hypothesis import settings
from hypothesis.stateful import invariant

from chalicelib.kernel.errors import AppError
from chalicelib.payments import refund_model
from chalicelib.payments.model import CASHIER, REFUND, WRONG_AMOUNT, State
from chalicelib.vocabulary.statuses import Status
from tests.unit.payments.histories import Money

SEQUENCES = min(2000, settings().max_examples // 5)
"""By night 2,000; in the usual run a few."""


class Whole(Money):
    """What always holds."""

    @invariant()
    def no_more_goes_back_than_came_in(self) -> None:
        came = {each.transaction_id: each.amount_fen for each in self.came}
        for transaction, fen in came.items():
            parts = refund_model.of(self.till.file.rows, transaction)
            assert sum(row.data["amount_fen"] for row in parts) <= fen
        assert {row.data["transaction_id"] for row in self.till.backs} <= set(came)

    @invariant()
    def every_refund_ends_or_is_on_a_desk_with_a_day(self) -> None:
        file = self.till.file
        for row in self.till.backs:
            task = file.row(row.data["task"])
            assert task is not None and (task.outcome is None) == (row.status != "done")
            if row.status == "done":
                back = self.books.backs.get(row.data.get("done_no", ""))
                assert row.data.get("by_hand") or (back and back.state == "success")
            else:
                assert task.desk and task.due and (row.status == "manual" or (row.desk and row.due))

    @invariant()
    def a_bill_ends_or_is_looked_at(self) -> None:
        bill = self.till.bill
        assert not (bill.status in (State.PAID, State.CLOSED) and list(self._open(CASHIER))), "it waits at no counter"
        assert bill.status in (State.PAID, State.CLOSED) or (bill.desk and bill.due)

    @invariant()
    def what_is_known_is_counted_once(self) -> None:
        data = self.till.bill.data
        places = [*([data["transaction_id"]] if "transaction_id" in data else []), *data.get("late", {})]
        places += data.get("wrong", {})
        assert len(places) == len(set(places)) and self.till.events.count("paid") <= 1
        entries = [key for part, key in self.till.store.kept if part.startswith("ledger#") and key.startswith("in#")]
        online = {each.transaction_id for each in self.books.all}  # no party sends a bill of what the counter took
        assert sorted(key.split("#")[1] for key in entries) == sorted(online & set(places))

    def teardown(self) -> None:
        """Let everything come to its end: all that came in is kept for a case that goes on, or is with who paid it."""
        self.books.down, self.books.refuses, self.books.next_back = False, "", "success"
        for each in self.books.all:
            self.till.bills.paid(each, self.now)
        for _ in range(3):
            for row in self._open(REFUND, WRONG_AMOUNT):
                with suppress(AppError):
                    self._decide(row, "approve")
            for number, back in list(self.books.backs.items()):
                if back.state == "processing":
                    self.books.come(number, "success")
            self.clock(60 * 24)
        assert not self._open(REFUND, WRONG_AMOUNT), "nothing is left on a desk"
        came = sum(each.amount_fen for each in self.came)
        there = sum(back.amount_fen for back in self.books.backs.values() if back.state == "success")
        by_hand = sum(row.data["amount_fen"] for row in self.till.backs if row.data.get("by_hand"))
        assert came == self._kept() + there + by_hand
        strange = {each.transaction_id for each in self.books.strange}  # in the bill before anybody told of it
        assert {gap["number"] for gap in self.till.ledger.page(self.now)["gaps"]} <= strange

    def _kept(self) -> int:
        """What the city keeps: what paid the bill of a case that goes on, but for the parts given back."""
        bill, file = self.till.bill, self.till.file
        if bill.status != State.PAID:
            return 0
        back = sum(row.data["amount_fen"] for row in refund_model.of(file.rows, bill.data["transaction_id"]))
        assert file.case.status not in (Status.WITHDRAWN, Status.VOID) or back == bill.data["amount_fen"]
        return int(bill.data["amount_fen"]) - int(back)


TestMoney = Whole.TestCase
TestMoney.settings = settings(max_examples=SEQUENCES, stateful_step_count=30)
