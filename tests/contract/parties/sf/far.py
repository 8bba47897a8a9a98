"""顺丰's side of the wire: checks the digest and answers as the gateway does; routes as it pushes them."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote_plus

from chalicelib.delivery.model import TrackKind
from chalicelib.kernel import clock
from tests.contract.farend import Answer, Asked, Play
from tests.contract.parties.courier import SECRET, SENDER, Carriage

CHECKWORD = "Jm~3 *check+word"
SETTINGS = {
    "partner_id": "RYB001",
    "checkword": CHECKWORD,
    "monthly_card": "7551234567",
    "callback_key": SECRET,
    "sender": SENDER,
}
CODES: dict[TrackKind, str] = {"moving": "50", "failed": "70", "delivered": "80", "returned": "648", "noted": "123"}


def form(asked: Asked) -> dict[str, str]:
    """Return the form of a call, whose digest must be right."""
    sent = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
    text = quote_plus(sent["msgData"] + sent["timestamp"] + CHECKWORD, safe="*").replace("~", "%7E")
    digest = base64.b64encode(hashlib.md5(text.encode(), usedforsecurity=False).digest()).decode()
    assert sent["msgDigest"] == digest and sent["partnerID"] == "RYB001" and sent["requestID"]
    return sent


def answered(code: str, data: Any = None, message: str | None = None) -> Answer:
    told = {"success": code == "S0000", "errorCode": code, "errorMsg": message, "msgData": data}
    whole = {"apiResultCode": "A1000", "apiErrorMsg": "", "apiResponseID": "1", "apiResultData": json.dumps(told)}
    return 200, json.dumps(whole).encode()


def play(waybill: str = "SF1234567890123", code: str = "S0000", known: bool = False) -> Play:
    """Take orders; `known`: this one was taken before."""

    def played(asked: Asked) -> Answer:
        sent = form(asked)
        order = {"orderId": json.loads(sent["msgData"])["orderId"]}
        if sent["serviceCode"] == "EXP_RECE_CREATE_ORDER" and known:
            return answered("8016", None, "重复下单")
        if code != "S0000":
            return answered(code, None, "不在服务范围")
        return answered("S0000", {**order, "waybillNoInfoList": [{"waybillType": 1, "waybillNo": waybill}]})

    return played


def route(kind: TrackKind, at: datetime, waybill: str) -> dict[str, Any]:
    """One route as 顺丰 tells it."""
    return {
        "id": "158",
        "mailno": waybill,
        "orderid": "510123456789S1",
        "acceptTime": f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}",
        "acceptAddress": "成都市武侯区",
        "remark": "收方客户不在" if kind == "failed" else "",
        "opCode": CODES[kind],
    }


CARRIAGE = Carriage(
    "sf",
    SETTINGS,
    takes=play(),
    refuses=play(code="8114"),
    waybill="SF1234567890123",
    stranger="123456789012",
    track=route,
    push=lambda routes: {"Body": {"WaybillRoute": routes}},
    taken=lambda answer: answer["return_code"] == "0000",
    spoilt={
        **{f"no {name}": {name: None} for name in ("mailno", "acceptTime", "opCode")},
        "number for text": {"mailno": 123456789012},
        "waybill": {"mailno": "SF12' --"},
        "waybill in other digits": {"mailno": "SF" + "١" * 13},
        "a day that does not exist": {"acceptTime": "2026-02-30 10:00:00"},
        "no time": {"acceptTime": "x"},
        "a day to come": {"acceptTime": "9999-12-31 00:00:00"},
        "a day long gone": {"acceptTime": "0001-01-01 00:00:00"},
        "remark no text": {"remark": []},
    },
)
