"""WeChat Pay API v3: orders (下单, 查单, 关单), refunds (退款), the bill of a day (交易账单)."""

from __future__ import annotations

import json
import secrets
from datetime import date, datetime
from functools import cached_property
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput, PartyFault, PartyRefused
from chalicelib.payments.party import Back, Line, OrderRequest, OrderState, Placed, RefundOrder
from chalicelib.vocabulary.channels import SessionKind
from chalicelib.vocabulary.codes import PayScene
from parties.base import Settings
from parties.wechat_pay import bill, refund
from parties.wechat_pay.sdk import make_sdk
from parties.wechat_pay.transaction import NAME, money_of

_ENDED = frozenset({"CLOSED", "REVOKED", "PAYERROR"})
_PAID = frozenset({"SUCCESS", "REFUND"})  # REFUND: was paid, and (partly) went back
_OURS = {
    "ORDERPAID": "order_paid",
    "ORDER_PAID": "order_paid",
    "ORDERNOTEXIST": "unknown_order",
    "ORDER_NOT_EXIST": "unknown_order",
    "ORDERCLOSED": "order_closed",
    "ORDER_CLOSED": "order_closed",
    "RESOURCE_NOT_EXISTS": "unknown_refund",
    "NO_STATEMENT_EXIST": "no_bill",
}
"""WeChat's codes that mean something to us; every other refusal is `party_refused`."""


_WHY = {"NOT_ENOUGH": "商户账户可退的余额不足", "RESOURCE_NOT_EXISTS": "微信支付没有这笔交易或退款"}
"""Refusals that somebody here can do something about; what else WeChat says is its own."""


class WechatPay:
    """Orders of one merchant."""

    name = NAME
    app: SessionKind = "wechat"
    scenes: tuple[PayScene, ...] = ("jsapi", "native", "h5")

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _sdk(self) -> Any:
        return make_sdk(self._settings)

    # — orders —

    def place(self, order: OrderRequest) -> Placed:
        """Place an order: JSAPI for a user of WeChat, NATIVE to be scanned, H5 for a phone's browser."""
        from wechatpayv3 import WeChatPayType

        answer = self._call(
            "pay",
            pay_type=WeChatPayType[order.scene.upper()],
            description=order.description[:127],
            out_trade_no=order.out_trade_no,
            amount={"total": order.amount_fen, "currency": "CNY"},
            time_expire=order.expires_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
            payer={"openid": order.user} if order.user else None,
            scene_info={"payer_client_ip": order.ip, "h5_info": {"type": "Wap"}} if order.scene == "h5" else None,
        )
        return Placed(answer.get("prepay_id", ""), answer.get("code_url", ""), answer.get("h5_url", ""))

    def for_client(self, ticket: str, now: datetime) -> dict[str, Any]:
        """Sign what `wx.requestPayment` takes: appId, time, nonce and package, with the merchant's key (RSA-SHA256)."""
        stamp, nonce, package = str(clock.epoch(now)), secrets.token_hex(16), f"prepay_id={ticket}"
        sign = self._sdk.sign([self._settings["appid"], stamp, nonce, package])
        params = {"timeStamp": stamp, "nonceStr": nonce, "package": package, "signType": "RSA", "paySign": sign}
        return {"prepay_id": ticket, "params": params}

    def query(self, out_trade_no: str) -> OrderState:
        """Ask by our number."""
        try:
            answer = self._call("query", out_trade_no=out_trade_no)
        except PartyRefused as refused:
            if refused.code == "unknown_order":
                return OrderState()
            raise
        state = answer.get("trade_state")
        if state in _PAID:
            return OrderState(money=money_of(answer, self._settings))
        return OrderState(open=state not in _ENDED)

    def close(self, out_trade_no: str) -> None:
        """Close by our number; an order WeChat does not know, or has closed, is as good as closed."""
        try:
            self._call("close", out_trade_no=out_trade_no)
        except PartyRefused as refused:
            if refused.code not in ("unknown_order", "order_closed"):
                raise

    # — refunds —

    def refund(self, order: RefundOrder) -> Back:
        """Give back by our number: the same again is the same refund, and is answered as it stands."""
        amount = {"refund": order.amount_fen, "total": order.total_fen, "currency": "CNY"}
        answer = self._call(
            "refund",
            out_refund_no=order.out_refund_no,
            transaction_id=order.transaction_id,
            amount=amount,
            reason=order.reason[:80],
        )
        return self._back(answer)

    def refunded(self, out_refund_no: str) -> Back:
        """Ask by our number."""
        return self._back(self._call("query_refund", out_refund_no=out_refund_no))

    @staticmethod
    def _back(answer: dict[str, Any]) -> Back:
        try:
            return refund.answered(answer)
        except InvalidInput as wrong:
            raise PartyFault("微信支付的回答无法解读", code="party_silent") from wrong

    # — the bill of a day —

    def bill(self, day: date) -> list[Line]:
        """Fetch the bill of all trade, packed, and check its digest; a day without trade has none."""
        try:
            told = self._call("trade_bill", bill_date=day.isoformat())
        except PartyRefused as refused:
            if refused.code == "no_bill":
                return []
            raise
        try:
            status, body = self._sdk.download_bill(told["download_url"])
        except Exception as fault:
            raise PartyFault("账单没有下载下来") from fault
        if status != 200:
            raise PartyFault("账单没有下载下来")
        packed = body.encode() if isinstance(body, str) else body
        return list(bill.lines(bill.unpacked(packed, str(told.get("hash_value", "")))))

    def _call(self, name: str, **arguments: Any) -> dict[str, Any]:
        try:
            status, text = getattr(self._sdk, name)(**arguments)
            answer = json.loads(text) if text else {}
        except Exception as fault:  # the SDK raises bare Exceptions; none of them may reach a citizen
            raise PartyFault("微信支付暂时没有响应，请稍后再试") from fault
        if 200 <= status < 300 and isinstance(answer, dict):
            return answer
        code = str(answer.get("code", "")) if isinstance(answer, dict) else ""
        if status >= 500 or status == 429 or not code:
            raise PartyFault("微信支付繁忙，请稍后再试")
        raise PartyRefused(_WHY.get(code, "微信支付未受理"), code=_OURS.get(code))
