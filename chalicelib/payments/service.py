"""Paying (缴费): ask for the fee, order at the payment party; what comes of the money is in bills.py.

step collect ──► unpaid ──pay()──► paying ──notice or clock──► paid: one transaction, the outcome wakes the workflow
                    └──────────────── at the counter (counter.py) ───┘
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.cases.clock import AWAITED
from chalicelib.cases.desks import round_desk
from chalicelib.cases.fee import decided, due
from chalicelib.cases.model import Case, Event, Row, moved
from chalicelib.cases.rights import Act, Asker
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import counter, model
from chalicelib.payments.bills import Bills
from chalicelib.payments.model import EDGES, KEY, KIND, ORDER_LIFE, PAYING, Order, State
from chalicelib.payments.party import OrderRequest, PayParties, PayParty
from chalicelib.vocabulary.channels import who
from chalicelib.vocabulary.codes import PAY_SCENES, PayScene
from chalicelib.vocabulary.events import EventName
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
        fee = decided(file) or due(self._cases, case, service).told()
        self._ask(case, service, fee, token, now)

    def _ask(self, case: Case, service: Service, fee: dict[str, Any], token: str, now: datetime) -> None:
        """Make the bill out, with the task of who takes it at the counter, and tell until when."""
        until, amount = model.last_day(now), fee["total_fen"]
        parts = {"items": fee["lines"], "reductions": fee["reductions"]}
        data = {"amount_fen": amount, "attempt": 0, "until": until.day.isoformat(), "provisional": until.provisional}
        desk, due = round_desk(PAYING, case.case_no), clock.iso(model.over(until.day.isoformat()))
        bill = Row(case.case_no, KEY, KIND, str(State.UNPAID), 0, desk, due, token, data=data | parts)
        told = {name: data[name] for name in ("amount_fen", "until", "provisional")} | parts | _counter(service)
        awaited = AWAITED if until.provisional else ""
        text = f"请在{clock.long_day(until.day)}24时前缴费{yuan(amount)}元{awaited}"
        event = Event(EventName.PAYMENT_REQUESTED, text, now, service.department_name(service.department), told)
        rows = [bill, *counter.opened(case, service, amount, until.day, now)]
        self._cases.record(case, event, Status.AWAITING_PAYMENT, rows, desk=None, due=None)

    # — citizen —

    def pay(
        self, case_no: str, asker: Asker, now: datetime, scene: PayScene | None = None, ip: str = ""
    ) -> dict[str, Any]:
        """Return what the client needs to pay, and by whom: what the party's app takes, a `code_url` to be scanned, or an `h5_url`.

        `scene` None: inside the app for who is signed in by it, else a code. The same order again while it is good; another scene
        closes the one before. Raises NotFound, Forbidden for another's case, Conflict where nothing is owed, InvalidInput for a scene
        that is not open to who asks, PartyFault.
        """
        return retried(lambda: self._pay(case_no, Buyer(asker, scene, ip), now))

    def _pay(self, case_no: str, buyer: Buyer, now: datetime) -> dict[str, Any]:
        case = self._cases.head(case_no)
        self._cases.allow(case, buyer.asker, Act.PAY)
        row = self._payable(case)
        order = Order.of(row)
        if order is None or not order.usable(*self._who(buyer, self._parties.of(order)), now):
            fresh = self._who(buyer, self._parties.named(self._parties.in_use()))
            if order is not None and self._bills.finished(row, order, now):
                raise Conflict("这个办件已经缴费", code="already_paid")
            row, order = self._reserved(self._payable(case), *fresh, now)
        address = ""
        if not (order.ticket or order.code_url):
            row, order, address = self._placed(case, row, order, buyer)
        return self._handed(row, order, address, now)

    def _who(self, buyer: Buyer, party: PayParty) -> tuple[PayScene, str]:
        """Return where somebody pays at a party, and the hash of who he is there."""
        scene = buyer.at(party)
        return scene, self._cases.owner(buyer.asker.sender + (f"@{buyer.ip}" if scene == "h5" else ""))

    def _payable(self, case: Case) -> Row:
        row = self._cases.row(case.case_no, KEY)
        if row is not None and row.status == State.PAID:
            raise Conflict("这个办件已经缴费", code="already_paid")
        if row is None or row.status == State.CLOSED or case.status is not Status.AWAITING_PAYMENT:
            raise Conflict("这个办件现在不需要缴费", code="illegal_state")
        return row

    def _reserved(self, row: Row, scene: PayScene, payer: str, now: datetime) -> tuple[Row, Order]:
        """Write our number before the party hears it: whatever happens next, the clock asks about it."""
        attempt = row.data["attempt"] + 1
        expires = min(now + ORDER_LIFE, model.over(row.data["until"])).replace(microsecond=0)
        number, party = model.trade_no(row.case_no, attempt), self._parties.in_use()
        order = Order(number, payer, now, expires, party=party, scene=scene)
        data = {"attempt": attempt, "order": order.data(), "out_trade_no": order.out_trade_no}
        due = clock.iso(order.next_ask(now))
        return self._cases.keep(
            moved(row, EDGES, State.PAYING, desk=round_desk(PAYING, row.case_no), due=due, data=data)
        ), order

    def _placed(self, case: Case, row: Row, order: Order, buyer: Buyer) -> tuple[Row, Order, str]:
        party, scene = self._parties.of(order), order.scene
        wanted = OrderRequest(
            order.out_trade_no,
            row.data["amount_fen"],
            f"蓉易办-{case.service_name}",
            order.expires_at,
            buyer.user(party) if scene == "jsapi" else "",
            scene,
            buyer.ip if scene == "h5" else "",
        )
        placed = party.place(wanted)
        if scene == "h5":
            return row, order, placed.h5_url
        order = replace(order, ticket=placed.ticket, code_url=placed.code_url)
        return self._cases.keep(row.with_(data={"order": order.data()})), order, ""

    def _handed(self, row: Row, order: Order, address: str, now: datetime) -> dict[str, Any]:
        party = self._parties.of(order)
        handed: dict[str, Any] = {
            "party": party.name,
            "scene": order.scene,
            "out_trade_no": order.out_trade_no,
            "amount_fen": row.data["amount_fen"],
            "until": row.data["until"][:10],
            "state": row.status,
        }
        if address:
            return handed | {"h5_url": address}
        return handed | (party.for_client(order.ticket, now) if order.ticket else {"code_url": order.code_url})


@dataclass(frozen=True)
class Buyer:
    """Who asks to pay, where he wants to, and where his phone is."""

    asker: Asker
    scene: PayScene | None
    ip: str

    def user(self, party: PayParty) -> str:
        """Return him as the party's app knows him; '' where it does not."""
        return who(self.asker.sender, party.app) if party.app else ""

    def at(self, party: PayParty) -> PayScene:
        """Return where he pays at a party. Raises InvalidInput naming `scene`."""
        inside = "jsapi" in party.scenes and self.user(party) != ""
        if self.scene is None:
            return "jsapi" if inside else "native"
        if self.scene not in party.scenes or (self.scene == "jsapi" and not inside):
            message = f"不能{PAY_SCENES[self.scene]}，请换一种付款方式"
            raise InvalidInput(message, [Fault("scene", "unfit", message)])
        return self.scene


def _counter(service: Service) -> dict[str, Any]:
    """Say where it is paid without a phone."""
    place = service.fee.counter if service.fee else None
    return {"counter": asdict(place)} if place else {}
