"""The bill a payment party makes of a day, whoever it is: what it took and gave back, amended as somebody wants to see it matched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from chalicelib.kernel.errors import InvalidInput
from sandbox.box import Box
from sandbox.state import Memory, Order
from sandbox.wire import read_json

Action = Callable[[Request], Awaitable[Any]]


def actions(box: Box) -> list[tuple[str, str, Action]]:
    """Return what the driving API does with bills."""

    async def shown(request: Request) -> Any:
        return {"lines": lines(box.state, request.path_params["party"], request.path_params["day"])}

    async def amend(request: Request) -> Any:
        """Let bills say otherwise, by number: `{"drop": true}`, what a line says (`fen`, `state`), or a new line with its `day`."""
        body = await read_json(request)
        if not all(isinstance(change, dict) for change in body.values()):
            raise InvalidInput("每个交易号或退款单号对应一个对象")
        box.state.amended |= body
        return {"amended": box.state.amended}

    return [("GET", "/bill/{party}/{day}", shown), ("POST", "/bill", amend)]


def lines(state: Memory, party: str, day: str) -> list[dict[str, Any]]:
    """Return the lines of a party's bill of a day: `number`, `out_trade_no`, `fen`, `state`, of a refund `refund`, and the number of its
    transaction; amended as somebody wants to see it matched (`POST /sandbox/bill`)."""
    found: dict[str, dict[str, Any]] = {}
    for order in state.orders.values():
        if order.party == party and order.success_time[:10] == day:
            found[order.transaction_id] = _line(order.transaction_id, order, order.total, "SUCCESS")
    for back in state.refunds.values():
        if back.party == party and back.created[:10] == day:
            order = state.orders[back.out_trade_no]
            found[back.out_refund_no] = _line(back.out_refund_no, order, back.amount, back.state) | {"refund": True}
    for number, change in state.amended.items():
        if change.get("drop"):
            found.pop(number, None)
        elif number in found or change.get("day", day) == day:
            blank = {"number": number, "out_trade_no": "", "transaction": number, "fen": 0, "state": "SUCCESS"}
            found[number] = found.get(number, blank) | change
    return list(found.values())


def _line(number: str, order: Order, fen: int, state: str) -> dict[str, Any]:
    about = {"number": number, "out_trade_no": order.out_trade_no, "transaction": order.transaction_id}
    return about | {"fen": fen, "state": state}
