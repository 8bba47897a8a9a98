"""Tencent Cloud (腾讯云短信).

inbound   POST {"extend", "mobile", "nationcode", "sign", "text", "time": Unix seconds}
reports   POST [{"user_receive_time", "nationcode", "mobile", "report_status": "SUCCESS"|"FAIL", "errmsg", "sid"}…]
both      → {"result": 0, "errmsg": "OK"}
"""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, CALLBACK_KEY, Party, Settings, schema
from parties.sms import TEMPLATES, Answer, InboundFormat, ReportFormat, Reports

ANSWER = Answer({"result": 0, "errmsg": "OK"}, lambda error: {"result": error.status, "errmsg": error.detail})
INBOUND = InboundFormat("tencent", phone="mobile", text="text", at="time", sequence=None, answer=ANSWER)
REPORTS = ReportFormat(
    "tencent",
    sid="sid",
    at="user_receive_time",
    state="report_status",
    fine="SUCCESS",
    why="errmsg",
    ours=None,
    answer=ANSWER,
)


def _sms(settings: Settings) -> Any:
    from parties.tencent.sms import Tencent

    return Tencent(settings)


PARTY = Party(
    "tencent",
    schema(
        "腾讯云短信",
        {
            "base_url": f"{BASE_URL}：https://sms.tencentcloudapi.com",
            "secret_id": "密钥编号",
            "secret_key": "密钥",
            "sdk_app_id": "短信应用编号",
            "sign_name": "短信签名",
            "callback_key": CALLBACK_KEY,
        },
        {"region": {"type": "string", "title": "地域；不写就是ap-guangzhou"}},
        templates=TEMPLATES,
    ),
    roles={"sms": _sms},
    callbacks={"sms/tencent/receipts": lambda settings: Reports(REPORTS, settings["callback_key"])},
    inbound=INBOUND,
)
