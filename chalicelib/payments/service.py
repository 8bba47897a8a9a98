"""Paying (缴费): ask for the fee, order at the payment party, believe only signed notices and answers to our own questions.

step collect ──► unpaid ──pay()──► paying ──notice or clock──► paid: one transaction, the outcome wakes the workflow
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.again import again
from chalicelib.cases.model import Case, Event, Row, Status
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import AppError, Conflict, InvalidInput, NotFound, PartyFault, PartyRefused
from chalicelib.kernel.money import yuan
from chalicelib.payments import model
from chalicelib.payments.model import BILL_LIFE, KEY, KIND, ORDER_LIFE, SHARDS, Money, Order, State, moved
from chalicelib.payments.providers.base import Ask, PayParty

PARTY = "微信支付"
BATCH = 100  # bills looked at on one desk in one round of the clock


class Catalogue(Protocol):
    """What paying asks of the catalogue."""

    def get(self, code: str) -> Service: ...


class Payments:
    """The use cases of paying."""

    def __init__(self, cases: Cases, catalogue: Catalogue, party: Callable[[], PayParty]) -> None:
        self._cases, self._catalogue, self._party = cases, catalogue, party

    # — step of the workflow —

    def open(self, case_no: str, token: str, now: datetime) -> None:
        """Ask the applicant for the fee and keep the workflow's token on the bill. Calling again is harmless."""
        again(lambda: self._open(case_no, token, now))

    def _open(self, case_no: str, token: str, now: datetime) -> None:
        row = self._cases.row(case_no, KEY)
        if row is not None:
            self._cases.keep(row.with_(token=token))
            return
        case = self._cases.head(case_no)
        if case.status is not Status.GRANTED:
            gone = Row(case_no, KEY, KIND, str(State.CLOSED), token=token, outcome="lapsed", data={"amount_fen": 0})
            self._cases.keep(gone)
            return
        service = self._catalogue.get(case.service)
        items = (
            [{"code": item.code, "name": item.name, "amount_fen": item.amount_fen} for item in service.fee.items]
            if service.fee
            else []
        )
        until = clock.iso(now + BILL_LIFE)
        data = {"amount_fen": service.fee_fen, "items": items, "attempt": 0, "until": until}
        bill = Row(case_no, KEY, KIND, str(State.UNPAID), desk=model.desk(case_no), due=until, token=token, data=data)
        by = service.department_name(service.department)
        told = {"amount_fen": service.fee_fen, "until": until}
        event = Event("payment_requested", f"请缴费{yuan(service.fee_fen)}元", now, by, told)
        self._cases.record(case, event, Status.AWAITING_PAYMENT, [bill])

    # — citizen —

    def pay(self, case_no: str, sender: str, now: datetime, phone: str | None = None) -> dict[str, Any]:
        """Return what the client needs to pay: signed `params` inside WeChat, else a `code_url` to be scanned.

        The same order again while it is good. Raises NotFound for another's case, Conflict where nothing is owed, PartyFault.
        """
        return again(lambda: self._pay(case_no, sender, now, phone))

    def _pay(self, case_no: str, sender: str, now: datetime, phone: str | None) -> dict[str, Any]:
        case = self._cases.head(case_no)
        if not self._cases.may_read(case, sender, phone):
            raise NotFound("没有找到这个办件，请核对办件号")
        row = self._payable(case)
        payer = self._cases.owner(sender)
        order = _order(row)
        if order is None or not order.usable(payer, now):
            if order is not None and self._finished(row, order, now):
                raise Conflict("这个办件已经缴费", code="already_paid")
            row, order = self._reserved(self._payable(case), payer, now)
        if not (order.prepay_id or order.code_url):
            row, order = self._placed(case, row, order, sender)
        return self._handed(row, order, now)

    def _payable(self, case: Case) -> Row:
        row = self._cases.row(case.case_no, KEY)
        if row is not None and row.status == State.PAID:
            raise Conflict("这个办件已经缴费", code="already_paid")
        if row is None or row.status == State.CLOSED or case.status is not Status.AWAITING_PAYMENT:
            raise Conflict("这个办件现在不需要缴费", code="illegal_state")
        return row

    def _finished(self, row: Row, order: Order, now: datetime) -> bool:
        """Make sure that the old order cannot be paid beside the new one; True if it has been paid."""
        party = self._party()
        standing = party.query(order.out_trade_no)
        if standing.money is None and standing.open:
            try:
                party.close(order.out_trade_no)
            except PartyRefused as refused:
                if refused.code != "order_paid":
                    raise
                standing = party.query(order.out_trade_no)
        if standing.money is not None:
            self.paid(standing.money, now)
        return standing.money is not None

    def _reserved(self, row: Row, payer: str, now: datetime) -> tuple[Row, Order]:
        """Write our number before the party hears it: whatever happens next, the clock asks about it."""
        attempt = row.data["attempt"] + 1
        expires = min(now + ORDER_LIFE, clock.parse(row.data["until"])).replace(microsecond=0)
        order = Order(model.trade_no(row.case_no, attempt), payer, now, expires)
        data = {"attempt": attempt, "order": order.data(), "out_trade_no": order.out_trade_no}
        due = clock.iso(order.next_ask(now))
        return self._cases.keep(moved(row, State.PAYING, desk=model.desk(row.case_no), due=due, data=data)), order

    def _placed(self, case: Case, row: Row, order: Order, sender: str) -> tuple[Row, Order]:
        openid = sender.removeprefix("wx:") if sender.startswith("wx:") else ""
        ask = Ask(order.out_trade_no, row.data["amount_fen"], f"蓉易办-{case.service_name}", order.expires_at, openid)
        placed = self._party().place(ask)
        order = Order(**{**vars(order), "prepay_id": placed.prepay_id, "code_url": placed.code_url})
        return self._cases.keep(row.with_(data={"order": order.data()})), order

    def _handed(self, row: Row, order: Order, now: datetime) -> dict[str, Any]:
        handed: dict[str, Any] = {
            "out_trade_no": order.out_trade_no,
            "amount_fen": row.data["amount_fen"],
            "state": row.status,
        }
        if order.prepay_id:
            return handed | {"prepay_id": order.prepay_id, "params": self._party().params(order.prepay_id, now)}
        return handed | {"code_url": order.code_url}

    # — money —

    def paid(self, money: Money | None, now: datetime) -> None:
        """Take note that money has come in; telling again changes nothing.

        Raises NotFound for an order that is not ours, InvalidInput for another amount. Money for a bill that no longer waits is
        written down to be paid back.
        """
        if money is not None:
            again(lambda: self._paid(money, now))

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
            self._settled(case, row, money)
        else:
            self._late(case, row, money, now)

    def _settled(self, case: Case, row: Row, money: Money) -> None:
        data = {
            "transaction_id": money.transaction_id,
            "paid_at": clock.iso(money.at),
            "out_trade_no": money.out_trade_no,
            "party": PARTY,
        }
        bill = moved(row, State.PAID, desk=None, due=None, outcome="paid", data=data)
        told = {"amount_fen": money.amount_fen, "transaction_id": money.transaction_id}
        event = Event("paid", f"已缴费{yuan(money.amount_fen)}元", money.at, PARTY, told)
        self._cases.record(case, event, Status.PRODUCING, [bill])

    def _late(self, case: Case, row: Row, money: Money, now: datetime) -> None:
        """Keep money that nobody waits for: paid twice, or after the case had ended."""
        entry = {"amount_fen": money.amount_fen, "at": clock.iso(money.at), "out_trade_no": money.out_trade_no}
        late = {**row.data.get("late", {}), money.transaction_id: entry}
        ended = {} if row.status == State.PAID or row.outcome else {"status": str(State.CLOSED), "outcome": "lapsed"}
        bill = row.with_(desk=model.refund_desk(row.case_no), due=clock.iso(now), data={"late": late}, **ended)
        text = f"收到不应再缴的{yuan(money.amount_fen)}元，将按原支付方式退回"
        event = Event("refund_due", text, now, PARTY, {"amount_fen": money.amount_fen})
        self._cases.record(case, event, rows=[bill])

    # — clock —

    def settle(self, now: datetime) -> int:
        """Ask about orders whose notice has not come, and end bills nobody paid. Returns how many were looked at."""
        looked = 0
        for shard in range(SHARDS):
            for listed in self._cases.on_desk(model.desk(str(shard)), BATCH, until=clock.iso(now)):
                looked += 1
                try:
                    again(lambda listed=listed: self._settle(listed.case_no, now))  # type: ignore[misc]
                except AppError as error:
                    log.warning("bill not settled", case_no=listed.case_no, code=error.code)
        return looked

    def _settle(self, case_no: str, now: datetime) -> None:
        row = self._cases.row(case_no, KEY)
        if row is None or row.desk != model.desk(case_no) or row.due is None or clock.parse(row.due) > now:
            return
        order = _order(row)
        if order is not None:
            try:
                if self._ended(row, order, now):
                    return
            except PartyFault:
                self._cases.keep(row.with_(due=clock.iso(now + model.ORDER_MARGIN)))
                raise
        self._lapse(self._cases.head(case_no), row, now)

    def _ended(self, row: Row, order: Order, now: datetime) -> bool:
        """Ask about an order and write down what comes next; False if the bill itself is at its end."""
        bill_until = clock.parse(row.data["until"])
        standing = self._party().query(order.out_trade_no)
        if standing.money is not None or (now >= order.expires_at and self._finished(row, order, now)):
            if standing.money is not None:
                self.paid(standing.money, now)
            return True
        if standing.open and now < order.expires_at:
            self._cases.keep(row.with_(due=clock.iso(min(order.next_ask(now), bill_until))))
            return True
        if now < bill_until:
            self._cases.keep(row.with_(due=clock.iso(bill_until), data={"order": None}))
            return True
        return False

    def _lapse(self, case: Case, row: Row, now: datetime) -> None:
        bill = moved(row, State.CLOSED, desk=None, due=None, outcome="lapsed", data={"order": None})
        if case.status is not Status.AWAITING_PAYMENT:
            self._cases.keep(bill)
            return
        event = Event("payment_lapsed", "逾期未缴费，办件终止；需要时可以重新申请", now, "系统")
        self._cases.record(case, event, Status.CLOSED, [bill])


def _order(row: Row) -> Order | None:
    data = row.data.get("order")
    return Order.read(data) if data else None
