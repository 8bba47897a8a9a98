"""WeChat Pay v3's far end: orders, queries, closing, and notices (docs/domain.md §4.7 微信支付)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import AppError
from sandbox.box import Box
from sandbox.faults import Breakable, Endpoint
from sandbox.parties.wechat_pay import bills, notices, refunds, signing
from sandbox.parties.wechat_pay.order import wrong_field
from sandbox.parties.wechat_pay.phone import PhonePage, address
from sandbox.state import Order
from sandbox.wire import read_body, to_object

_PREFIX = "/parties/wechat_pay"
_TRADE_TYPES = {"H5": "MWEB"}  # as a transaction calls it; an order has the name of its address
_STATES = {"SUCCESS": "支付成功", "NOTPAY": "订单未支付", "CLOSED": "订单已关闭"}


class WeChatPay:
    """The endpoints below `/parties/wechat_pay`, and the citizen's paying."""

    name = "wechat_pay"
    breakable = (
        Breakable("wechat_pay", "微信支付"),
        Breakable("wechat_pay_notify", "微信支付结果通知"),
        Breakable(refunds.FAULT, "微信支付退款", refunds.MODES),
    )

    def __init__(self, box: Box) -> None:
        self.box = box
        self._platform_key = box.parties["wechat_pay_platform_private_key"]

    def routes(self) -> list[Route]:
        """Return the routes, each struck by the faults of party `wechat_pay`."""

        def route(path: str, endpoint: Endpoint, method: str) -> Route:
            guarded = self.box.faults.guard("wechat_pay", endpoint, self._broken)
            return Route(f"{_PREFIX}/v3/{path}", guarded, methods=[method])

        back, bill = refunds.Refunds(self), bills.Bills(self)
        return [
            route("pay/transactions/jsapi", self.order, "POST"),
            route("pay/transactions/native", self.order, "POST"),
            route("pay/transactions/h5", self.order, "POST"),
            route("pay/transactions/out-trade-no/{number}", self.query, "GET"),
            route("pay/transactions/out-trade-no/{number}/close", self.close, "POST"),
            route("refund/domestic/refunds", back.ask, "POST"),
            route("refund/domestic/refunds/{number}", back.query, "GET"),
            route("bill/tradebill", bill.apply, "GET"),
            route("billdownload/file", bill.download, "GET"),
            *PhonePage(self.box, _PREFIX, self).routes(),
        ]

    def answer(self, status: int, body: dict[str, Any] | None) -> Response:
        """Answer, signed."""
        text = "" if body is None else json.dumps(body, ensure_ascii=False)
        headers = signing.sign(self._platform_key, self.box.parties["wechat_pay"]["public_key_id"], text)
        headers["Request-ID"] = secrets.token_hex(16).upper()
        return Response(text, status, headers, "application/json; charset=utf-8" if text else None)

    def refuse(self, status: int, code: str, message: str, **detail: Any) -> Response:
        """Refuse as WeChat does, signed."""
        return self.answer(status, {"code": code, "message": message} | ({"detail": detail} if detail else {}))

    def _broken(self) -> Response:
        return self.refuse(500, "SYSTEM_ERROR", "系统异常，请稍后重试")

    async def checked(self, request: Request) -> dict[str, Any] | Response:
        """Check the signature and read the body; a Response says what is wrong."""
        body = (await read_body(request)).decode("utf-8", "replace")
        path = request.url.path.split(_PREFIX, 1)[1] + (f"?{request.url.query}" if request.url.query else "")
        header = request.headers.get("authorization", "")
        issue = signing.faulty(self.box.parties["wechat_pay"], header, (request.method, path, body), self.box.clock())
        if issue:
            return self.refuse(401, "SIGN_ERROR", issue)
        try:
            return to_object(body.encode())
        except AppError:
            return self.refuse(400, "PARAM_ERROR", "请求体不是有效的JSON", location="body")

    async def order(self, request: Request) -> Response:
        """Take an order; the same request again gets a prepay id again, another under its number is refused."""
        body = await self.checked(request)
        if isinstance(body, Response):
            return body
        trade_type = request.url.path.rsplit("/", 1)[1].upper()
        party = self.box.parties["wechat_pay"]
        if (body.get("appid"), body.get("mchid")) != (party["appid"], party["mchid"]):
            return self.refuse(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配，请检查后再试")
        if wrong := wrong_field(body, trade_type):
            return self.refuse(400, "PARAM_ERROR", wrong[1], location="body", field=wrong[0], issue=wrong[1])
        return self._taken(body, trade_type)

    def _taken(self, body: dict[str, Any], trade_type: str) -> Response:
        number, orders = body["out_trade_no"], self.box.state.orders
        before = self.current(number)
        if before and before.state == "SUCCESS":
            return self.refuse(400, "ORDERPAID", "该订单已支付")
        if before and before.state == "CLOSED":
            return self.refuse(400, "ORDER_CLOSED", "该订单已关闭，请重新下单")
        if before and (before.request, before.trade_type) != (body, trade_type):
            return self.refuse(403, "OUT_TRADE_NO_USED", "商户订单号重复")
        if before is None:
            token = secrets.token_hex(14)
            handle = f"weixin://wxpay/bizpayurl?pr={token[:9]}" if trade_type == "NATIVE" else f"wx{token}0000"
            orders[number] = Order(
                number, self.name, trade_type, body["description"], body["amount"]["total"], body, handle, iso(now())
            )
            orders[number].openid = str(body.get("payer", {}).get("openid", ""))
            orders[number].expires = str(body.get("time_expire") or "")
        handle = orders[number].handle
        if trade_type == "H5":
            return self.answer(200, {"h5_url": address(self.box, handle)})
        return self.answer(200, {"prepay_id" if trade_type == "JSAPI" else "code_url": handle})

    async def query(self, request: Request) -> Response:
        """Answer how an order stands."""
        order = await self._known(request, request.query_params.get("mchid"))
        return order if isinstance(order, Response) else self.answer(200, self._transaction(order))

    async def close(self, request: Request) -> Response:
        """Close an unpaid order: 204, and nothing can be paid on it after."""
        order = await self._known(request, None)
        if isinstance(order, Response):
            return order
        if order.state == "SUCCESS":
            return self.refuse(400, "ORDERPAID", "该订单已支付，不能关闭")
        order.state = "CLOSED"
        return self.answer(204, None)

    async def _known(self, request: Request, mchid: str | None) -> Order | Response:
        body = await self.checked(request)
        if isinstance(body, Response):
            return body
        if (mchid or body.get("mchid")) != self.box.parties["wechat_pay"]["mchid"]:
            return self.refuse(400, "PARAM_ERROR", "商户号有误", field="mchid")
        order = self.current(request.path_params["number"])
        return order or self.refuse(404, "ORDER_NOT_EXIST", "订单不存在")

    def current(self, number: str) -> Order | None:
        """Return an order of this party as it stands now."""
        order = self.box.state.order(number, now())
        return order if order and order.party == self.name else None

    def _transaction(self, order: Order) -> dict[str, Any]:
        """Write an order as WeChat tells of it in a query's answer and in a notice."""
        party = self.box.parties["wechat_pay"]
        told = {
            "appid": party["appid"],
            "mchid": party["mchid"],
            "out_trade_no": order.out_trade_no,
            "trade_state": order.state,
            "trade_state_desc": _STATES[order.state],
            "attach": order.request.get("attach", ""),
            "amount": {"total": order.total, "currency": "CNY"},
            "payer": {"openid": order.openid} if order.openid else {},
        }
        if order.state == "SUCCESS":
            kind = _TRADE_TYPES.get(order.trade_type, order.trade_type)
            told |= {"transaction_id": order.transaction_id, "trade_type": kind, "bank_type": "OTHERS"}
            told |= {"success_time": order.success_time}
            told["amount"] |= {"payer_total": order.total, "payer_currency": "CNY"}
        return told

    def paid(self, order: Order) -> None:
        """Give a paid order its number, and send the notice."""
        order.transaction_id = "4200" + str(secrets.randbelow(9 * 10**23) + 10**23)
        self._notify(order)

    def _notify(self, order: Order) -> None:
        self.tell(
            order.request["notify_url"], "TRANSACTION.SUCCESS", "支付成功", "transaction", self._transaction(order)
        )

    def tell(self, url: str, event: str, summary: str, kind: str, resource: dict[str, Any]) -> None:
        """Send a notice."""
        notices.send(self.box, self._platform_key, url, {"event_type": event, "summary": summary}, kind, resource)
