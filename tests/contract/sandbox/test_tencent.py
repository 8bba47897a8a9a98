"""Tencent Cloud's SMS gateway, in its own signature."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import PHONE, tencent_message
from tests.contract.sandbox.stack import Stack


def test_tencent_sends_and_reports(stack: Stack) -> None:
    (sent,) = clients.tencent(stack, "SendSms", tencent_message(stack))["SendStatusSet"]
    assert sent["Code"] == "Ok"
    assert stack.get(f"/sms/{PHONE}")["messages"][0]["text"] == "【蓉易办】已受理"
    ((row,),) = stack.until(lambda: stack.product.bodies("/sms/tencent/receipts"))
    assert (row["sid"], row["report_status"], row["errmsg"]) == (sent["SerialNo"], "SUCCESS", "DELIVRD")
    asked = {"BeginTime": 1, "Offset": 0, "Limit": 10, "PhoneNumber": f"+86{PHONE}"}
    asked["SmsSdkAppId"] = stack.parties["tencent"]["sdk_app_id"]
    (found,) = clients.tencent(stack, "PullSmsSendStatusByPhoneNumber", asked)["PullSmsSendStatusSet"]
    assert (found["SerialNo"], found["SessionContext"]) == (sent["SerialNo"], "s-1")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"SignName": "别人"}, "FailedOperation.SignatureIncorrectOrUnapproved"),
        ({"TemplateId": "1"}, "FailedOperation.TemplateIncorrectOrUnapproved"),
        ({"TemplateParamSet": []}, "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"),
        ({"PhoneNumberSet": ["+8612345"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
    ],
)
def test_tencent_refuses_a_number(stack: Stack, change: dict[str, Any], code: str) -> None:
    assert clients.tencent(stack, "SendSms", tencent_message(stack, **change))["SendStatusSet"][0]["Code"] == code


def test_tencent_checks_who_asks(stack: Stack) -> None:
    false = clients.tencent(stack, "SendSms", tencent_message(stack), secret="false")
    assert false["Error"]["Code"] == "AuthFailure.SignatureFailure"
    assert clients.tencent(stack, "Nothing", {})["Error"]["Code"] == "InvalidAction"
    wrong = clients.tencent(stack, "SendSms", tencent_message(stack, SmsSdkAppId="1"))
    assert wrong["Error"]["Code"].startswith("UnauthorizedOperation")
