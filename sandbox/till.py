"""What stands behind every payment party: the citizen's purse, and whose order a number is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from chalicelib.kernel.clock import SHANGHAI, now
from chalicelib.kernel.errors import Conflict, NotFound
from sandbox.box import Box
from sandbox.faults import Breakable
from sandbox.state import Order


class PayEnd(Protocol):
    """One payment party's far end."""

    name: str

    @property
    def breakable(self) -> Sequence[Breakable]:
        """What of it can be put at fault."""

    def paid(self, order: Order) -> None:
        """Give a paid order the party's own number, and tell us."""


class Till:
    """Finds orders and lets the citizen pay them. `ends`: the far ends by name."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.ends: dict[str, PayEnd] = {}

    def pay(self, number: str, openid: str) -> str:
        """Let the citizen pay; the notice follows. Returns the trade state. Raises NotFound, Conflict (closed)."""
        order = self.box.state.order(number, now())
        if order is None:
            raise NotFound(f"没有这个订单：{number}")
        if order.state == "CLOSED":
            raise Conflict("订单已关闭，不能支付")
        spent(order, self.ends[order.party], openid)
        return order.state

    def rows(self) -> list[dict[str, Any]]:
        """Write every order as the driving API tells it."""
        state, moment = self.box.state, now()
        return [_row(order) for number in list(state.orders) if (order := state.order(number, moment))]


def spent(order: Order, end: PayEnd, openid: str = "") -> None:
    """Take an order's money out of the citizen's purse, once."""
    if order.state == "NOTPAY":
        order.state, order.success_time = "SUCCESS", stamp()
        order.openid = order.openid or openid or "oScannedByNobodyKnown0000000"
        end.paid(order)


def _row(order: Order) -> dict[str, Any]:
    return {
        "out_trade_no": order.out_trade_no,
        "description": order.description,
        "amount_fen": order.total,
        "trade_state": order.state,
        "trade_type": order.trade_type,
        "openid": order.openid,
        "code_url": order.handle if order.trade_type == "NATIVE" else "",
        "at": order.created,
    }


def stamp() -> str:
    """Write now in Beijing's time, to the second."""
    return now().astimezone(SHANGHAI).isoformat(timespec="seconds")
