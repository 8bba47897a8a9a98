"""Receipts of both carriers: read, acknowledged in their own words, refused likewise."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from channels.receipts import DIALECTS, Receipts
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError, InvalidInput, NotFound, TooLarge, Unauthenticated, Unsupported
from channels.base import Inbound

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=clock.SHANGHAI)
ALIYUN = {
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
TENCENT = {
    "user_receive_time": "2026-07-01 09:29:55",
    "nationcode": "86",
    "mobile": "13800001234",
    "report_status": "SUCCESS",
    "errmsg": "DELIVRD",
    "description": "用户短信送达成功",
    "sid": "2022:1",
}
GOOD: dict[str, dict[str, Any]] = {"aliyun": ALIYUN, "tencent": TENCENT}
FAILED: dict[str, dict[str, Any]] = {
    "aliyun": {**ALIYUN, "success": False, "err_code": "MK:0001"},
    "tencent": {**TENCENT, "report_status": "FAIL", "errmsg": "UNDELIV"},
}
ACKNOWLEDGED = {"aliyun": {"code": 0, "msg": "接收成功"}, "tencent": {"result": 0, "errmsg": "OK"}}


def reader(provider: str) -> Receipts:
    return Receipts(DIALECTS[provider], lambda: {"callback_key": "k1"})


def call(body: Any, key: str | None = "k1") -> Inbound:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Inbound("POST", "/channels/sms/x/receipts", {}, {"key": key} if key is not None else {}, raw)


@pytest.mark.parametrize("provider", sorted(DIALECTS))
def test_reads(provider: str) -> None:
    good, failed = reader(provider).read(call([GOOD[provider], FAILED[provider]]), NOW)
    assert (good.ok, failed.ok) == (True, False)
    assert good.sid == GOOD[provider].get("biz_id", GOOD[provider].get("sid"))
    assert good.at == NOW - timedelta(seconds=5)
    assert good.out_id == GOOD[provider].get("out_id", "")
    assert failed.reason in ("MK:0001", "UNDELIV")
    assert "13800001234" not in repr(good)


@pytest.mark.parametrize("provider", sorted(DIALECTS))
def test_acknowledges(provider: str) -> None:
    answered = reader(provider).acknowledge()
    assert (answered.status, json.loads(answered.body)) == (200, ACKNOWLEDGED[provider])
    refused = reader(provider).refuse(NotFound("没有"))
    assert refused.status == 404
    assert json.loads(refused.body) != ACKNOWLEDGED[provider]


@pytest.mark.parametrize("provider", sorted(DIALECTS))
@pytest.mark.parametrize("key", [None, "", "k2", "钥匙"])
def test_wrong_key(provider: str, key: str | None) -> None:
    with pytest.raises(Unauthenticated):
        reader(provider).verify(call([GOOD[provider]], key), NOW)
    with pytest.raises(Unauthenticated):
        Receipts(DIALECTS[provider], dict).verify(call([GOOD[provider]], ""), NOW)
    reader(provider).verify(call([GOOD[provider]]), NOW)


@pytest.mark.parametrize("provider", sorted(DIALECTS))
@pytest.mark.parametrize(
    ("label", "body", "raised"),
    [
        ("empty", b"", InvalidInput),
        ("not json", b"{", InvalidInput),
        ("object", {}, InvalidInput),
        ("empty list", [], InvalidInput),
        ("numbers", [1, None, "x"], InvalidInput),
        ("nothing in it", [{}], InvalidInput),
        ("not utf-8", b"\xff\xfe[]", Unsupported),
        ("huge", b" " * 70_000, TooLarge),
        ("too many", [{}] * 501, InvalidInput),
        ("deep", b"[" * 60_000, InvalidInput),
    ],
)
def test_bad_input(provider: str, label: str, body: Any, raised: type[AppError]) -> None:
    with pytest.raises(raised):
        reader(provider).read(call(body), NOW)


@pytest.mark.parametrize("provider", sorted(DIALECTS))
@pytest.mark.parametrize(
    "spoilt", [{"at": "yesterday"}, {"at": None}, {"at": 5}, {"sid": ""}, {"sid": 7}, {"sid": "x" * 129}]
)
def test_what_cannot_be_read_is_left_out(provider: str, spoilt: dict[str, Any]) -> None:
    names = {"at": DIALECTS[provider].at, "sid": DIALECTS[provider].sid}
    bad = {**GOOD[provider], **{names[name]: value for name, value in spoilt.items()}}
    assert len(reader(provider).read(call([bad, GOOD[provider]]), NOW)) == 1


def test_a_receipt_from_the_future_is_of_now() -> None:
    (receipt,) = reader("aliyun").read(call([{**ALIYUN, "report_time": "2030-01-01 00:00:00"}]), NOW)
    assert receipt.at == NOW


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*ALIYUN, *TENCENT]), st.none() | st.booleans() | st.text() | st.integers())
    )
)
def test_no_batch_breaks_the_reader(batch: list[dict[str, Any]]) -> None:
    for provider in DIALECTS:
        try:
            reader(provider).read(call(batch), NOW)
        except AppError as error:
            assert error.status < 500
