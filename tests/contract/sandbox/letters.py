"""What our product sends to the parties, in the parties' own words."""

from __future__ import annotations

from typing import Any

from tests.contract.sandbox.stack import Stack

PHONE = "13800138000"


OPENID = "oCitizenWang_1990-xyzABC0001"


WANG = {"name": "王某", "mobile": PHONE, "address": "四川省成都市青羊区人民中路1号"}


ORDER = {"logisticsOrderNo": "260101123457S1", "sender": WANG, "receiver": WANG}


def aliyun_message(stack: Stack, **change: str) -> dict[str, str]:
    sign = stack.parties["aliyun"]["sign_name"]
    right = {"PhoneNumbers": PHONE, "SignName": sign, "TemplateCode": "SMS_CODE", "TemplateParam": '{"code":"123456"}'}
    return right | {"OutId": "out-1"} | change


def tencent_message(stack: Stack, **change: Any) -> dict[str, Any]:
    party = stack.parties["tencent"]
    right = {"PhoneNumberSet": [f"+86{PHONE}"], "SmsSdkAppId": party["sdk_app_id"], "SignName": party["sign_name"]}
    right |= {"TemplateId": party["templates"]["notice"], "TemplateParamSet": ["已受理"], "SessionContext": "s-1"}
    return right | change
