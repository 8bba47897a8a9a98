"""Both SMS carriers on the wire: true signatures, and every way they can say yes, no, later, or nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from chalicelib.notices.providers import aliyun, base, tencent
from chalicelib.notices.providers.aliyun import Aliyun
from chalicelib.notices.providers.tencent import Tencent

from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.notices.model import Sms, Unsure
from tests.contract.farend import Answer, Asked, FarEnd, closed_port, far_end

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=clock.SHANGHAI)
SINCE = datetime(2026, 7, 1, 9, 29, tzinfo=clock.SHANGHAI)
SMS = Sms("13800001234", "您好 +~*'（测试）&=", "notice", "123456789018-3", "accepted", {"case_no": "123456789018"})
ALIYUN = {
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
TENCENT = {
    "secret_id": "AKID1",
    "secret_key": "s3cret",
    "sdk_app_id": "1400000001",
    "sign_name": "蓉易办",
    "templates": {"code": "1", "notice": "2", "reply": "3", "notice.paid": {"id": "9", "params": ["case_no"]}},
}


# — what the far ends do: check the signature as their documents say, then play a code —


def play_aliyun(code: str = "OK", http: int = 200, **more: Any) -> Any:
    def play(asked: Asked) -> Answer:
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

    return play


def play_tencent(code: str = "Ok", error: str = "", **more: Any) -> Any:
    def play(asked: Asked) -> Answer:
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

    return play


CARRIERS: dict[str, tuple[Any, dict[str, Any], Any]] = {
    "aliyun": (Aliyun, ALIYUN, play_aliyun(BizId="9001^0")),
    "tencent": (Tencent, TENCENT, play_tencent()),
}
SIDS = {"aliyun": "9001^0", "tencent": "2022:1"}


@pytest.fixture(params=sorted(CARRIERS))
def carrier(request: pytest.FixtureRequest) -> Iterator[tuple[str, Any, FarEnd]]:
    """Each carrier before its far end."""
    make, config, play = CARRIERS[request.param]
    with far_end(play, "/parties/far") as end:
        yield request.param, make({**config, "base_url": end.url}), end


def test_sends(carrier: tuple[str, Any, FarEnd]) -> None:
    name, provider, end = carrier
    assert provider.send(SMS, NOW) == SIDS[name]
    (asked,) = end.asked
    assert asked.path == "/parties/far/"
    if name == "aliyun":
        sent = dict(parse_qsl(asked.query))
        assert sent["PhoneNumbers"] == "13800001234"
        assert json.loads(sent["TemplateParam"]) == {"text": SMS.text}
        assert (sent["TemplateCode"], sent["OutId"], sent["SignName"]) == ("SMS_2", "123456789018-3", "蓉易办")
    else:
        body = json.loads(asked.body)
        assert body["PhoneNumberSet"] == ["+8613800001234"]
        assert (body["TemplateId"], body["TemplateParamSet"]) == ("2", [SMS.text])
        assert body["SessionContext"] == "123456789018-3"


@pytest.mark.parametrize(
    ("sms", "values"),
    [
        (replace(SMS, kind="code", event="", facts={"code": "246810"}), ["246810"]),
        (replace(SMS, kind="reply"), [SMS.text]),
        (replace(SMS, event="paid"), ["123456789018"]),
    ],
)
def test_templates(carrier: tuple[str, Any, FarEnd], sms: Sms, values: list[str]) -> None:
    name, provider, end = carrier
    provider.send(sms, NOW)
    if name == "aliyun":
        assert list(json.loads(dict(parse_qsl(end.asked[0].query))["TemplateParam"]).values()) == values
    else:
        assert json.loads(end.asked[0].body)["TemplateParamSet"] == values


@pytest.mark.parametrize(
    ("mode", "raised"),
    [
        (429, PartyFault),
        (503, PartyFault),
        (500, Unsure),
        (502, Unsure),
        (504, Unsure),
        (302, Unsure),
        ("drop", Unsure),
        ("garbage", Unsure),
        ("list", Unsure),
    ],
)
def test_answers_that_are_none(carrier: tuple[str, Any, FarEnd], mode: Any, raised: type[PartyFault]) -> None:
    """Only what was surely not taken up may be sent again without asking."""
    _, provider, end = carrier
    end.mode = mode
    with pytest.raises(PartyFault) as error:
        provider.send(SMS, NOW)
    assert type(error.value) is raised
    assert "13800001234" not in str(error.value)


def test_slow(carrier: tuple[str, Any, FarEnd], monkeypatch: pytest.MonkeyPatch) -> None:
    _, provider, end = carrier
    monkeypatch.setattr(base, "TIMEOUTS", (0.2, 0.2))
    end.late = 0.5
    with pytest.raises(Unsure):
        provider.send(SMS, NOW)


@pytest.mark.parametrize("name", sorted(CARRIERS))
def test_nobody_listens(name: str) -> None:
    make, config, _ = CARRIERS[name]
    with pytest.raises(PartyFault) as error:
        make({**config, "base_url": closed_port()}).send(SMS, NOW)
    assert type(error.value) is PartyFault
    assert "13800001234" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "play", "raised", "code"),
    [
        ("aliyun", play_aliyun("isv.MOBILE_NUMBER_ILLEGAL"), PartyRefused, "sms_bad_number"),
        ("aliyun", play_aliyun("isv.BLACK_KEY_CONTROL_LIMIT"), PartyRefused, "sms_content"),
        ("aliyun", play_aliyun("isv.BUSINESS_LIMIT_CONTROL"), PartyFault, "sms_limited"),
        ("aliyun", play_aliyun("Throttling.User", 400), PartyFault, "sms_limited"),
        ("aliyun", play_aliyun("SignatureDoesNotMatch", 400), PartyFault, "sms_key"),
        ("aliyun", play_aliyun("isp.SYSTEM_ERROR"), Unsure, "sms_busy"),
        ("aliyun", play_aliyun("isv.NEVER_SEEN"), PartyFault, "sms_unknown"),
        ("aliyun", play_aliyun("OK"), Unsure, "party_silent"),
        ("tencent", play_tencent("InvalidParameterValue.IncorrectPhoneNumber"), PartyRefused, "sms_bad_number"),
        ("tencent", play_tencent("FailedOperation.PhoneNumberInBlacklist"), PartyRefused, "sms_opted_out"),
        ("tencent", play_tencent("LimitExceeded.PhoneNumberDailyLimit"), PartyFault, "sms_limited"),
        ("tencent", play_tencent(error="RequestLimitExceeded"), PartyFault, "sms_limited"),
        ("tencent", play_tencent(error="AuthFailure.SignatureFailure"), PartyFault, "sms_key"),
        ("tencent", play_tencent(error="InternalError.Timeout"), Unsure, "sms_busy"),
        ("tencent", play_tencent("NeverSeen"), PartyFault, "sms_unknown"),
        ("tencent", play_tencent(SendStatusSet=[]), Unsure, "party_silent"),
    ],
)
def test_codes(name: str, play: Any, raised: type[Exception], code: str) -> None:
    make, config, _ = CARRIERS[name]
    with far_end(play) as end, pytest.raises((PartyRefused, PartyFault)) as error:
        make({**config, "base_url": end.url}).send(SMS, NOW)
    assert type(error.value) is raised
    assert error.value.code == code


def test_aliyun_finds_by_our_number() -> None:
    listed = [{"OutId": "123456789018-2", "SendStatus": 3}, {"OutId": "123456789018-3", "SendStatus": 1}]
    with far_end(play_aliyun(SmsSendDetailDTOs={"SmsSendDetailDTO": listed})) as end:
        provider = Aliyun({**ALIYUN, "base_url": end.url})
        assert provider.find(SMS, SINCE, NOW) == ["123456789018-3"]
        assert provider.find(replace(SMS, out_id="123456789018-4"), SINCE, NOW) == []
    asked = dict(parse_qsl(end.asked[0].query))
    assert asked == {"PhoneNumber": "13800001234", "SendDate": "20260701", "PageSize": "50", "CurrentPage": "1"}


def test_tencent_lists_what_the_phone_got() -> None:
    with far_end(play_tencent(PullSmsSendStatusSet=[{"SerialNo": "2022:7"}, {"SerialNo": "2022:8"}])) as end:
        assert Tencent({**TENCENT, "base_url": end.url}).find(SMS, SINCE, NOW) == ["2022:7", "2022:8"]
    asked = json.loads(end.asked[0].body)
    assert asked["PhoneNumber"] == "+8613800001234"
    assert (asked["BeginTime"], asked["EndTime"]) == (clock.epoch(SINCE), clock.epoch(NOW) + 1)


def test_nothing_found_is_an_answer(carrier: tuple[str, Any, FarEnd]) -> None:
    _, provider, _ = carrier
    assert list(provider.find(SMS, SINCE, NOW)) == []


def test_aliyun_signature_is_that_of_its_document() -> None:
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
    signed = aliyun.authorize("YourAccessKeyId", "YourAccessKeySecret", query, headers)
    assert signed.endswith("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")


def test_tencent_signature_is_that_of_its_document() -> None:
    """The example of Tencent Cloud's page "Signature v3" (DescribeInstances, 2019-02-25)."""
    body = b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
    headers = {"Content-Type": "application/json; charset=utf-8", "Host": "cvm.tencentcloudapi.com"}
    now = datetime.fromtimestamp(1551113065, UTC)
    signed = tencent.authorize(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", headers, body, now
    )
    assert signed.endswith("Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")
