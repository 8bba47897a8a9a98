"""Bills and the money for them: what comes in is taken once, what nobody waits for goes back, what never comes ends the case.

Only signed notices and answers to our own questions are believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Case, CaseFile, Event, Row, closing, moved
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import ledger_model as ledger
from chalicelib.payments import model
from chalicelib.payments.gaps import Gaps
from chalicelib.payments.model import CASHIER, EDGES, KEY, PAYING, Money, Order, State
from chalicelib.payments.party import PayParties
from chalicelib.payments.refund_model import Taken
from chalicelib.payments.refunds import Refunds
from chalicelib.payments.wrong import WrongAmounts
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.accounts import REFUND_REASONS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status

ONLINE: Mapping[str, str] = {"way": "online"}


class Bills:
    """The bills of all cases, and what the party says about them."""

    def __init__(self, cases: Cases, catalogue: Services, parties: PayParties, gaps: Gaps) -> None:
        self._cases, self._parties, self._gaps = cases, parties, gaps
        self._refunds = Refunds(cases, catalogue, parties)
        self._wrong = WrongAmounts(cases, catalogue, self._refunds)

    # — money —

    def paid(self, money: Money, now: datetime) -> None:
        """Take note that money has come in; telling again changes nothing.

        Money for a bill that no longer waits goes back by rule, of another amount it becomes a task, for an order that is none of ours
        a gap: all of it is kept, and none refused, for the party would only tell again.
        """
        retried(lambda: self._paid(money, now))

    def _paid(self, money: Money, now: datetime) -> None:
        found = model.attempt_of(money.out_trade_no)
        row = self._cases.row(found[0], KEY) if found else None
        if found is None or row is None or found[1] > row.data.get("attempt", 0):
            self._gaps.money(money, now)
            return
        if model.knows(row, money.transaction_id):
            return
        file = self._cases.whole(row.case_no)
        if money.amount_fen != row.data["amount_fen"]:
            self._wrong.keep(file, row, money, now)
        elif row.status == State.PAYING and file.case.status is Status.AWAITING_PAYMENT:
            self.settled(file.case, row, money, _closed(file.rows))
        else:
            self._late(file, row, money, now)

    def settled(
        self, case: Case, row: Row, money: Money, beside: Sequence[Row], way: Mapping[str, str] = ONLINE, said: str = ""
    ) -> None:
        """Write that a bill is paid, once, and the counter's task `beside` it as it is then. `way`: how it was paid; `said`: that in
        words, behind the amount."""
        data = {
            "transaction_id": money.transaction_id,
            "paid_at": clock.iso(money.at),
            "out_trade_no": money.out_trade_no,
            "party": money.party,
            "code": money.code,
            "order": None,
            **way,
        }
        bill = moved(row, EDGES, State.PAID, desk=None, due=None, outcome="paid", data=data)
        parts = {name: row.data.get(name, []) for name in ("items", "reductions")}
        told = {name: data[name] for name in ("transaction_id", "out_trade_no") if data[name]} | {**way, **parts}
        told |= {"amount_fen": money.amount_fen}
        event = Event(EventName.PAID, f"已缴费{yuan(money.amount_fen)}元{said}", money.at, money.party, told)
        rows = [bill, *beside, *ledger.came(money, case.case_no, "paid")]
        self._cases.record(case, event, Status.PRODUCING, rows)

    def _late(self, file: CaseFile, row: Row, money: Money, now: datetime) -> None:
        """Keep money that nobody waits for, paid twice, or after the case had ended: it goes back."""
        case, late = file.case, {**row.data.get("late", {}), money.transaction_id: money.entry()}
        paid = row.status == State.PAID
        ended = {} if paid else {"status": str(State.CLOSED), "outcome": row.outcome or "lapsed"}
        bill = row.with_(desk=None, due=None, data={"late": late}, **ended)
        reason = REFUND_REASONS["twice" if paid else "ended"]
        taken = Taken.of(money)
        back = self._refunds.begun(case, file.rows, taken, taken.amount_fen, reason, now)
        rows = [bill, *ledger.came(money, case.case_no, "late"), *back]
        text = f"收到不应再缴的{yuan(money.amount_fen)}元，将退回"
        told = {"amount_fen": money.amount_fen, "reason": reason}
        self._cases.record(case, Event(EventName.REFUND_DUE, text, now, money.party, told), rows=rows)

    def finished(self, row: Row, order: Order, now: datetime) -> bool:
        """Make sure that the old order cannot be paid beside the new one; True if it has been paid."""
        party = self._parties.of(order)
        state = party.query(order.out_trade_no)
        if state.money is None and state.open:
            try:
                party.close(order.out_trade_no)
            except PartyRefused as refused:
                if refused.code != "order_paid":
                    raise
                state = party.query(order.out_trade_no)
        if state.money is not None:
            self.paid(state.money, now)
        return state.money is not None

    # — clock —

    def settle(self, now: datetime) -> int:
        """Ask about orders whose notice has not come, and end bills nobody paid. Returns how many were looked at."""

        def settle(listed: Row) -> None:
            retried(lambda: self._settle(listed.case_no, now))

        return self._cases.round(PAYING, clock.iso(now), settle)

    def _settle(self, case_no: str, now: datetime) -> None:
        row = self._cases.row(case_no, KEY)
        if row is None or row.desk != round_desk(PAYING, case_no) or row.due is None or clock.parse(row.due) > now:
            return
        order = Order.of(row)
        if order is not None:
            try:
                if self._ended(row, order, now):
                    return
            except PartyFault:
                self._cases.keep(row.with_(due=clock.iso(now + model.ORDER_MARGIN)))
                raise
        until = model.moved_on(row.data["until"])
        if row.outcome is None and now < model.over(until):
            self._cases.keep(row.with_(due=clock.iso(model.over(until)), data={"until": until}))
            return
        self._lapse(self._cases.head(case_no), row, now)

    def _ended(self, row: Row, order: Order, now: datetime) -> bool:
        """Ask about an order and write down what comes next; False if the bill itself is at its end.

        Of a case that was made void the order is closed at once, and the bill is at its end.
        """
        bill_until = model.over(row.data["until"])
        void = row.outcome is not None
        state = self._parties.of(order).query(order.out_trade_no)
        if state.money is not None or ((void or now >= order.expires_at) and self.finished(row, order, now)):
            if state.money is not None:
                self.paid(state.money, now)
            return True
        if void:
            return False
        if state.open and now < order.expires_at:
            self._cases.keep(row.with_(due=clock.iso(min(order.next_ask(now), bill_until))))
            return True
        if now < bill_until:
            self._cases.keep(row.with_(due=clock.iso(bill_until), data={"order": None}))
            return True
        return False

    def _lapse(self, case: Case, row: Row, now: datetime) -> None:
        outcome = row.outcome or "lapsed"
        bill = moved(row, EDGES, State.CLOSED, desk=None, due=None, outcome=outcome, data={"order": None})
        if case.status is not Status.AWAITING_PAYMENT:
            self._cases.keep(bill)
            return
        event = Event(EventName.PAYMENT_LAPSED, "逾期未缴费，办件终止；需要时可以重新申请", now, "系统")
        closed = _closed(self._cases.rows(case.case_no, tasks.prefix(CASHIER)))
        self._cases.record(case, event, Status.LAPSED, [bill, *closed])


def _closed(rows: Iterable[Row]) -> list[Row]:
    """Return the counter's task as it is once the bill waits for nobody any more; none where there is none."""
    return closing((row for row in rows if row.key.startswith(tasks.prefix(CASHIER))), "superseded")
