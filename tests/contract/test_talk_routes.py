"""The talk channels through Chalice itself: addresses, content types, raw bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from chalice.test import Client

from app import app
from chalicelib import wiring
from chalicelib.kernel import clock, config
from tests.contract.talk_requests import IVR, SMS, WECHAT, aliyun, ivr, letter, sms, tencent, wechat
from tests.contract.test_talk_channels import Listener

NOW = clock.now()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    listener = Listener()
    monkeypatch.setattr(wiring, "dialogue", lambda: listener)
    monkeypatch.setattr(wiring, "notices", lambda: listener)
    parties: dict[str, Any] = {"wechat": WECHAT, "sms": SMS, "ivr": IVR}
    monkeypatch.setattr(config, "party", parties.__getitem__)
    with Client(app) as made:
        yield made


REQUESTS = [
    wechat(NOW, letter(NOW)),
    wechat(NOW, letter(NOW), aes=True),
    sms("aliyun", aliyun(NOW)),
    sms("tencent", tencent(NOW)),
    ivr("1"),
]


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json;charset=UTF-8", "text/xml", "text/plain", "odd/type", ""]
)
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.path)
def test_every_content_type_is_read(client: Client, request_: Any, content_type: str) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    path = f"{request_.path}?{urlencode(request_.query)}"
    answer = client.http.post(path, headers=headers, body=request_.body)
    assert answer.status_code == 200, answer.body


def test_an_unknown_gateway_is_not_found(client: Client) -> None:
    asked = replace(sms("aliyun", aliyun(NOW)), path="/channels/sms/nobody/inbound")
    answer = client.http.post(f"{asked.path}?key=sms-key", body=asked.body)
    assert answer.status_code == 404 and answer.json_body["code"] == "not_found"


def test_the_url_check(client: Client) -> None:
    query = "signature=94cf9598733743e189a0e21e9ce5c9456591a0ff&timestamp=1700000000&nonce=abc&echostr=8123"
    answer = client.http.get(f"/channels/wechat?{query}")
    assert (answer.status_code, answer.body) == (200, b"8123")


def test_amazon_connect_is_a_function_of_its_own(client: Client) -> None:
    contact = {"ContactId": "1-2", "CustomerEndpoint": {"Address": "+8613800001234"}}
    answer = client.lambda_.invoke("connect", {"Details": {"ContactData": contact, "Parameters": {}}}).payload
    assert answer["collect"] == "choice" and answer["seq"] == "1"
