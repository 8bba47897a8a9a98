"""Bills and the money for them: what comes in is taken once, what nobody waits for goes back, what never comes ends the case.

Only signed notices and answers to our own questions are believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Case, CaseFile, Event, Row, closing, moved
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import InvalidInput, NotFound, PartyFault, PartyRefused
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import model
from chalicelib.payments.model import CASHIER, EDGES, KEY, PAYING, REFUND, Money, Order, State
from chalicelib.payments.party import PayParties
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import REFUND_WORKDAYS
from chalicelib.vocabulary.statuses import Status

ONLINE: Mapping[str, str] = {"way": "online"}


def refund(
    case: Case, service: Service, number: int, money: Mapping[str, Any], transaction_id: str, now: datetime
) -> Row:
    """The task of the department in charge to pay money back (退付). `number`: how many of `late` the bill has then."""
    key = TaskKey(case.case_no, REFUND, service.department, number)
    about: dict[str, Any] = {"amount_fen": money["amount_fen"], "transaction_id": transaction_id}
    return tasks.new(case, service, REFUND, f"退款{yuan(money['amount_fen'])}元", key, REFUND_WORKDAYS, now, **about)


class Bills:
    """The bills of all cases, and what the party says about them."""

    def __init__(self, cases: Cases, catalogue: Services, parties: PayParties) -> None:
        self._cases, self._catalogue, self._parties = cases, catalogue, parties

    # — money —

    def paid(self, money: Money | None, now: datetime) -> None:
        """Take note that money has come in; telling again changes nothing.

        Raises NotFound for an order that is not ours, InvalidInput for another amount. Money for a bill that no longer waits is
        written down to be paid back.
        """
        if money is not None:
            retried(lambda: self._paid(money, now))

    def _paid(self, money: Money, now: datetime) -> None:
        found = model.attempt_of(money.out_trade_no)
        row = self._cases.row(found[0], KEY) if found else None
        if found is None or row is None or found[1] > row.data.get("attempt", 0):
            log.warning("payment for an unknown order", out_trade_no=money.out_trade_no[:32])
            raise NotFound("没有这个订单", code="unknown_order")
        if money.transaction_id in (row.data.get("transaction_id"), *row.data.get("late", {})):
            return
        if money.amount_fen != row.data["amount_fen"]:
            log.error(
                "payment of another amount",
                out_trade_no=money.out_trade_no,
                told=money.amount_fen,
                owed=row.data["amount_fen"],
            )
            raise InvalidInput("金额不符", code="wrong_amount")
        case = self._cases.head(row.case_no)
        if row.status == State.PAYING and case.status is Status.AWAITING_PAYMENT:
            self.settled(case, row, money, self._closed(case.case_no))
        else:
            self._late(case, row, money, now)

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
            "order": None,
            **way,
        }
        bill = moved(row, EDGES, State.PAID, desk=None, due=None, outcome="paid", data=data)
        parts = {name: row.data.get(name, []) for name in ("items", "reductions")}
        told = {name: data[name] for name in ("transaction_id", "out_trade_no") if data[name]} | {**way, **parts}
        told |= {"amount_fen": money.amount_fen}
        event = Event(EventName.PAID, f"已缴费{yuan(money.amount_fen)}元{said}", money.at, money.party, told)
        self._cases.record(case, event, Status.PRODUCING, [bill, *beside])

    def _closed(self, case_no: str) -> list[Row]:
        """Return the counter's task as it is once the bill waits for nobody any more; none where there is none."""
        return closing(self._cases.rows(case_no, tasks.prefix(CASHIER)), "superseded")

    def _late(self, case: Case, row: Row, money: Money, now: datetime) -> None:
        """Keep money that nobody waits for: paid twice, or after the case had ended."""
        entry = {"amount_fen": money.amount_fen, "at": clock.iso(money.at), "out_trade_no": money.out_trade_no}
        late = {**row.data.get("late", {}), money.transaction_id: entry}
        ended = {} if row.status == State.PAID else {"status": str(State.CLOSED), "outcome": row.outcome or "lapsed"}
        bill = row.with_(desk=None, due=None, data={"late": late}, **ended)
        text = f"收到不应再缴的{yuan(money.amount_fen)}元，将按原支付方式退回"
        event = Event(EventName.REFUND_DUE, text, now, money.party, {"amount_fen": money.amount_fen})
        service = self._catalogue.get(case.service, case.version)
        self._cases.record(case, event, rows=[bill, refund(case, service, len(late), entry, money.transaction_id, now)])

    def refunded(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Tell the applicant that the money went back (the clerk's opinion names the refund)."""
        amount = row.data["amount_fen"]
        told = {"amount_fen": amount, "transaction_id": row.data["transaction_id"]}
        event = Event(EventName.REFUNDED, f"已按原支付方式退回{yuan(amount)}元", now, row.data["department_name"], told)
        self._cases.record(file.case, event, rows=[row])

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
        self._cases.record(case, event, Status.LAPSED, [bill, *self._closed(case.case_no)])
