"""顺丰's far end: it takes orders, tells routes and pushes them, in JSON and in XML by turns (docs/domain.md §9 寄递).

Calls come as the open platform 丰桥 takes them: one form with partnerID, requestID, serviceCode, timestamp, msgDigest and msgData, signed
with the checkword. Who asks, the signature, the parcel's two ends and the order's number are checked; a number that was ordered before is
refused, and told by EXP_RECE_SEARCH_ORDER_RESP.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote_plus
from xml.sax.saxutils import quoteattr

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.box import Box
from sandbox.faults import CALLBACK, Breakable
from sandbox.parcels import Move, Parcels
from sandbox.state import Waybill
from sandbox.wire import read_body

_PLACE = "成都市武侯区"
_STALE = 300  # seconds


def signed(data: str, stamp: str, checkword: str) -> str:
    """Sign as the platform's document has it: base64 of the MD5 of the URL-encoded text."""
    text = quote_plus(f"{data}{stamp}{checkword}", safe="*").replace("~", "%7E")
    return base64.b64encode(hashlib.md5(text.encode(), usedforsecurity=False).digest()).decode()


class Sf:
    """The endpoint below `/parties/sf`; what it takes is kept with the parcels."""

    name, title = "sf", "顺丰"
    breakable = (Breakable("sf", "顺丰速运"), Breakable("sf_track", "顺丰路由推送", CALLBACK))
    moves = (
        Move("54", "上门收件", "顺丰速运 已收取快件"),
        Move("50", "已收件", "顺丰速运 已收取快件", "揽收"),
        Move("30", "装车", "快件在【成都高新中转场】完成分拣，准备发往下一站", "运输"),
        Move("31", "到达中转场", "快件到达【成都武侯中转场】"),
        Move("36", "封车", "快件已发车"),
        Move("44", "派送中", "正在派送途中，请您准备签收", "投递"),
        Move("204", "派送中（派件员）", "快件交给派件员王师傅，正在派送途中"),
        Move("80", "已签收", "已签收，感谢使用顺丰", "妥投"),
        Move("8000", "签收详情", "在官网可查看签收人信息"),
        Move("70", "派送不成功", "派送不成功，收方客户不在", "未妥投"),
        Move("33", "再次派送", "已与收方客户约定新派送时间"),
        Move("648", "退回", "快件已退回，新单号由寄方查询", "退回"),
        Move("99", "转退", "应客户要求，快件正在转寄中"),
        Move("33", "遗失", "快件遗失，理赔处理中", "遗失"),
        Move("123", "改派", "客服已登记收方的要求"),
    )

    def __init__(self, box: Box, parcels: Parcels) -> None:
        self.box, self.parcels = box, parcels
        self._services: dict[str, Callable[[dict[str, Any]], Response]] = {
            "EXP_RECE_CREATE_ORDER": self._create,
            "EXP_RECE_SEARCH_ORDER_RESP": self._found,
            "EXP_RECE_SEARCH_ROUTES": self._routes,
        }

    def routes(self) -> list[Route]:
        """Return the routes, struck by the faults of party `sf`."""
        guarded = self.box.faults.guard("sf", self.call, lambda: _gateway("A1099", "平台校验内部异常"))
        return [Route(f"/parties/sf{tail}", guarded, methods=["POST"]) for tail in ("", "/")]

    async def call(self, request: Request) -> Response:
        """Take one call of the gateway."""
        body, party = await read_body(request), self.box.parties["sf"]
        form = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        needed = ("partnerID", "requestID", "serviceCode", "timestamp", "msgDigest", "msgData")
        if missing := [name for name in needed if not form.get(name)]:
            return _gateway("A1001", f"必传参数不可为空：{missing[0]}")
        if form["partnerID"] != party["partner_id"]:
            return _gateway("A1003", "顾客编码不存在")
        stamp = form["timestamp"]
        if not stamp.isdigit() or abs(time.time() - int(stamp) / 1000) > _STALE:
            return _gateway("A1002", "请求时效已过期")
        if form["msgDigest"] != signed(form["msgData"], stamp, party["checkword"]):
            return _gateway("A1006", "数字签名无效")
        service = self._services.get(form["serviceCode"])
        if service is None:
            return _gateway("A1004", "无对应服务权限")
        try:
            return service(json.loads(form["msgData"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            return _said("S0002", "报文格式错误")

    def _create(self, asked: dict[str, Any]) -> Response:
        number, party = asked["orderId"], self.box.parties["sf"]
        if not isinstance(number, str) or not 1 <= len(number) <= 64:
            return _said("1010", "客户订单号不能为空")
        if asked.get("monthlyCard") != party["monthly_card"]:
            return _said("8057", "月结卡号不匹配")
        ends = {each["contactType"]: each for each in asked["contactInfoList"]}
        for kind, label in ((1, "寄件人"), (2, "收件人")):
            if not all(ends.get(kind, {}).get(name) for name in ("contact", "mobile", "address")):
                return _said("1011", f"{label}联系人、电话、地址不能为空")
        if self._of(number) is not None:
            return _said("8016", "重复下单")
        to = {"name": ends[2]["contact"], "phone": ends[2]["mobile"], "address": ends[2]["address"]}
        waybill = self.parcels.take(self.name, number, to, lambda: f"SF{secrets.randbelow(10**13):013d}")
        return _said("S0000", None, _order(waybill))

    def _found(self, asked: dict[str, Any]) -> Response:
        waybill = self._of(asked["orderId"])
        return _said("S0000", None, _order(waybill)) if waybill else _said("8018", "未获取到订单信息")

    def _routes(self, asked: dict[str, Any]) -> Response:
        found = []
        for number in asked["trackingNumber"]:
            waybill = self.box.state.waybills.get(number)
            tracks = waybill.tracks if waybill and waybill.courier == self.name else []
            routes = [
                {
                    "acceptTime": datetime.fromisoformat(each["at"]).strftime("%Y-%m-%d %H:%M:%S"),
                    "acceptAddress": _PLACE,
                    "remark": each["text"],
                    "opCode": each["action"],
                }
                for each in tracks
            ]
            found.append({"mailNo": number, "routes": routes})
        return _said("S0000", None, {"routeResps": found})

    def _of(self, order_id: Any) -> Waybill | None:
        known = self.box.state.waybills.values()
        return next((each for each in known if (each.courier, each.order_id) == (self.name, order_id)), None)

    def pushed(self, waybill: Waybill, move: Move, at: datetime) -> tuple[str, bytes]:
        """Write the push that tells of a move: in JSON, the next in XML, and so on."""
        route = {
            "id": f"{at:%Y%m%d%H%M%S}{secrets.randbelow(10**6):06d}",
            "mailno": waybill.number,
            "orderid": waybill.order_id,
            "acceptTime": f"{at:%Y-%m-%d %H:%M:%S}",
            "acceptAddress": _PLACE,
            "remark": move.text,
            "opCode": move.code,
        }
        if len(waybill.tracks) % 2:
            return "application/json;charset=utf-8", json.dumps(
                {"Body": {"WaybillRoute": [route]}}, ensure_ascii=False
            ).encode()
        attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in route.items())
        text = f'<Request service="RoutePushService" lang="zh-CN"><Body><WaybillRoute {attributes}/></Body></Request>'
        return "text/xml;charset=utf-8", text.encode()

    def took(self, answer: httpx.Response) -> bool:
        """Tell whether we acknowledged: return_code 0000, or Head OK."""
        if answer.status_code != 200:
            return False
        if answer.text.lstrip().startswith("<"):
            return "<Head>OK</Head>" in answer.text
        return bool(answer.json()["return_code"] == "0000")


def _order(waybill: Waybill) -> dict[str, Any]:
    numbers = [{"waybillType": 1, "waybillNo": waybill.number}]
    return {"orderId": waybill.order_id, "filterResult": 2, "waybillNoInfoList": numbers}


def _said(code: str, message: str | None, data: dict[str, Any] | None = None) -> Response:
    told = {"success": code == "S0000", "errorCode": code, "errorMsg": message, "msgData": data}
    return _gateway("A1000", "", json.dumps(told, ensure_ascii=False))


def _gateway(code: str, message: str, data: str = "") -> Response:
    answer = {"apiResponseID": secrets.token_hex(16).upper(), "apiResultCode": code, "apiErrorMsg": message}
    return JSONResponse({**answer, "apiResultData": data})
