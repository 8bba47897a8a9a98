"""WeChat on the wire: the token's life, subscribe messages, login codes; every errcode in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from chalicelib.notices.providers import base
from chalicelib.notices.providers.wechat import WeChatGateway

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Forbidden, PartyFault, PartyRefused, TooMany, Unauthenticated
from chalicelib.notices.model import Card, Unsure
from tests.contract.farend import Answer, Asked, FarEnd, closed_port, far_end
from tests.unit.notices.fakes import MemorySessions

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=clock.SHANGHAI)
CARD = Card("o1", "T1", {"thing1": "一" * 30, "character_string2": "123456789018"}, "pages/case/case?case_no=1")


class WeChat:
    """WeChat's side: hands out tokens, and answers sends and logins with the next errcode of a script."""

    def __init__(self) -> None:
        self.issued = 0
        self.good = ""
        self.life = 7200
        self.script: list[int] = []
        self.tokens_asked: list[bool] = []

    def play(self, asked: Asked) -> Answer:
        return 200, json.dumps(self._answer(asked)).encode()

    def _answer(self, asked: Asked) -> dict[str, Any]:
        if asked.path == "/p/cgi-bin/stable_token":
            body = json.loads(asked.body)
            assert body["grant_type"] == "client_credential"
            assert (body["appid"], body["secret"]) == ("wx1", "s1")
            self.tokens_asked.append(body["force_refresh"])
            if body["force_refresh"] or not self.good:
                self.issued += 1
                self.good = f"token-{self.issued}"
            return {"access_token": self.good, "expires_in": self.life}
        code = self.script.pop(0) if self.script else 0
        if asked.path == "/p/cgi-bin/message/subscribe/send":
            if parse_qs(asked.query)["access_token"] != [self.good]:
                return {"errcode": 40001, "errmsg": "invalid credential"}
            return {"errcode": code, "errmsg": "x", **({"msgid": 77} if not code else {})}
        assert asked.path == "/p/sns/jscode2session"
        assert "access_token" not in asked.query
        if code:
            return {"errcode": code, "errmsg": "x"}
        return {"openid": "o-" + parse_qs(asked.query)["js_code"][0], "session_key": "never"}

    def expire(self) -> None:
        """Let the token that is out be void."""
        self.issued += 1
        self.good = f"token-{self.issued}"


@pytest.fixture
def party() -> Iterator[tuple[WeChatGateway, WeChat, FarEnd, MemorySessions]]:
    wechat, sessions = WeChat(), MemorySessions()
    with far_end(wechat.play, "/p") as end:
        yield WeChatGateway({"base_url": end.url, "appid": "wx1", "secret": "s1"}, sessions), wechat, end, sessions


Party = tuple[WeChatGateway, WeChat, FarEnd, MemorySessions]


def test_sends_a_card(party: Party) -> None:
    gateway, _, end, _ = party
    assert gateway.send_card(CARD, NOW) == "77"
    assert json.loads(end.asked[-1].body) == {
        "touser": "o1",
        "template_id": "T1",
        "page": "pages/case/case?case_no=1",
        "miniprogram_state": "formal",
        "lang": "zh_CN",
        "data": {"thing1": {"value": "一" * 19 + "…"}, "character_string2": {"value": "123456789018"}},
    }
    assert "一" in end.asked[-1].body.decode()  # not escaped: WeChat counts characters


def test_one_token_serves_all_containers_until_five_minutes_before_its_end(party: Party) -> None:
    gateway, wechat, end, sessions = party
    gateway.send_card(CARD, NOW)
    other = WeChatGateway({"base_url": end.url, "appid": "wx1", "secret": "s1"}, sessions)
    other.send_card(CARD, NOW + timedelta(seconds=7200 - 301))
    assert wechat.tokens_asked == [False]
    other.send_card(CARD, NOW + timedelta(seconds=7200 - 299))
    assert wechat.tokens_asked == [False, False]


def test_a_token_about_to_end_is_used_and_not_kept(party: Party) -> None:
    gateway, wechat, _, sessions = party
    wechat.life = 300
    gateway.send_card(CARD, NOW)
    assert sessions.get("token#wechat", NOW) == (None, 0)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_bad_token_is_replaced_once(party: Party, code: int) -> None:
    gateway, wechat, _, _ = party
    gateway.send_card(CARD, NOW)
    wechat.expire()
    assert gateway.send_card(CARD, NOW) == "77"
    assert wechat.tokens_asked == [False, False]  # the normal mode had another token: nothing is forced
    wechat.script = [code, code, 0]
    with pytest.raises(PartyFault) as error:  # twice bad: later, not for ever
        gateway.send_card(CARD, NOW)
    assert error.value.code == "wechat_key"
    assert wechat.tokens_asked == [False, False, False, True]


@pytest.mark.parametrize(
    ("code", "raised", "ours"),
    [
        (43101, PartyRefused, "wechat_user_refused"),
        (40003, PartyRefused, "wechat_bad_openid"),
        (40037, PartyRefused, "wechat_bad_template"),
        (47003, PartyRefused, "wechat_bad_fields"),
        (41030, PartyRefused, "wechat_bad_page"),
        (99999, PartyRefused, "wechat_99999"),
        (-1, PartyFault, "wechat_busy"),
        (45009, PartyFault, "wechat_limited"),
    ],
)
def test_codes_of_sending(party: Party, code: int, raised: type[Exception], ours: str) -> None:
    gateway, wechat, _, _ = party
    wechat.script = [code]
    with pytest.raises((PartyRefused, PartyFault)) as error:
        gateway.send_card(CARD, NOW)
    assert type(error.value) is raised
    assert error.value.code == ours


@pytest.mark.parametrize(
    ("mode", "raised"),
    [(503, PartyFault), (429, PartyFault), (500, Unsure), ("drop", Unsure), ("garbage", Unsure), ("list", Unsure)],
)
def test_answers_that_are_none(party: Party, mode: Any, raised: type[PartyFault]) -> None:
    gateway, _, end, _ = party
    gateway.send_card(CARD, NOW)
    end.mode = mode
    with pytest.raises(PartyFault) as error:
        gateway.send_card(CARD, NOW)
    assert type(error.value) is raised


@pytest.mark.parametrize("mode", [503, 500, "drop", "garbage"])
def test_without_a_token_nothing_was_sent(party: Party, mode: Any) -> None:
    gateway, _, end, _ = party
    end.mode = mode
    with pytest.raises(PartyFault) as error:
        gateway.send_card(CARD, NOW)
    assert type(error.value) is PartyFault


def test_slow(party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "TIMEOUTS", (0.2, 0.2))
    gateway, _, end, _ = party
    gateway.send_card(CARD, NOW)
    end.late = 0.5
    with pytest.raises(Unsure):
        gateway.send_card(CARD, NOW)


def test_nobody_listens() -> None:
    gateway = WeChatGateway({"base_url": closed_port(), "appid": "wx1", "secret": "s1"}, MemorySessions())
    with pytest.raises(PartyFault) as error:
        gateway.login("c", NOW)
    assert type(error.value) is PartyFault
    assert "s1" not in str(error.value)


def test_login(party: Party) -> None:
    gateway, wechat, _, _ = party
    assert gateway.login("abc", NOW) == "o-abc"
    assert wechat.tokens_asked == []


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        (40029, Unauthenticated),
        (40163, Unauthenticated),
        (40226, Forbidden),
        (45011, TooMany),
        (-1, PartyFault),
        (40013, PartyFault),
    ],
)
def test_codes_of_login(party: Party, code: int, raised: type[Exception]) -> None:
    gateway, wechat, _, _ = party
    wechat.script = [code]
    with pytest.raises(raised):
        gateway.login("abc", NOW)


@pytest.mark.parametrize("mode", [503, 500, "drop", "garbage", "list"])
def test_login_while_wechat_is_away(party: Party, mode: Any) -> None:
    gateway, _, end, _ = party
    end.mode = mode
    with pytest.raises(PartyFault):
        gateway.login("abc", NOW)
