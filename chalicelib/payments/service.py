"""Paying (缴费): ask for the fee, order at the payment party; what comes of the money is in bills.py.

step collect ──► unpaid ──pay()──► paying ──notice or clock──► paid: one transaction, the outcome wakes the workflow
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.cases.model import Case, Event, Row, moved, round_desk
from chalicelib.cases.rights import Act, Asker
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import model
from chalicelib.payments.bills import Bills
from chalicelib.payments.model import EDGES, KEY, KIND, ORDER_LIFE, PAYING, Order, State
from chalicelib.payments.party import OrderRequest, PayParties
from chalicelib.vocabulary.channels import who
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import BILL_LIFE
from chalicelib.vocabulary.statuses import Status


class Payments:
    """The use cases of paying."""

    def __init__(self, cases: Cases, catalogue: Services, parties: PayParties, bills: Bills) -> None:
        self._cases, self._catalogue, self._parties, self._bills = cases, catalogue, parties, bills

    # — step of the workflow —

    def open(self, case_no: str, token: str, now: datetime) -> None:
        """Ask the applicant for the fee and keep the workflow's token on the bill. Calling again is harmless."""
        retried(lambda: self._open(case_no, token, now))

    def _open(self, case_no: str, token: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        case, row = file.case, file.row(KEY)
        if row is not None:
            self._cases.keep(row.with_(token=token))
            return
        if case.status is not Status.GRANTED:
            gone = Row(case_no, KEY, KIND, str(State.CLOSED), token=token, outcome="lapsed", data={"amount_fen": 0})
            self._cases.keep(gone)
            return
        service = self._catalogue.get(case.service, case.version)
        items = (
            [{"code": item.code, "name": item.name, "amount_fen": item.amount_fen} for item in service.fee.items]
            if service.fee
            else []
        )
        until = clock.iso(now + BILL_LIFE)
        data = {"amount_fen": service.fee_fen, "items": items, "attempt": 0, "until": until}
        bill = Row(
            case_no, KEY, KIND, str(State.UNPAID), desk=round_desk(PAYING, case_no), due=until, token=token, data=data
        )
        by = service.department_name(service.department)
        told = {"amount_fen": service.fee_fen, "until": until}
        event = Event(EventName.PAYMENT_REQUESTED, f"请缴费{yuan(service.fee_fen)}元", now, by, told)
        self._cases.record(case, event, Status.AWAITING_PAYMENT, [bill], desk=None, due=None)

    # — citizen —

    def pay(self, case_no: str, asker: Asker, now: datetime) -> dict[str, Any]:
        """Return what the client needs to pay: a `code_url` to be scanned, or what the party's app takes; and by whom.

        The same order again while it is good. Raises NotFound, Forbidden for another's case, Conflict where nothing is owed,
        PartyFault.
        """
        return retried(lambda: self._pay(case_no, asker, now))

    def _pay(self, case_no: str, asker: Asker, now: datetime) -> dict[str, Any]:
        case = self._cases.head(case_no)
        self._cases.allow(case, asker, Act.PAY)
        row = self._payable(case)
        payer = self._cases.owner(asker.sender)
        order = Order.of(row)
        if order is None or not order.usable(payer, now):
            if order is not None and self._bills.finished(row, order, now):
                raise Conflict("这个办件已经缴费", code="already_paid")
            row, order = self._reserved(self._payable(case), payer, now)
        if not (order.ticket or order.code_url):
            row, order = self._placed(case, row, order, asker.sender)
        return self._handed(row, order, now)

    def _payable(self, case: Case) -> Row:
        row = self._cases.row(case.case_no, KEY)
        if row is not None and row.status == State.PAID:
            raise Conflict("这个办件已经缴费", code="already_paid")
        if row is None or row.status == State.CLOSED or case.status is not Status.AWAITING_PAYMENT:
            raise Conflict("这个办件现在不需要缴费", code="illegal_state")
        return row

    def _reserved(self, row: Row, payer: str, now: datetime) -> tuple[Row, Order]:
        """Write our number before the party hears it: whatever happens next, the clock asks about it."""
        attempt = row.data["attempt"] + 1
        expires = min(now + ORDER_LIFE, clock.parse(row.data["until"])).replace(microsecond=0)
        order = Order(model.trade_no(row.case_no, attempt), payer, now, expires, party=self._parties.in_use())
        data = {"attempt": attempt, "order": order.data(), "out_trade_no": order.out_trade_no}
        due = clock.iso(order.next_ask(now))
        return self._cases.keep(
            moved(row, EDGES, State.PAYING, desk=round_desk(PAYING, row.case_no), due=due, data=data)
        ), order

    def _placed(self, case: Case, row: Row, order: Order, sender: str) -> tuple[Row, Order]:
        party = self._parties.of(order)
        user = who(sender, party.app) if party.app else ""
        wanted = OrderRequest(
            order.out_trade_no, row.data["amount_fen"], f"蓉易办-{case.service_name}", order.expires_at, user
        )
        placed = party.place(wanted)
        order = replace(order, ticket=placed.ticket, code_url=placed.code_url)
        return self._cases.keep(row.with_(data={"order": order.data()})), order

    def _handed(self, row: Row, order: Order, now: datetime) -> dict[str, Any]:
        party = self._parties.of(order)
        handed: dict[str, Any] = {
            "party": party.name,
            "out_trade_no": order.out_trade_no,
            "amount_fen": row.data["amount_fen"],
            "state": row.status,
        }
        return handed | (party.for_client(order.ticket, now) if order.ticket else {"code_url": order.code_url})
