"""A payment party that keeps books, and a case whose fee is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.cases.rights import Asker
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.payments.bills import Bills
from chalicelib.payments.counter import Counter
from chalicelib.payments.model import KEY, Money
from chalicelib.payments.party import OrderRequest, OrderState, PayParties, PayParty, Placed
from chalicelib.payments.service import Payments
from chalicelib.vocabulary.channels import SessionKind
from chalicelib.vocabulary.codes import PayScene
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, Decided
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
        self.down = False
        self.asked = 0

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

    def pay(self, out_trade_no: str, at: datetime = NOW, transaction: str = "42001") -> Money:
        assert out_trade_no in self.orders and out_trade_no not in self.closed
        self.money[out_trade_no] = money(out_trade_no, transaction, self.orders[out_trade_no].amount_fen, at)
        return self.money[out_trade_no]


def money(number: str, transaction: str, amount_fen: int = 8000, at: datetime = NOW) -> Money:
    """What the party tells of money that came in."""
    return Money(number, transaction, amount_fen, at, Books.name)


class Till(Decided):
    """A granted case with a fee, its bill asked for."""

    def __init__(self, status: Status = Status.GRANTED, **changes: Any) -> None:
        super().__init__(status, **changes)
        self.books, self.others = Books(), Books()
        self.in_use = "books"
        parties: dict[str, PayParty] = {"books": self.books, "others": self.others}
        named = PayParties(lambda: self.in_use, parties.__getitem__)
        self.bills = Bills(self.cases, self.services, named)
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
