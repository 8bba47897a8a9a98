"""What a payment party does for us, whoever it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from chalicelib.payments.model import Money, Order
from chalicelib.vocabulary.channels import SessionKind
from chalicelib.vocabulary.codes import PayScene


@dataclass(frozen=True)
class OrderRequest:
    """An order to be placed. `user` is who pays inside the party's app (`jsapi`), as it knows them; `ip` where the phone is whose
    browser pays (`h5`)."""

    out_trade_no: str
    amount_fen: int
    description: str
    expires_at: datetime
    user: str = ""
    scene: PayScene = "native"
    ip: str = ""


@dataclass(frozen=True)
class Placed:
    """An order the party took: a `ticket` to pay it by inside the party's app, a `code_url` to be shown as a QR code, or an `h5_url`
    to be opened on the phone, good for some minutes."""

    ticket: str = ""
    code_url: str = ""
    h5_url: str = ""


@dataclass(frozen=True)
class OrderState:
    """How an order stands at the party: `open` (may still be paid), paid with `money`, or neither: it never will be."""

    open: bool = False
    money: Money | None = None


@dataclass(frozen=True)
class RefundOrder:
    """A part of what was paid, to be given back to who paid it: `amount_fen` of `total_fen`."""

    out_refund_no: str
    transaction_id: str
    amount_fen: int
    total_fen: int
    reason: str


BackState = Literal["processing", "success", "closed", "abnormal"]
"""On its way; with who paid; never going; or stuck, for the payer's account takes nothing."""


@dataclass(frozen=True)
class Back:
    """What a party says of a refund: `at` when it took it or, told by itself, when it came to this; `code` is the party in the registry."""

    out_refund_no: str
    state: BackState
    amount_fen: int
    at: datetime
    code: str


LineKind = Literal["in", "out"]
Going = Literal["done", "on its way", "undone"]


@dataclass(frozen=True)
class Line:
    """One line of a party's bill of a day: money that came in, or a refund it took. `number`: of the transaction, or our number of the
    refund; `going`: how it stood when the bill was made."""

    kind: LineKind
    number: str
    out_trade_no: str
    transaction_id: str
    amount_fen: int
    going: Going


class PayParty(Protocol):
    """A payment party. Every call raises PartyFault when it is down and PartyRefused when it says no."""

    name: str
    """As told to the applicant: 微信支付."""

    @property
    def app(self) -> SessionKind | None:
        """Whose users can pay inside their app; None where nobody does."""

    @property
    def scenes(self) -> Collection[PayScene]:
        """Where its orders can be paid."""

    def place(self, order: OrderRequest) -> Placed:
        """Place an order; the same number with the same content again is the same order, with an address on the phone anew."""

    def for_client(self, ticket: str, now: datetime) -> dict[str, Any]:
        """Return what the client of its app pays by, in the party's own words."""

    def query(self, out_trade_no: str) -> OrderState:
        """Ask how an order stands; one that is unknown has ended, where the party does not come to know it only when it is scanned."""

    def close(self, out_trade_no: str) -> None:
        """Close an order so that it cannot be paid any more."""

    def refund(self, order: RefundOrder) -> Back:
        """Give a part back to who paid; the same number again is the same refund."""

    def refunded(self, out_refund_no: str) -> Back:
        """Ask how a refund stands. Raises PartyRefused `unknown_refund` for one it does not know."""

    def bill(self, day: date) -> Iterable[Line]:
        """Fetch the bill of a day of Beijing, its digest checked: every line, none held back. Raises PartyFault where there is none yet."""


@dataclass(frozen=True)
class PayParties:
    """The payment parties by name. `in_use` names the one that takes new orders, `every` those there is a contract with; an order is
    asked of the party that made it."""

    in_use: Callable[[], str]
    named: Callable[[str], PayParty]
    every: Callable[[], Sequence[str]] = tuple

    def of(self, order: Order) -> PayParty:
        """Return whose order it is; one written before orders remembered their party is of the one in use."""
        return self.named(order.party or self.in_use())
