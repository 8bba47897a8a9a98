"""Callbacks through Chalice itself: addresses, content types, raw bodies, and who is behind each address."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from chalice.test import Client

from app import app
from chalicelib.kernel import clock, log
from channels.registry import TALK
from parties.registry import CALLBACKS
from tests.contract.channels.requests import ivr, letter, sms, wechat
from tests.contract.parties.gateway import gateways
from tests.contract.parties.payee import Told, payees

NOW = clock.now()
ROUTES = sorted(path.removeprefix("/channels/") for path in app.routes if path.startswith("/channels/"))
PATHS = sorted({*TALK, *CALLBACKS})
REQUESTS = [
    wechat(NOW, letter(NOW)),
    wechat(NOW, letter(NOW), aes=True),
    ivr("1"),
    *(sms(name, gateway.sent(NOW)) for name, gateway in gateways().items()),
    *(
        sms(name, gateway.told([gateway.good] if gateway.batches else gateway.good), path="receipts")
        for name, gateway in gateways().items()
    ),
    *(payee.notice(Told(), at=NOW) for payee in payees().values()),
]


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json;charset=UTF-8", "text/xml", "text/plain", "odd/type", ""]
)
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.path)
def test_every_content_type_is_read(client: Client, request_: Any, content_type: str) -> None:
    headers = {name: value for name, value in request_.headers.items() if name != "content-type"}
    headers |= {"Content-Type": content_type} if content_type else {}
    path = f"{request_.path}?{urlencode(request_.query)}"
    answer = client.http.post(path, headers=headers, body=request_.body)
    assert answer.status_code in (200, 204), answer.body


def _matches(route: str, path: str) -> bool:
    return bool(re.fullmatch(route.replace("{provider}", "[a-z_]+"), path))


@pytest.mark.parametrize("route", ROUTES)
def test_behind_every_route_stands_a_party_or_a_channel(route: str) -> None:
    assert any(_matches(route, path) for path in PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_to_every_party_and_channel_leads_one_route(path: str) -> None:
    assert sum(_matches(route, path) for route in ROUTES) == 1


@pytest.mark.parametrize("route", [route for route in ROUTES if "{provider}" in route])
@pytest.mark.parametrize("provider", ["nobody", "ems2", "..", "%20"])
def test_an_unknown_party_is_not_found(client: Client, route: str, provider: str) -> None:
    path = route.replace("{provider}", provider)
    answer = client.http.post(f"/channels/{path}?key=sms-key", body=b"[]")
    assert answer.status_code == 404 and answer.json_body["code"] == "not_found"


@pytest.mark.parametrize("path", PATHS)
def test_without_proof_it_is_refused_in_the_partys_own_way(client: Client, path: str) -> None:
    answer = client.http.post(f"/channels/{path}", body=b"{}")
    assert answer.status_code in (400, 401)
    assert "problem" not in answer.headers["Content-Type"]


@pytest.mark.parametrize("path", PATHS)
def test_a_party_that_gave_us_nothing_calls_again_later(client: Client, secret: dict[str, Any], path: str) -> None:
    secret.clear()
    answer = client.http.post(f"/channels/{path}", body=b"{}")
    assert answer.status_code in (500, 503)
    assert b"secret" not in answer.body


@pytest.mark.parametrize("path", TALK)
def test_a_channel_whose_party_gave_us_nothing_says_that_it_is_busy_in_its_own_way(
    client: Client, secret: dict[str, Any], path: str
) -> None:
    secret.clear()
    answer = client.http.post(f"/channels/{path}", body=b"{}")
    assert answer.status_code == 503 and "problem" not in answer.headers["Content-Type"]


@pytest.mark.parametrize("path", ["sms/aliyun/receipts", "sms/aliyun/inbound"])
def test_what_a_party_did_not_give_is_named_in_the_log_and_to_nobody_else(
    client: Client, secret: dict[str, Any], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(log, "_logger", lambda: SimpleNamespace(error=lines.append))
    del secret["aliyun"]["sign_name"]
    answer = client.http.post(f"/channels/{path}?key=sms-key", body=b"[]")
    assert answer.status_code >= 500 and b"sign_name" not in answer.body
    assert "aliyun.sign_name" in lines[0] and secret["aliyun"]["access_key_secret"] not in "".join(lines)


def test_the_url_check(client: Client) -> None:
    query = "signature=94cf9598733743e189a0e21e9ce5c9456591a0ff&timestamp=1700000000&nonce=abc&echostr=8123"
    answer = client.http.get(f"/channels/wechat?{query}")
    assert (answer.status_code, answer.body) == (200, b"8123")


def test_amazon_connect_is_a_function_of_its_own(client: Client) -> None:
    contact = {"ContactId": "1-2", "CustomerEndpoint": {"Address": "+8613800001234"}}
    answer = client.lambda_.invoke("connect", {"Details": {"ContactData": contact, "Parameters": {}}}).payload
    assert answer["collect"] == "choice" and answer["seq"] == "1"
