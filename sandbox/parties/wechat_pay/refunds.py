"""WeChat Pay's refunds: taken once by our number, never more than was paid, and told of when they came to something.

Source: docs/domain.md §4.7 微信支付.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.state import Order, Refund
from sandbox.till import stamp
from sandbox.wire import pause

if TYPE_CHECKING:
    from sandbox.parties.wechat_pay.server import WeChatPay

FAULT, MODES = "wechat_pay_refund", ("short", "closed", "abnormal")
"""What of refunds can be at fault: no balance, closed by the party, or the payer's account takes nothing."""
_PARTS = 50
_SOON = 0.5  # seconds until a refund comes to something


class Refunds:
    """Refunds of one merchant. `pay` checks and signs."""

    def __init__(self, pay: WeChatPay) -> None:
        self.pay, self.box = pay, pay.box

    async def ask(self, request: Request) -> Response:
        """Take a refund; the same number again is answered as that one stands, with other content it is refused."""
        body = await self.pay.checked(request)
        if isinstance(body, Response):
            return body
        if wrong := _wrong(body):
            return self.pay.refuse(400, "PARAM_ERROR", wrong[1], location="body", field=wrong[0], issue=wrong[1])
        state, number = self.box.state, body["out_refund_no"]
        before = state.refunds.get(number)
        if before:
            if before.request != body:
                return self.pay.refuse(400, "INVALID_REQUEST", "商户退款单号重复，且退款信息不一致")
            return self.pay.answer(200, self._told(before))
        order = next((each for each in state.orders.values() if _is(each, body)), None)
        if order is None or order.state != "SUCCESS" or order.party != self.pay.name:
            return self.pay.refuse(404, "RESOURCE_NOT_EXISTS", "订单不存在")
        return self._taken(body, order)

    def _taken(self, body: dict[str, Any], order: Order) -> Response:
        number, amount = body["out_refund_no"], body["amount"]["refund"]
        others = [each for each in self.box.state.refunds.values() if each.out_trade_no == order.out_trade_no]
        going = [each for each in others if each.state != "CLOSED"]
        if body["amount"]["total"] != order.total:
            return self.pay.refuse(400, "PARAM_ERROR", "订单金额或退款金额与之前请求不一致")
        if len(others) >= _PARTS or sum(each.amount for each in going) + amount > order.total:
            return self.pay.refuse(400, "INVALID_REQUEST", "申请退款金额大于订单剩余可退金额，或次数过多")
        if self.box.faults.mode(FAULT) == "short":
            return self.pay.refuse(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
        refund_id = "5030" + str(secrets.randbelow(9 * 10**23) + 10**23)
        fresh = Refund(number, self.pay.name, order.out_trade_no, refund_id, amount, body, stamp())
        self.box.state.refunds[number] = fresh
        self.box.callbacks.spawn(self._goes(fresh))
        return self.pay.answer(200, self._told(fresh))

    async def _goes(self, refund: Refund) -> None:
        """Let a refund come to what the fault in force wants, else to the payer, and tell of it."""
        await pause(_SOON)
        refund.state = {"closed": "CLOSED", "abnormal": "ABNORMAL"}.get(self.box.faults.mode(FAULT) or "", "SUCCESS")
        refund.success_time = stamp() if refund.state == "SUCCESS" else ""
        told = self._told(refund)
        party, status = self.box.parties["wechat_pay"], told.pop("status")
        resource = told | {"mchid": party["mchid"], "refund_status": status}
        if url := refund.request.get("notify_url"):
            self.pay.tell(url, f"REFUND.{status}", "退款结果", "refund", resource)

    async def query(self, request: Request) -> Response:
        """Answer how a refund stands."""
        body = await self.pay.checked(request)
        if isinstance(body, Response):
            return body
        refund = self.box.state.refunds.get(request.path_params["number"])
        if refund is None:
            return self.pay.refuse(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return self.pay.answer(200, self._told(refund))

    def _told(self, refund: Refund) -> dict[str, Any]:
        order = self.box.state.orders[refund.out_trade_no]
        told = {
            "refund_id": refund.refund_id,
            "out_refund_no": refund.out_refund_no,
            "transaction_id": order.transaction_id,
            "out_trade_no": order.out_trade_no,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": refund.created,
            "status": refund.state,
            "amount": {"total": order.total, "refund": refund.amount, "payer_total": order.total}
            | {"payer_refund": refund.amount, "currency": "CNY"},
        }
        return told | ({"success_time": refund.success_time} if refund.success_time else {})


def _is(order: Order, body: dict[str, Any]) -> bool:
    number = body.get("transaction_id")
    return order.transaction_id == number if number else order.out_trade_no == body.get("out_trade_no")


def _wrong(body: dict[str, Any]) -> tuple[str, str] | None:
    """Return (JSON pointer, what is wrong) of the first field at fault, or None."""
    amount = body.get("amount")
    if not isinstance(body.get("out_refund_no"), str) or not 1 <= len(body["out_refund_no"]) <= 64:
        return "/out_refund_no", "商户退款单号应为1到64位"
    if not (body.get("transaction_id") or body.get("out_trade_no")):
        return "/transaction_id", "微信支付订单号和商户订单号二选一"
    if not isinstance(amount, dict) or amount.get("currency") != "CNY":
        return "/amount/currency", "退款币种只支持CNY"
    for name in ("refund", "total"):
        if type(amount.get(name)) is not int or amount[name] <= 0:
            return f"/amount/{name}", "金额应为大于0的整数，单位为分"
    if len(str(body.get("reason", ""))) > 80:
        return "/reason", "退款原因不超过80个字符"
    return None
