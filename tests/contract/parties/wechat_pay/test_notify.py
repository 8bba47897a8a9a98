"""POST /channels/pay/wechat/notify: what WeChat Pay's notices alone can have wrong. The rest is in `test_notices`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.payments.model import KEY
from parties.wire import Inbound, Outbound
from tests.contract.parties.payee import Gone
from tests.contract.parties.test_notices import Road
from tests.contract.parties.wechat_pay.far import back_letter, letter, signed, transaction
from tests.unit.samples import NOW


@pytest.fixture
def road() -> Road:
    return Road("wechat_pay")


def told(road: Road, **changes: Any) -> bytes:
    return letter(transaction(road.told, **changes))


def headed(name: str, value: str) -> Callable[[Road], Inbound]:
    return lambda road: signed(told(road), headers={f"wechatpay-{name}": value})


def changed(**changes: Any) -> Callable[[Road], Inbound]:
    return lambda road: signed(told(road, **changes))


OLD, EARLY, EDGE = (NOW - timedelta(seconds=301), NOW + timedelta(seconds=301), NOW - timedelta(seconds=300))
REFUSED: dict[str, tuple[int, Callable[[Road], Inbound]]] = {
    "stale": (401, lambda road: signed(told(road), OLD)),
    "early": (401, lambda road: signed(told(road), EARLY)),
    "another serial": (401, headed("serial", "5157F09E")),
    "no serial": (401, headed("serial", "")),
    "no time": (401, headed("timestamp", "")),
    "time no number": (401, headed("timestamp", "soon")),
    "no signature": (401, headed("signature", "")),
    "signature no base64": (401, headed("signature", "%%")),
    "another way of signing": (401, headed("signature-type", "WECHATPAY2-SM2")),
    "another nonce": (401, headed("nonce", "0" * 32)),
    "sealed with another key": (401, lambda road: signed(letter(transaction(road.told), apiv3_key="x" * 32))),
    "amount no number": (400, changed(amount={"total": "8000"})),
    "amount true": (400, changed(amount={"total": True})),
    "no amount": (400, changed(amount=None)),
    "other currency": (400, changed(amount={"total": 8000, "currency": "USD"})),
    "other app": (400, changed(appid="wx0")),
    "no time of payment": (400, changed(success_time="yesterday")),
    "no time on earth": (400, changed(success_time="9999-12-31T23:59:59-08:00")),
    "number of theirs no text": (400, changed(transaction_id=None)),
    "no JSON": (400, lambda road: signed(b"paid, believe me")),
    "a list": (400, lambda road: signed(b"[]")),
    "deep": (400, lambda road: signed(b"[" * 60_000)),
    "no resource": (401, lambda road: signed(b'{"resource_type": "encrypt-resource"}')),
    "other algorithm": (
        400,
        lambda road: signed(b'{"resource_type":"encrypt-resource","resource":{"algorithm":"NONE"}}'),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_fail_and_nothing_written(road: Road, name: str) -> None:
    status, make = REFUSED[name]
    before = road.till.file
    answer = road.post(make(road))
    assert answer.status == status
    assert json.loads(answer.body)["code"] == "FAIL" and json.loads(answer.body)["message"]
    assert road.till.file == before
    assert road.post(road.good()) == Outbound(204, "", answer.content_type) and road.till.row(KEY).status == "paid"


REFUNDS: dict[str, dict[str, Any]] = {
    "other merchant": {"mchid": "1900000009"},
    "amount no number": {"amount": {"refund": "1"}},
    "nothing": {"amount": {"refund": 0}},
    "no amount": {"amount": None},
    "a state there is not": {"refund_status": "GONE"},
    "no number": {"out_refund_no": None},
}


@pytest.mark.parametrize("name", REFUNDS)
def test_a_refund_told_wrongly_is_refused(road: Road, name: str) -> None:
    before = road.till.file
    answer = road.post(signed(back_letter(Gone(), **REFUNDS[name])))
    assert answer.status == 400 and json.loads(answer.body)["code"] == "FAIL" and road.till.file == before


def test_a_notice_of_something_new_changes_nothing(road: Road) -> None:
    before = road.till.file
    assert road.post(signed(letter(transaction(road.told), "COUPON.USE"))).status == 204
    assert road.till.file == before


def test_five_minutes_old_is_just_fresh_and_a_missing_type_is_the_usual_one(road: Road) -> None:
    assert road.post(signed(told(road), EDGE, headers={"wechatpay-signature-type": ""})).status == 204


def test_wechat_s_own_probe_fails(road: Road) -> None:
    good = road.good()
    probe = "WECHATPAY/SIGNTEST/" + good.headers["wechatpay-signature"][19:]
    assert road.post(replace(good, headers={**good.headers, "wechatpay-signature": probe})).status == 401


def test_a_longer_body_is_refused(road: Road) -> None:
    good = road.good()
    assert road.post(replace(good, body=good.body + b" ")).status == 401
