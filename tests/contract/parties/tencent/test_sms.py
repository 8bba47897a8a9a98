"""Tencent Cloud SMS on the wire: what is sent, its codes → our errors, what a phone got, its published signature."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from parties.tencent.sms import Tencent, authorize
from tests.contract.farend import Play, far_end
from tests.contract.parties.gateway import NOW, SINCE, SMS
from tests.contract.parties.tencent.far import GATEWAY, SETTINGS, play


def test_sends_what_it_was_given() -> None:
    with far_end(GATEWAY.play) as end:
        Tencent({**SETTINGS, "base_url": end.url}).send(SMS, NOW)
    (asked,) = end.asked
    body = json.loads(asked.body)
    assert body["PhoneNumberSet"] == ["+8613800001234"]
    assert (body["TemplateId"], body["TemplateParamSet"]) == ("2", [SMS.text])
    assert body["SessionContext"] == "123456789018-3"


@pytest.mark.parametrize(
    ("far", "raised", "code"),
    [
        (play("InvalidParameterValue.IncorrectPhoneNumber"), PartyRefused, "sms_bad_number"),
        (play("FailedOperation.PhoneNumberInBlacklist"), PartyRefused, "sms_opted_out"),
        (play("LimitExceeded.PhoneNumberDailyLimit"), PartyFault, "sms_limited"),
        (play(error="RequestLimitExceeded"), PartyFault, "sms_limited"),
        (play(error="AuthFailure.SignatureFailure"), PartyFault, "sms_key"),
        (play(error="InternalError.Timeout"), Unsure, "sms_busy"),
        (play("NeverSeen"), PartyFault, "sms_unknown"),
        (play(SendStatusSet=[]), Unsure, "party_silent"),
    ],
)
def test_codes(far: Play, raised: type[Exception], code: str) -> None:
    with far_end(far) as end, pytest.raises((PartyRefused, PartyFault)) as error:
        Tencent({**SETTINGS, "base_url": end.url}).send(SMS, NOW)
    assert type(error.value) is raised
    assert error.value.code == code


def test_lists_what_the_phone_got() -> None:
    with far_end(play(PullSmsSendStatusSet=[{"SerialNo": "2022:7"}, {"SerialNo": "2022:8"}])) as end:
        assert Tencent({**SETTINGS, "base_url": end.url}).find(SMS, SINCE, NOW) == ["2022:7", "2022:8"]
    asked = json.loads(end.asked[0].body)
    assert asked["PhoneNumber"] == "+8613800001234"
    assert (asked["BeginTime"], asked["EndTime"]) == (clock.epoch(SINCE), clock.epoch(NOW) + 1)


def test_the_signature_is_that_of_its_document() -> None:
    """The example of Tencent Cloud's page "Signature v3" (DescribeInstances, 2019-02-25)."""
    body = b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
    headers = {"Content-Type": "application/json; charset=utf-8", "Host": "cvm.tencentcloudapi.com"}
    now = datetime.fromtimestamp(1551113065, UTC)
    signed = authorize(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", headers, body, now
    )
    assert signed.endswith("Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")
