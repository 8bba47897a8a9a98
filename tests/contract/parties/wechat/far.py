"""WeChat's side of the wire: hands out tokens, and answers sends and logins with the next errcode of a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from chalicelib.kernel import clock
from chalicelib.notices.model import Card
from parties.wechat.api import WeChatApi
from parties.wechat.cards import Cards
from parties.wechat.login import Login
from tests.contract.farend import Answer, Asked, FarEnd, far_end
from tests.unit.memory import MemoryExpiring

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=clock.SHANGHAI)
CARD = Card("o1", "T1", {"thing1": "一" * 30, "character_string2": "123456789018"}, "pages/case/case?case_no=1")
SETTINGS = {"appid": "wx1", "secret": "s1"}


class WeChat:
    """WeChat's server."""

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


@dataclass
class Wire:
    """Both ends: WeChat, what it was asked, and our clients of it over one table of tokens."""

    end: FarEnd
    wechat: WeChat
    tokens: MemoryExpiring = field(default_factory=MemoryExpiring)

    def __post_init__(self) -> None:
        self.cards, self.login = self.container()

    def container(self) -> tuple[Cards, Login]:
        """Make the clients as one more container would."""
        settings = {**SETTINGS, "base_url": self.end.url}
        api = WeChatApi(settings, self.tokens)
        return Cards(api, settings), Login(api, settings)


@contextmanager
def connected() -> Iterator[Wire]:
    """Serve WeChat for the length of a `with`."""
    wechat = WeChat()
    with far_end(wechat.play, "/p") as end:
        yield Wire(end, wechat)
