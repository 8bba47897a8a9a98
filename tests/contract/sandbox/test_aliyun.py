"""Aliyun's SMS gateway, in both of its signatures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import PHONE, aliyun_message
from tests.contract.sandbox.stack import Stack


@pytest.mark.parametrize("call", [clients.aliyun_rpc, clients.aliyun_v3])
def test_aliyun_sends_and_reports(stack: Stack, call: Any) -> None:
    answer = call(stack, "SendSms", aliyun_message(stack)).json()
    assert answer["Code"] == "OK", answer
    (shown,) = stack.get(f"/sms/{PHONE}")["messages"]
    assert shown["text"] == "【蓉易办】验证码123456，5分钟内有效，请勿告诉他人。" and set(shown) == {
        "at",
        "text",
        "from",
    }
    ((row,),) = stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))
    assert (row["biz_id"], row["out_id"], row["success"], row["err_code"]) == (
        answer["BizId"],
        "out-1",
        True,
        "DELIVERED",
    )
    day = shown["at"][:10].replace("-", "")
    asked = {"PhoneNumber": PHONE, "SendDate": day, "PageSize": "10", "CurrentPage": "1"}
    (found,) = call(stack, "QuerySendDetails", asked).json()["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
    assert (found["OutId"], found["SendStatus"]) == ("out-1", 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"SignName": "别人"}, "isv.SMS_SIGNATURE_ILLEGAL"),
        ({"TemplateCode": "SMS_NONE"}, "isv.SMS_TEMPLATE_ILLEGAL"),
        ({"PhoneNumbers": "12345"}, "isv.MOBILE_NUMBER_ILLEGAL"),
        ({"TemplateParam": "{}"}, "isv.TEMPLATE_MISSING_PARAMETERS"),
        ({"TemplateParam": "["}, "isv.INVALID_JSON_PARAM"),
        ({"TemplateParam": "[]"}, "isv.INVALID_JSON_PARAM"),
    ],
)
def test_aliyun_refuses(stack: Stack, change: dict[str, str], code: str) -> None:
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack, **change)).json()["Code"] == code
    assert stack.get(f"/sms/{PHONE}")["messages"] == []


def test_aliyun_checks_who_asks(stack: Stack) -> None:
    message = aliyun_message(stack)
    codes = [
        clients.aliyun_rpc(stack, "SendSms", message, secret="false"),
        clients.aliyun_rpc(stack, "SendSms", message | {"AccessKeyId": "nobody"}),
        clients.aliyun_rpc(stack, "SendSms", message | {"Timestamp": "2020-01-01T00:00:00Z"}),
        clients.aliyun_rpc(stack, "SendBatch", message),
    ]
    assert [answer.json()["Code"] for answer in codes] == [
        "SignatureDoesNotMatch",
        "InvalidAccessKeyId.NotFound",
        "InvalidTimeStamp.Expired",
        "InvalidAction.NotFound",
    ]
    nonce = {"SignatureNonce": "once"}
    assert clients.aliyun_rpc(stack, "SendSms", message | nonce, method="GET").json()["Code"] == "OK"
    assert clients.aliyun_rpc(stack, "SendSms", message | nonce, method="GET").json()["Code"] == "SignatureNonceUsed"
