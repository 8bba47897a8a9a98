"""Aliyun's side of the wire: checks the signature as its documents say, then plays a code."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, quote

from parties.aliyun import REPORTS
from parties.aliyun.sms import Aliyun
from tests.contract.farend import Answer, Asked, Play
from tests.contract.parties.gateway import Gateway

SETTINGS = {
    "access_key_id": "LTAI1",
    "access_key_secret": "s3cret",
    "sign_name": "蓉易办",
    "templates": {
        "code": "SMS_1",
        "notice": "SMS_2",
        "reply": "SMS_3",
        "notice.paid": {"id": "SMS_9", "params": ["case_no"]},
    },
}
REPORT = {
    "phone_number": "13800001234",
    "send_time": "2026-07-01 09:29:50",
    "report_time": "2026-07-01 09:29:55",
    "success": True,
    "err_code": "DELIVERED",
    "err_msg": "用户接收成功",
    "sms_size": "1",
    "biz_id": "9001^0",
    "out_id": "123456789018-3",
}


def play(code: str = "OK", http: int = 200, **more: Any) -> Play:
    def played(asked: Asked) -> Answer:
        signed = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
        pairs = sorted(parse_qsl(asked.query, keep_blank_values=True))
        query = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs)
        lines = "".join(f"{name}:{asked.headers[name]}\n" for name in signed.split(";"))
        digest = hashlib.sha256(asked.body).hexdigest()
        canonical = "\n".join(("POST", "/", query, lines, signed, digest))
        message = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
        expected = hmac.new(b"s3cret", message.encode(), hashlib.sha256).hexdigest()
        right = (
            asked.headers["authorization"]
            == f"ACS3-HMAC-SHA256 Credential=LTAI1,SignedHeaders={signed},Signature={expected}"
        )
        right = right and asked.headers["x-acs-content-sha256"] == digest and "x-acs-signature-nonce" in signed
        right = right and asked.headers["x-acs-date"] == "2026-07-01T01:30:00Z"
        if not right:
            return 400, b'{"Code": "SignatureDoesNotMatch"}'
        return http, json.dumps({"RequestId": "r", "Code": code, "Message": "m", **more}).encode()

    return played


GATEWAY = Gateway(
    Aliyun,
    SETTINGS,
    play(BizId="9001^0"),
    "9001^0",
    lambda asked: list(json.loads(dict(parse_qsl(asked.query))["TemplateParam"]).values()),
    REPORTS,
    good=REPORT,
    failed={**REPORT, "success": False, "err_code": "MK:0001"},
    acknowledged={"code": 0, "msg": "接收成功"},
    text=lambda at, phone, text, number: {
        "phone_number": phone,
        "content": text,
        "send_time": f"{at:%Y-%m-%d %H:%M:%S}",
        "dest_code": "1069",
        "sequence_id": 9000 + number,
    },
    lists=True,
)
