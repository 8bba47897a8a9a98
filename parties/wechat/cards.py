"""Subscribe messages (订阅消息): cards WeChat carries to who allowed them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.notices.model import Card
from chalicelib.vocabulary.channels import SessionKind
from parties import http
from parties.base import Settings
from parties.wechat.api import Said, WeChatApi

SEND_CODES = {
    "40003": "no bad_openid",
    "40037": "no bad_template",
    "41030": "no bad_page",
    "43101": "no user_refused",
    "43107": "no user_refused",
    "47003": "no bad_fields",
    "-1": "later busy",
    "45009": "later limited",
    "45011": "later limited",
    "40001": "later key",
    "40014": "later key",
    "42001": "later key",
}
"""A code nobody knows is a no: the SMS goes out instead."""

_LIMITS = {
    "thing": 20,
    "character_string": 32,
    "phrase": 5,
    "name": 10,
    "number": 32,
    "letter": 32,
    "symbol": 5,
    "amount": 12,
}
_ONLY = {
    "character_string": re.compile(r"[^\x21-\x7e]"),
    "phrase": re.compile(r"[^\u4e00-\u9fff]"),
    "number": re.compile(r"[^0-9.]"),
    "letter": re.compile(r"[^A-Za-z]"),
    "amount": re.compile(r"[^0-9.,¥￥$元]"),
}


class Cards:
    """Carry cards for one app."""

    name = "wechat"
    app: SessionKind = "wechat"

    def __init__(self, api: WeChatApi, settings: Settings) -> None:
        self._api, self._settings = api, settings
        self.page = str(settings.get("page", ""))

    def template(self, event: str) -> Mapping[str, Any] | None:
        """Return the template the city has for an event."""
        found: Mapping[str, Any] | None = self._settings.get("templates", {}).get(event)
        return found

    def send_card(self, card: Card, now: datetime) -> str:
        """Send one subscribe message (订阅消息). Raises PartyRefused with our code (`wechat_user_refused` …), PartyFault, Unsure."""
        body = {
            "touser": card.user,
            "template_id": card.template_id,
            "page": card.page,
            "miniprogram_state": self._settings.get("miniprogram_state", "formal"),
            "lang": "zh_CN",
            "data": {name: {"value": fit(name, value)} for name, value in card.fields.items()},
        }
        try:
            answer = self._api.post("/cgi-bin/message/subscribe/send", body, now)
        except Said as said:
            raise http.refuse(str(said.errcode), SEND_CODES, self.name, f"no {said.errcode}") from None
        return str(answer.get("msgid", ""))


def fit(name: str, value: str) -> str:
    """Fit a value to its field's type (docs/domain.md §4.3 订阅消息): `thing5` takes 20 characters, `phrase3` five Chinese ones."""
    kind = name.rstrip("0123456789")
    text = _ONLY[kind].sub("", value) if kind in _ONLY else "".join(char for char in value if char.isprintable())
    limit = _LIMITS.get(kind)
    if limit and len(text) > limit:
        text = text[: limit - 1] + "…" if kind == "thing" else text[:limit]
    return text or ("无" if kind in ("thing", "phrase", "name") else "0" if kind in ("number", "amount") else "-")
