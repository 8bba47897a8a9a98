"""Aliyun (阿里云短信服务).

inbound   POST [{"phone_number", "content", "send_time": "2026-11-22 09:30:00", "dest_code", "sequence_id"}…]  (SmsUp)
reports   POST [{"phone_number", "send_time", "report_time", "success": bool, "err_code", "err_msg", "biz_id", "out_id"}…]
both      → {"code": 0, "msg": "接收成功"}, otherwise again after 1, 5 and 10 minutes
"""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, CALLBACK_KEY, Party, Settings, schema
from parties.sms import TEMPLATES, Answer, InboundFormat, ReportFormat, Reports

ANSWER = Answer({"code": 0, "msg": "接收成功"}, lambda error: {"code": error.status, "msg": error.detail})
INBOUND = InboundFormat(
    "aliyun", phone="phone_number", text="content", at="send_time", sequence="sequence_id", answer=ANSWER
)
REPORTS = ReportFormat(
    "aliyun",
    sid="biz_id",
    at="report_time",
    state="success",
    fine=True,
    why="err_code",
    ours="out_id",
    answer=ANSWER,
)


def _sms(settings: Settings) -> Any:
    from parties.aliyun.sms import Aliyun

    return Aliyun(settings)


PARTY = Party(
    "aliyun",
    schema(
        "阿里云短信",
        {
            "base_url": f"{BASE_URL}：https://dysmsapi.aliyuncs.com",
            "access_key_id": "访问密钥编号",
            "access_key_secret": "访问密钥",
            "sign_name": "短信签名",
            "callback_key": CALLBACK_KEY,
        },
        templates=TEMPLATES,
    ),
    roles={"sms": _sms},
    callbacks={"sms/aliyun/receipts": lambda settings: Reports(REPORTS, settings["callback_key"])},
    inbound=INBOUND,
)
