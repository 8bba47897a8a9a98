"""EMS's far end (中国邮政速递): it takes orders, gives waybills and pushes tracks (body of the push: docs/domain.md §9 寄递).

Orders come as interface 020003 of the open platform for contract customers (api.ems.com.cn, 接口规范 V2.7): one form with apiCode,
senderNo, authorization, timeStamp and logitcsInterface (so spelt) = `|$4|` + base64(SM4-ECB(JSON + key)). What is under contract
(the meaning of the lesser fields) is not checked here; who asks, the seal, the parcel's two ends and the order's number are.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any
from urllib.parse import parse_qs

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import InvalidInput, NotFound
from sandbox.box import Box
from sandbox.callbacks import Call
from sandbox.faults import CALLBACK, Breakable
from sandbox.state import Waybill
from sandbox.wire import read_body

_SEAL, _ORDER, _TAKEN = "|$4|", "020003", "00000"
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
    "10": "已签收，签收人：本人",
    "20": "未妥投，收件人不在，安排再投",
}
_RETRIES = (60, 300, 600)
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def opened(sealed: str, key: str) -> Any:
    """Open a sealed message and read its JSON. Raises ValueError where seal, key or JSON are wrong."""
    if not sealed.startswith(_SEAL):
        raise ValueError("no seal")
    box = Cipher(algorithms.SM4(base64.b64decode(key)), modes.ECB()).decryptor()  # noqa: S305 - the platform's choice
    padded = box.update(base64.b64decode(sealed[len(_SEAL) :], validate=True)) + box.finalize()
    pad = PKCS7(128).unpadder()
    plain = (pad.update(padded) + pad.finalize()).decode()
    if not plain.endswith(key):
        raise ValueError("no key at the end")
    return json.loads(plain[: -len(key)])


def waybill_number(serial: int) -> str:
    """Write a waybill number after UPU S10: `EA`, eight digits, check digit, `CN`; 43426600 gives check digit 3."""
    digits = f"{serial % 10**8:08d}"
    check = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return f"EA{digits}{ {10: 0, 11: 5}.get(check, check) }CN"


class Ems:
    """The endpoint below `/parties/ems`, and what happens to parcels."""

    breakable = (Breakable("ems", "EMS 邮政速递"), Breakable("ems_track", "EMS 轨迹推送", CALLBACK))

    def __init__(self, box: Box) -> None:
        self.box = box

    def routes(self) -> list[Route]:
        """Return the routes, struck by the faults of party `ems`."""
        guarded = self.box.faults.guard("ems", self.order, lambda: _said("S99999", "系统繁忙，请稍后再试"))
        return [Route(f"/parties/ems{tail}", guarded, methods=["POST"]) for tail in ("", "/")]

    async def order(self, request: Request) -> Response:
        """Take an order; the same order number gets the same waybill."""
        body, party = await read_body(request), self.box.parties["ems"]
        form = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if (form.get("senderNo"), form.get("authorization")) != (party["customer_code"], party["authorization"]):
            return _said("B00001", "客户代码或授权码不正确")
        if form.get("apiCode") != _ORDER or not form.get("timeStamp"):
            return _said("B00002", "接口代码不存在或缺少时间")
        try:
            (order,) = opened(form.get("logitcsInterface", ""), party["key"])
            number, sender, receiver = order["logisticsOrderNo"], order["sender"], order["receiver"]
        except (ValueError, TypeError, KeyError):
            return _said("B00003", "报文解密失败或格式错误")
        if not isinstance(number, str) or not 1 <= len(number) <= 50:
            return _said("B00004", "logisticsOrderNo不能为空")
        for whom, label in ((sender, "寄件人"), (receiver, "收件人")):
            if not isinstance(whom, dict) or not all(whom.get(name) for name in ("name", "mobile", "address")):
                return _said("B00005", f"{label}姓名、电话、地址不能为空")
        waybill = self._waybill(number, receiver)
        return _said(_TAKEN, "成功", {"logisticsOrderNo": number, "waybillNo": waybill.number})

    def _waybill(self, order_id: str, receiver: dict[str, Any]) -> Waybill:
        known = next((each for each in self.box.state.waybills.values() if each.order_id == order_id), None)
        if known:
            return known
        number = waybill_number(secrets.randbelow(10**8))
        while number in self.box.state.waybills:
            number = waybill_number(secrets.randbelow(10**8))
        shown = {"name": str(receiver["name"]), "phone": str(receiver["mobile"]), "address": str(receiver["address"])}
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


def _said(code: str, message: str, body: dict[str, str] | None = None) -> Response:
    answer = {
        "retCode": code,
        "retMsg": message,
        "retBody": json.dumps(body or {}, ensure_ascii=False),
        "retDate": f"{now():%Y-%m-%d %H:%M:%S}",
        "serialNo": secrets.token_hex(16),
        "success": code == _TAKEN,
    }
    return JSONResponse(answer)
