"""EMS's far end (中国邮政速递): it takes orders, gives waybills and pushes tracks (body of the push: docs/domain.md §9 寄递).

Orders come as interface 020003 of the open platform for contract customers (api.ems.com.cn, 接口规范 V2.7): one form with apiCode,
senderNo, authorization, timeStamp and logitcsInterface (so spelt) = `|$4|` + base64(SM4-ECB(JSON + key)). What is under contract
(the meaning of the lesser fields) is not checked here; who asks, the seal, the parcel's two ends and the order's number are.
"""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import now
from sandbox.box import Box
from sandbox.faults import CALLBACK, Breakable
from sandbox.parcels import Move, Parcels
from sandbox.state import Waybill
from sandbox.wire import read_body

_SEAL, _ORDER, _TAKEN = "|$4|", "020003", "00000"
_NEXT = "成都市城区投递部"
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
    """The endpoint below `/parties/ems`; what it takes is kept with the parcels."""

    name, title = "ems", "EMS"
    breakable = (Breakable("ems", "EMS 邮政速递"), Breakable("ems_track", "EMS 轨迹推送", CALLBACK))
    moves = (
        Move("00", "收寄", "【成都市政务投递部】已收寄"),
        Move("60", "揽收", "【成都市政务投递部】已揽收", "揽收"),
        Move("30", "经转过程中", "快件正在运输途中", "运输"),
        Move("40", "离开处理中心", f"离开【成都航空中心】，下一站【{_NEXT}】"),
        Move("41", "到达处理中心", f"到达【{_NEXT}】"),
        Move("50", "安排投递", f"【{_NEXT}】安排投递"),
        Move("51", "正在投递", f"【{_NEXT}】正在投递，投递员：王师傅", "投递"),
        Move("10", "妥投", "已签收，签收人：本人", "妥投"),
        Move("20", "未妥投", "未妥投，收件人不在，安排再投", "未妥投"),
        Move("20", "退回", "未妥投，多次投递无人签收，退回寄件人", "退回"),
        Move("20", "遗失", "快件遗失，请联系寄件人处理", "遗失"),
    )

    def __init__(self, box: Box, parcels: Parcels) -> None:
        self.box, self.parcels = box, parcels

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
        to = {"name": str(receiver["name"]), "phone": str(receiver["mobile"]), "address": str(receiver["address"])}
        waybill = self.parcels.take(self.name, number, to, lambda: waybill_number(secrets.randbelow(10**8)))
        return _said(_TAKEN, "成功", {"logisticsOrderNo": number, "waybillNo": waybill.number})

    def pushed(self, waybill: Waybill, move: Move, at: datetime) -> tuple[str, bytes]:
        """Write the push that tells of a move."""
        mail = {
            "serialnumber": f"{at:%Y%m%d%H%M%S}{secrets.randbelow(10**6):06d}",
            "mailnum": waybill.number,
            "procdate": f"{at:%Y%m%d}",
            "proctime": f"{at:%H%M%S}",
            "orgfullname": _NEXT,
            "action": move.code,
            "description": move.text,
            "effect": "1",
        }
        more = {"10": {"properdelivery": "10"}, "20": {"notproperdelivery": "101"}}.get(move.code, {})
        body = json.dumps({"listexpressmail": [{**mail, **more}]}, ensure_ascii=False)
        return "application/json;charset=utf-8", body.encode()

    def took(self, answer: httpx.Response) -> bool:
        """Tell whether we acknowledged: `success` 1."""
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
