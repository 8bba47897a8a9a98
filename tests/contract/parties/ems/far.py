"""EMS's side of the wire: opens the SM4 envelope and answers as the platform does; tracks as it pushes them."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from chalicelib.delivery.model import TrackKind
from chalicelib.kernel import clock
from tests.contract.farend import Answer, Asked, Play
from tests.contract.parties.courier import SECRET, SENDER, Carriage

KEY = base64.b64encode(bytes(range(16))).decode()
SETTINGS = {
    "customer_code": "1100",
    "authorization": "auth",
    "key": KEY,
    "callback_key": SECRET,
    "sender": SENDER,
}
ACTIONS: dict[TrackKind, str] = {"moving": "60", "failed": "20", "delivered": "10"}


def form(asked: Asked) -> dict[str, str]:
    """Return the form of an order."""
    return {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}


def opened(asked: Asked) -> Any:
    """Open the envelope of an order."""
    box = Cipher(algorithms.SM4(base64.b64decode(KEY)), modes.ECB()).decryptor()
    pad = PKCS7(128).unpadder()
    padded = box.update(base64.b64decode(form(asked)["logitcsInterface"].removeprefix("|$4|"))) + box.finalize()
    text = (pad.update(padded) + pad.finalize()).decode()
    assert text.endswith(KEY)
    return json.loads(text.removesuffix(KEY))


def play(code: str = "00000", body: str | None = None, **content: Any) -> Play:
    def played(asked: Asked) -> Answer:
        (order,) = opened(asked)
        said = {"logisticsOrderNo": order["logisticsOrderNo"], **content}
        message = "" if code == "00000" else "不在服务范围"
        told = {"retCode": code, "retMsg": message, "retBody": json.dumps(said) if body is None else body}
        return 200, json.dumps(told).encode()

    return played


def mail(kind: TrackKind, at: datetime, waybill: str) -> dict[str, Any]:
    """One track as EMS tells it."""
    at = at.astimezone(clock.SHANGHAI)
    return {
        "serialnumber": "20260702101500000001",
        "mailnum": waybill,
        "procdate": f"{at:%Y%m%d}",
        "proctime": f"{at:%H%M%S}",
        "orgfullname": "成都市城区投递部",
        "action": ACTIONS[kind],
        "description": "收件人不在" if kind == "failed" else "",
        "effect": "1",
    }


CARRIAGE = Carriage(
    "ems",
    SETTINGS,
    takes=play(waybillNo="1175642270178"),
    refuses=play("B00010"),
    waybill="1175642270178",
    stranger="LK434266003CN",
    track=mail,
    push=lambda mails: {"listexpressmail": mails},
    taken=lambda answer: answer == {"response": {"success": "1", "failmailnums": "", "remark": ""}},
    spoilt={
        **{f"no {name}": {name: None} for name in ("mailnum", "procdate", "proctime", "effect")},
        "no action": {"action": ""},
        "number for text": {"mailnum": 1175642270178},
        "waybill": {"mailnum": "117564227017' --"},
        "waybill in other digits": {"mailnum": "١" * 13},
        "a day that does not exist": {"procdate": "20260230"},
        "no day": {"procdate": "x"},
        "a time that does not exist": {"proctime": "250000"},
        "a day to come": {"procdate": "99991231"},
        "a day long gone": {"procdate": "00010101"},
        "an unknown action": {"action": "99"},
        "effect": {"effect": "2"},
        "description no text": {"description": []},
    },
)
