"""Aliyun SMS on the wire: what is sent, its codes → our errors, how a message is found, its published signature."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from parties.aliyun.sms import Aliyun, authorize
from tests.contract.farend import Play, far_end
from tests.contract.parties.aliyun.far import GATEWAY, SETTINGS, play
from tests.contract.parties.gateway import NOW, SINCE, SMS


def test_sends_what_it_was_given() -> None:
    with far_end(GATEWAY.play) as end:
        Aliyun({**SETTINGS, "base_url": end.url}).send(SMS, NOW)
    (asked,) = end.asked
    sent = dict(parse_qsl(asked.query))
    assert sent["PhoneNumbers"] == "13800001234"
    assert json.loads(sent["TemplateParam"]) == {"text": SMS.text}
    assert (sent["TemplateCode"], sent["OutId"], sent["SignName"]) == ("SMS_2", "123456789018-3", "蓉易办")


@pytest.mark.parametrize(
    ("far", "raised", "code"),
    [
        (play("isv.MOBILE_NUMBER_ILLEGAL"), PartyRefused, "sms_bad_number"),
        (play("isv.BLACK_KEY_CONTROL_LIMIT"), PartyRefused, "sms_content"),
        (play("isv.BUSINESS_LIMIT_CONTROL"), PartyFault, "sms_limited"),
        (play("Throttling.User", 400), PartyFault, "sms_limited"),
        (play("SignatureDoesNotMatch", 400), PartyFault, "sms_key"),
        (play("isp.SYSTEM_ERROR"), Unsure, "sms_busy"),
        (play("isv.NEVER_SEEN"), PartyFault, "sms_unknown"),
        (play("OK"), Unsure, "party_silent"),
    ],
)
def test_codes(far: Play, raised: type[Exception], code: str) -> None:
    with far_end(far) as end, pytest.raises((PartyRefused, PartyFault)) as error:
        Aliyun({**SETTINGS, "base_url": end.url}).send(SMS, NOW)
    assert type(error.value) is raised
    assert error.value.code == code


def test_finds_by_our_number() -> None:
    listed = [{"OutId": "123456789018-2", "SendStatus": 3}, {"OutId": "123456789018-3", "SendStatus": 1}]
    with far_end(play(SmsSendDetailDTOs={"SmsSendDetailDTO": listed})) as end:
        client = Aliyun({**SETTINGS, "base_url": end.url})
        assert client.find(SMS, SINCE, NOW) == ["123456789018-3"]
        assert client.find(replace(SMS, out_id="123456789018-4"), SINCE, NOW) == []
    asked = dict(parse_qsl(end.asked[0].query))
    assert asked == {"PhoneNumber": "13800001234", "SendDate": "20260701", "PageSize": "50", "CurrentPage": "1"}


def test_the_signature_is_that_of_its_document() -> None:
    """The example of Aliyun's page "V3 request structure and signature" (RunInstances, 2023-10-26)."""
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    signed = authorize("YourAccessKeyId", "YourAccessKeySecret", query, headers)
    assert signed.endswith("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
