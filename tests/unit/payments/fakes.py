"""A payment party that keeps books, and a case whose fee is asked for."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from chalicelib.cases.model import CaseFile, Row
from chalicelib.cases.rights import Asker
from chalicelib.catalogue.model import Service
from chalicelib.intake.service import Desk
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.payments.bills import Bills
from chalicelib.payments.counter import Counter
from chalicelib.payments.gaps import Gaps
from chalicelib.payments.ledger import Ledger
from chalicelib.payments.model import KEY, Money
from chalicelib.payments.party import (
    Back,
    BackState,
    Line,
    OrderRequest,
    OrderState,
    PayParties,
    PayParty,
    Placed,
    RefundOrder,
)
from chalicelib.payments.refunds import Refunds
from chalicelib.payments.returning import Returning
from chalicelib.payments.service import Payments
from chalicelib.payments.voiding import ended
from chalicelib.payments.wrong import WrongAmounts
from chalicelib.vocabulary.channels import SessionKind
from chalicelib.vocabulary.codes import PayScene
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, Decided
from tests.unit.office import desk
from tests.unit.samples import NOW


class Books:
    """A payment party in memory."""

    name = "微信支付"
    app: SessionKind | None = "wechat"
    scenes: tuple[PayScene, ...] = ("jsapi", "native", "h5")

    def __init__(self) -> None:
        self.orders: dict[str, OrderRequest] = {}
        self.closed: set[str] = set()
        self.money: dict[str, Money] = {}
        self.strange: list[Money] = []
        self.down = False
        self.asked = 0
        self.refunds: dict[str, RefundOrder] = {}
        self.backs: dict[str, Back] = {}
        self.accepted: dict[str, datetime] = {}
        self.next_back: BackState = "processing"
        self.refuses = ""
        self.lines: list[Line] | None = None
        self.now = NOW

    def _up(self) -> None:
        self.asked += 1
        if self.down:
            raise PartyFault()

    def place(self, order: OrderRequest) -> Placed:
        self._up()
        assert self.orders.setdefault(order.out_trade_no, order) == order, "the same number with other content"
        if order.scene == "h5":
            return Placed(h5_url=f"https://pay/{order.out_trade_no}?{self.asked}")
        return (
            Placed(ticket=f"wx-{order.out_trade_no}")
            if order.scene == "jsapi"
            else Placed(code_url=f"weixin://{order.out_trade_no}")
        )

    def for_client(self, ticket: str, now: datetime) -> dict[str, Any]:
        return {"params": {"package": ticket, "paySign": "signed"}}

    def query(self, out_trade_no: str) -> OrderState:
        self._up()
        if out_trade_no in self.money:
            return OrderState(money=self.money[out_trade_no])
        return OrderState(open=out_trade_no in self.orders and out_trade_no not in self.closed)

    def close(self, out_trade_no: str) -> None:
        self._up()
        if out_trade_no in self.money:
            raise PartyRefused(code="order_paid")
        self.closed.add(out_trade_no)

    def refund(self, order: RefundOrder) -> Back:
        self._up()
        if self.refuses:
            raise PartyRefused("商户账户可退的余额不足", code=self.refuses)
        assert self.refunds.setdefault(order.out_refund_no, order) == order, "the same number with other content"
        paid = next(each for each in self.all if each.transaction_id == order.transaction_id)
        gone = Tally[BackState]()
        for number, each in self.refunds.items():
            if each.transaction_id == order.transaction_id:
                state = self.backs[number].state if number in self.backs else "processing"
                gone[state] += each.amount_fen
        assert sum(gone.values()) - gone["closed"] <= paid.amount_fen == order.total_fen, "more than was paid"
        self.accepted.setdefault(order.out_refund_no, self.now)
        return self.backs.setdefault(order.out_refund_no, self.back(order.out_refund_no, self.next_back))

    def back(self, number: str, state: BackState) -> Back:
        return Back(number, state, self.refunds[number].amount_fen, self.now, "books")

    def come(self, number: str, state: BackState) -> Back:
        """Let a refund come to this."""
        self.backs[number] = self.back(number, state)
        return self.backs[number]

    def refunded(self, out_refund_no: str) -> Back:
        self._up()
        if out_refund_no not in self.backs:
            raise PartyRefused(code="unknown_refund")
        back = self.backs[out_refund_no]
        return replace(back, at=self.accepted.get(out_refund_no, back.at))  # an answer says when it was taken

    def bill(self, day: date) -> list[Line]:
        self._up()
        if self.lines is not None:
            return self.lines
        came = [each for each in self.all if each.at.date() == day]
        lines = [Line("in", m.transaction_id, m.out_trade_no, m.transaction_id, m.amount_fen, "done") for m in came]
        for number, back in self.backs.items():
            order = self.refunds[number]
            if self.accepted.get(number, back.at).date() == day:
                going = {"success": "done", "processing": "on its way"}.get(back.state, "undone")
                lines.append(Line("out", number, "", order.transaction_id, order.amount_fen, going))  # type: ignore[arg-type]
        return lines

    @property
    def all(self) -> list[Money]:
        """All money that came in."""
        return [*self.money.values(), *self.strange]

    def pay(self, out_trade_no: str, at: datetime = NOW, transaction: str = "42001") -> Money:
        assert out_trade_no in self.orders and out_trade_no not in self.closed
        self.money[out_trade_no] = money(out_trade_no, transaction, self.orders[out_trade_no].amount_fen, at)
        return self.money[out_trade_no]


def money(number: str, transaction: str, amount_fen: int = 8000, at: datetime = NOW) -> Money:
    """What the party tells of money that came in."""
    return Money(number, transaction, amount_fen, at, Books.name, "books")


class Till(Decided):
    """A granted case with a fee, its bill asked for."""

    def __init__(self, status: Status = Status.GRANTED, **changes: Any) -> None:
        super().__init__(status, **changes)
        self.books, self.others = Books(), Books()
        self.in_use = "books"
        parties: dict[str, PayParty] = {"books": self.books, "others": self.others}
        named = PayParties(lambda: self.in_use, parties.__getitem__, lambda: ["books"])
        gaps = Gaps(self.cases)
        self.bills = Bills(self.cases, self.services, named, gaps)
        self.refunds = Refunds(self.cases, self.services, named)
        self.wrong = WrongAmounts(self.cases, self.services, self.refunds)
        self.returning = Returning(self.cases, named, gaps)
        self.ledger = Ledger(self.cases, named, self.bills, self.returning, gaps)
        self.payments = Payments(self.cases, self.services, named, self.bills)
        self.counter = Counter(self.cases, self.bills)
        self.payments.open(self.case_no, "t1", NOW)

    @property
    def bill(self) -> Row:
        return self.row(KEY)

    def desk(self, kind: str) -> list[Row]:
        """What of a kind lies on the desk of the department in charge."""
        return [row for row in self.cases.on_desk("cgw@510100") if row.data["kind"] == kind]

    def order(self, sender: str = OWNER, at: datetime = NOW) -> str:
        return str(self.payments.pay(self.case_no, Asker.talking(sender), at)["out_trade_no"])

    def reception(self) -> Desk:
        """The desk where a case is withdrawn, its fee with it."""

        def voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
            return ended(file, self.refunds, reason, now)

        return desk(self.cases, self.services, voids=[voids])

    @property
    def backs(self) -> list[Row]:
        """The refunds of the case."""
        return list(self.file.of("refund"))

    def told(self, money: Money, at: datetime = NOW) -> None:
        """The party has this money, and says so."""
        self.books.strange.append(money)
        self.bills.paid(money, at)
