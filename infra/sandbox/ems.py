"""EMS's far end: it takes orders, gives waybills and pushes tracks (body of the push: domain notes §9).

EMS opens its order interface by contract only. So the digest's place and the fields' names are configuration
(`parties["ems"]["wire"]`, defaults in `WIRE`), while what is checked is what every version of it checks: who the customer is,
and base64(sha256(body + key)) over the very bytes sent.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import AppError, InvalidInput, NotFound
from infra.sandbox.box import Box
from infra.sandbox.callbacks import Call
from infra.sandbox.state import Waybill
from infra.sandbox.wire import read_body, to_object

WIRE = {
    "path": "/orders",
    "customer_header": "X-Ems-Customer",
    "digest_header": "X-Ems-Digest",
    "order_field": "logistics_order_no",
    "receiver_field": "receiver",
}
ACTIONS = {
    "00": "收寄",
    "60": "揽收",
    "30": "经转过程中",
    "40": "离开处理中心",
    "41": "到达处理中心",
    "50": "安排投递",
    "51": "正在投递",
    "10": "妥投",
    "20": "未妥投",
}
_WORDS = {"揽收": "60", "运输": "30", "投递": "51"} | {word: code for code, word in ACTIONS.items()}
_NOTES = {
    "00": "【成都市政务投递部】已收寄",
    "60": "【成都市政务投递部】已揽收",
    "30": "快件正在运输途中",
    "40": "离开【成都航空中心】，下一站【成都市城区投递部】",
    "41": "到达【成都市城区投递部】",
    "50": "【成都市城区投递部】安排投递",
    "51": "【成都市城区投递部】正在投递，投递员：王师傅",
    "10": "已签收，他人代收：本人",
    "20": "未妥投，收件人不在，安排再投",
}
_RETRIES = (60, 300, 600)
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def digest(body: bytes, key: str) -> str:
    """base64(sha256(body + key))."""
    return base64.b64encode(hashlib.sha256(body + key.encode()).digest()).decode()


def waybill_number(serial: int) -> str:
    """Write a waybill number after UPU S10: `EA`, eight digits, check digit, `CN`; 43426600 gives check digit 3."""
    digits = f"{serial % 10**8:08d}"
    check = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return f"EA{digits}{ {10: 0, 11: 5}.get(check, check) }CN"


class Ems:
    """The endpoint below `/parties/ems`, and what happens to parcels."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def routes(self) -> list[Route]:
        """Return the routes, struck by the faults of party `ems`."""
        guarded = self.box.faults.guard("ems", self.order, lambda: _said(False, "S999", "系统繁忙，请稍后再试"))
        return [Route(f"/parties/ems{self._wire('path')}", guarded, methods=["POST"])]

    def _wire(self, name: str) -> str:
        return str(self.box.parties["ems"].get("wire", {}).get(name, WIRE[name]))

    async def order(self, request: Request) -> Response:
        """Take an order; the same order id gets the same waybill."""
        body, party = await read_body(request), self.box.parties["ems"]
        if request.headers.get(self._wire("customer_header")) != party["customer_code"]:
            return _said(False, "B001", "客户代码不存在")
        given = request.headers.get(self._wire("digest_header"), "")
        if not hmac.compare_digest(digest(body, party["key"]).encode(), given.encode()):
            return _said(False, "B002", "签名验证失败")
        try:
            order = to_object(body)
        except AppError:
            return _said(False, "B003", "报文格式错误")
        order_id, receiver = order.get(self._wire("order_field")), order.get(self._wire("receiver_field"))
        if not isinstance(order_id, str) or not 1 <= len(order_id) <= 50:
            return _said(False, "B004", f"{self._wire('order_field')}不能为空")
        if not isinstance(receiver, dict) or not all(receiver.get(name) for name in ("name", "phone", "address")):
            return _said(False, "B005", "收件人姓名、电话、地址不能为空")
        return _said(True, "00000", "成功", waybill_no=self._waybill(order_id, receiver).number)

    def _waybill(self, order_id: str, receiver: dict[str, Any]) -> Waybill:
        known = next((each for each in self.box.state.waybills.values() if each.order_id == order_id), None)
        if known:
            return known
        number = waybill_number(secrets.randbelow(10**8))
        while number in self.box.state.waybills:
            number = waybill_number(secrets.randbelow(10**8))
        shown = {name: str(receiver[name]) for name in ("name", "phone", "address")}
        self.box.state.waybills[number] = Waybill(number, order_id, iso(now()), shown)
        return self.box.state.waybills[number]

    def act(self, number: str, action: Any) -> dict[str, str]:
        """Let something happen to a parcel (a code such as `10` or a word such as 妥投) and push it to us."""
        code = _WORDS.get(str(action), str(action))
        if code not in ACTIONS:
            raise InvalidInput(f"不认识的动作，可选：{'、'.join(f'{code} {word}' for code, word in ACTIONS.items())}")
        waybill = self.box.state.waybills.get(number)
        if waybill is None:
            raise NotFound(f"没有这个运单：{number}")
        moment = now()
        track = {"at": iso(moment), "action": code, "name": ACTIONS[code], "text": _NOTES[code]}
        waybill.tracks.append(track)
        mail: dict[str, str] = {
            "serialnumber": f"{moment:%Y%m%d%H%M%S}{secrets.randbelow(10**6):06d}",
            "mailnum": number,
            "procdate": f"{moment:%Y%m%d}",
            "proctime": f"{moment:%H%M%S}",
            "orgfullname": "成都市城区投递部",
            "action": code,
            "description": _NOTES[code],
            "effect": "1",
        }
        extra = {"10": {"properdelivery": "10"}, "20": {"notproperdelivery": "101"}}
        self._push(mail | extra.get(code, {}))
        return track

    def _push(self, mail: dict[str, str]) -> None:
        body = json.dumps({"listexpressmail": [mail]}, ensure_ascii=False).encode()
        url = f"{self.box.ours('api').rstrip('/')}/channels/delivery/ems/track?key={self.box.parties['ems']['callback_key']}"
        headers = {"Content-Type": "application/json;charset=utf-8"}
        self.box.callbacks.send(Call("ems_track", "ems", lambda: (url, headers, body), _taken, _RETRIES))


def _taken(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.json()["response"]["success"] == "1"


def _said(success: bool, code: str, message: str, **more: str) -> Response:
    return JSONResponse({"success": success, "code": code, "message": message, **more})
