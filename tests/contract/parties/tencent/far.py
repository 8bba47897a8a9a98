"""Tencent Cloud's side of the wire: checks the signature as its documents say, then plays a code."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel import clock
from parties.tencent import REPORTS
from parties.tencent.sms import Tencent
from tests.contract.farend import Answer, Asked, Play
from tests.contract.parties.gateway import NOW, Gateway

SETTINGS = {
    "secret_id": "AKID1",
    "secret_key": "s3cret",
    "sdk_app_id": "1400000001",
    "sign_name": "蓉易办",
    "templates": {"code": "1", "notice": "2", "reply": "3", "notice.paid": {"id": "9", "params": ["case_no"]}},
}
REPORT = {
    "user_receive_time": "2026-07-01 09:29:55",
    "nationcode": "86",
    "mobile": "13800001234",
    "report_status": "SUCCESS",
    "errmsg": "DELIVRD",
    "description": "用户短信送达成功",
    "sid": "2022:1",
}


def play(code: str = "Ok", error: str = "", **more: Any) -> Play:
    def played(asked: Asked) -> Answer:
        signed = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
        lines = "".join(f"{name}:{asked.headers[name].lower()}\n" for name in signed.split(";"))
        canonical = "\n".join(("POST", "/", "", lines, signed, hashlib.sha256(asked.body).hexdigest()))
        stamp = asked.headers["x-tc-timestamp"]
        scope = f"{datetime.fromtimestamp(int(stamp), UTC):%Y-%m-%d}/sms/tc3_request"
        message = "\n".join(("TC3-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
        key = b"TC3s3cret"
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
        right = asked.headers["authorization"].endswith(f"SignedHeaders={signed}, Signature={signature}")
        right = right and asked.headers["x-tc-version"] == "2021-01-11" and stamp == str(clock.epoch(NOW))
        if not right or error:
            failure = {"Code": error or "AuthFailure.SignatureFailure", "Message": "m"}
            return 200, json.dumps({"Response": {"Error": failure, "RequestId": "r"}}).encode()
        fate = {"SerialNo": "2022:1" if code == "Ok" else "", "Code": code, "PhoneNumber": "+8613800001234"}
        return 200, json.dumps({"Response": {"SendStatusSet": [fate], "RequestId": "r", **more}}).encode()

    return played


GATEWAY = Gateway(
    Tencent,
    SETTINGS,
    play(),
    "2022:1",
    lambda asked: list(json.loads(asked.body)["TemplateParamSet"]),
    REPORTS,
    good=REPORT,
    failed={**REPORT, "report_status": "FAIL", "errmsg": "UNDELIV"},
    acknowledged={"result": 0, "errmsg": "OK"},
    text=lambda at, phone, text, number: {
        "extend": "",
        "mobile": phone,
        "nationcode": "86",
        "sign": "蓉易办",
        "text": text,
        "time": int(at.timestamp()),
    },
)
