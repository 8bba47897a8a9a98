"""WeChat: login, token, subscribe messages and chat, as wechatpy and a citizen meet them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.responses import Response
from wechatpy.exceptions import WeChatClientException

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import OPENID
from tests.contract.sandbox.stack import Stack


def test_a_login_code_works_once(stack: Stack) -> None:
    code = stack.post("/wechat/login", {"openid": OPENID}).json()["code"]
    client = clients.wechat(stack)
    client.wxa.API_BASE_URL = stack.party("wechat") + "/"
    asked = {"appid": client.appid, "secret": client.secret, "js_code": code, "grant_type": "authorization_code"}
    url = stack.party("wechat") + "/sns/jscode2session"
    first, again = (httpx.get(url, params=asked) for _ in range(2))
    assert first.json()["openid"] == OPENID and len(first.json()["session_key"]) == 24
    assert (again.status_code, again.json()["errcode"]) == (200, 40029)
    assert httpx.get(url, params=asked | {"secret": "no"}).json()["errcode"] == 40125
    assert httpx.get(url, params=asked | {"appid": "no"}).json()["errcode"] == 40013


def test_a_login_code_lives_five_minutes(stack: Stack) -> None:
    box, party = stack.app.state.box, stack.parties["wechat"]
    code = stack.post("/wechat/login", {"openid": OPENID}).json()["code"]
    real = box.clock
    box.clock = lambda: real() + 301
    asked = {"appid": party["appid"], "secret": party["secret"], "js_code": code, "grant_type": "authorization_code"}
    try:
        assert httpx.get(stack.party("wechat") + "/sns/jscode2session", params=asked).json()["errcode"] == 40029
    finally:
        box.clock = real


def test_stable_token_stays_until_forced(stack: Stack) -> None:
    party = stack.parties["wechat"]
    asked = {"grant_type": "client_credential", "appid": party["appid"], "secret": party["secret"]}
    url = party["base_url"] + "/cgi-bin/stable_token"
    one, two = (httpx.post(url, json=asked).json() for _ in range(2))
    assert one["access_token"] == two["access_token"] and 0 < two["expires_in"] <= 7200
    forced = httpx.post(url, json=asked | {"force_refresh": True}).json()
    assert forced["access_token"] != one["access_token"]
    assert httpx.post(url, content=b"{").json()["errcode"] == 47001


def card(stack: Stack, **values: str) -> dict[str, Any]:
    right = {
        "character_string1": "260101123457",
        "thing2": "老年人优待证",
        "phrase3": "已受理",
        "time4": "2026年1月5日 15:01",
        "thing5": "承诺1月9日前办结",
    }
    data = {key: {"value": value} for key, value in (right | values).items()}
    template = stack.parties["wechat"]["templates"]["accepted"]["id"]
    return {"touser": OPENID, "template_id": template, "page": "pages/case/case", "data": data}


def test_a_subscribe_message_becomes_a_card(stack: Stack) -> None:
    client = clients.wechat(stack)
    assert client.post("message/subscribe/send", data=card(stack))["errcode"] == 0
    (shown,) = stack.get(f"/wechat/{OPENID}")["cards"]
    assert {row["label"]: row["value"] for row in shown["fields"]}["办理状态"] == "已受理"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thing2", "长" * 21),
        ("thing2", ""),
        ("character_string1", "含中文"),
        ("character_string1", "1" * 33),
        ("phrase3", "六个汉字太长"),
        ("phrase3", "ok"),
        ("time4", "明天"),
        ("thing5", "换\n行"),
    ],
)
def test_a_field_that_breaks_its_rule_is_named(stack: Stack, field: str, value: str) -> None:
    with pytest.raises(WeChatClientException) as caught:
        clients.wechat(stack).post("message/subscribe/send", data=card(stack, **{field: value}))
    assert caught.value.errcode == 47003 and field in caught.value.errmsg


def test_who_refuses_gets_no_card(stack: Stack) -> None:
    client, body = clients.wechat(stack), card(stack)
    for refusal in ({"all": True}, {"template": body["template_id"]}):
        stack.post(f"/wechat/{OPENID}/refuse", {"all": False})
        stack.post(f"/wechat/{OPENID}/refuse", refusal)
        with pytest.raises(WeChatClientException) as caught:
            client.post("message/subscribe/send", data=body)
        assert caught.value.errcode == 43101
    stack.post(f"/wechat/{OPENID}/refuse", {"all": False})
    assert client.post("message/subscribe/send", data=body)["errcode"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": "no body"}, 40003),
        ({"template_id": "none"}, 40037),
        ({"miniprogram_state": "x"}, 47003),
        ({"data": []}, 47003),
    ],
)
def test_wrong_subscribe_sends(stack: Stack, change: dict[str, Any], code: int) -> None:
    with pytest.raises(WeChatClientException) as caught:
        clients.wechat(stack).post("message/subscribe/send", data=card(stack) | change)
    assert caught.value.errcode == code


def test_a_false_token_is_refused(stack: Stack) -> None:
    url = stack.party("wechat") + "/cgi-bin/message/subscribe/send?access_token=false"
    assert httpx.post(url, json=card(stack)).json()["errcode"] == 40001


@pytest.mark.parametrize("mode", ["aes", "plain"])
def test_a_chat_goes_both_ways(stack: Stack, mode: str) -> None:
    answer = stack.post(f"/wechat/{OPENID}?mode={mode}", {"text": "查询 <进度> & 'x'"})
    assert answer.json() == {"reply": "收到：查询 <进度> & 'x'"}
    query = stack.product.seen[-1][1]["query"]
    assert ("msg_signature" in query) == (mode == "aes") and "signature=" in query
    assert (b"<Encrypt>" in stack.product.seen[-1][2]) == (mode == "aes")
    both = stack.get(f"/wechat/{OPENID}")["messages"]
    assert [row["from"] for row in both] == [OPENID, "蓉易办"] and set(both[0]) == {"at", "text", "from"}


def test_wechat_asks_three_more_times_with_the_same_message(stack: Stack) -> None:
    stack.product.answers["/wechat"] = lambda count: Response(
        "success" if count == 3 else "", 200 if count == 3 else 500
    )
    assert stack.post(f"/wechat/{OPENID}?mode=plain", {"text": "在吗"}).json() == {"reply": None}
    assert len({body for _, _, body, _ in stack.product.seen}) == 1 and len(stack.product.seen) == 3
    stack.product.answers["/wechat"] = lambda count: Response("", 500)
    assert "出现故障" in stack.post(f"/wechat/{OPENID}", {"text": "在吗"}).json()["reply"]


def test_chat_events_and_duplicates(stack: Stack) -> None:
    assert stack.post(f"/wechat/{OPENID}", {"event": "subscribe"}).json() == {"reply": "收到：subscribe"}
    stack.post("/faults", {"party": "wechat", "mode": "duplicate", "seconds": 30})
    stack.product.seen.clear()
    assert stack.post(f"/wechat/{OPENID}?mode=plain", {"text": "重复"}).json() == {"reply": "收到：重复"}
    assert len(stack.product.seen) == 3 and len({body for _, _, body, _ in stack.product.seen}) == 1
