"""WeChat, through wechatpy 1.8.18, wrapped.

What is wrapped away (domain notes §0.5, §4.6): wechatpy's token is never used (it asks /cgi-bin/token, trusts a stored token for
ever and retries without bound); every call here is given a token from `stable_token`, kept in the sessions table so that all
containers share it. A token is asked for anew when less than five minutes of it are left; two containers may do so at once, since
`stable_token` answers both alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.errors import Forbidden, PartyFault, PartyRefused, TooMany, Unauthenticated
from chalicelib.notices.model import Card, Unsure
from chalicelib.notices.providers import base

BAD_TOKEN = frozenset({40001, 40014, 42001})
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
LOGIN_CODES: dict[int, type[Unauthenticated] | type[Forbidden] | type[TooMany]] = {
    40029: Unauthenticated,  # no such code, or five minutes old
    40163: Unauthenticated,  # used before
    40226: Forbidden,  # WeChat holds the user for high-risk
    45011: TooMany,
}
MARGIN = 300  # seconds: `stable_token` renews five minutes ahead, old and new both hold for that long
_KEPT = "token#wechat"

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


class TokenStore(Protocol):
    """Where the access token lies; `kernel.sessions.Sessions` in the product."""

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]: ...
    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None: ...


class WeChatGateway:
    """Call WeChat's server API. `config` is `party("wechat")`."""

    def __init__(self, config: Mapping[str, Any], tokens: TokenStore) -> None:
        self._config, self._tokens = config, tokens
        self._base = str(config["base_url"]).rstrip("/")
        self._client: Any = None

    def send_card(self, card: Card, now: datetime) -> str:
        """Send one subscribe message (订阅消息). Raises PartyRefused with our code (`wechat_user_refused` …), PartyFault, Unsure."""
        body = {
            "touser": card.openid,
            "template_id": card.template_id,
            "page": card.page,
            "miniprogram_state": self._config.get("miniprogram_state", "formal"),
            "lang": "zh_CN",
            "data": {name: {"value": fit(name, value)} for name, value in card.fields.items()},
        }
        try:
            answer = self._with_token("/cgi-bin/message/subscribe/send", body, now)
        except _Said as said:
            raise base.refuse(str(said.errcode), SEND_CODES, "wechat", f"no {said.errcode}") from None
        return str(answer.get("msgid", ""))

    def login(self, code: str, now: datetime) -> str:
        """Return the openid a login code stands for (code2Session); the session key goes no further.

        Raises Unauthenticated for a code that is unknown, used or old, TooMany, Forbidden, PartyFault.
        """
        asked = {
            "appid": self._config["appid"],
            "secret": self._config["secret"],
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            answer = self._call("get", "/sns/jscode2session", params={**asked, "access_token": None})
        except _Said as said:
            error = LOGIN_CODES.get(said.errcode)
            if error is None:
                raise PartyFault("微信暂时没有回应，请稍后再试", code="wechat_busy") from None
            raise error("微信登录没有成功，请重新进入小程序再试", code="wechat_login") from None
        openid = answer.get("openid")
        if not isinstance(openid, str) or not openid:
            raise PartyFault("微信暂时没有回应，请稍后再试", code="wechat_busy")
        return openid

    def _with_token(self, path: str, body: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Post with the access token; once more with a fresh one if WeChat says it is bad."""
        token = self._token(now)
        try:
            return self._call("post", path, params={"access_token": token}, data=body)
        except _Said as said:
            if said.errcode not in BAD_TOKEN:
                raise
        return self._call("post", path, params={"access_token": self._token(now, bad=token)}, data=body)

    def _token(self, now: datetime, bad: str = "") -> str:
        """Return an access token other than `bad`: the kept one, else a fetched one, else a forced one (20 a day, no more)."""
        kept, _ = self._tokens.get(_KEPT, now)
        if kept and kept["token"] != bad:
            return str(kept["token"])
        token = self._fetch(now, force=False)
        return self._fetch(now, force=True) if token == bad else token

    def _fetch(self, now: datetime, *, force: bool) -> str:
        asked = {
            "grant_type": "client_credential",
            "appid": self._config["appid"],
            "secret": self._config["secret"],
            "force_refresh": force,
        }
        try:
            answer = self._call("post", "/cgi-bin/stable_token", params={"access_token": None}, data=asked)
            token, life = str(answer["access_token"]), int(answer["expires_in"])
        except (_Said, Unsure, KeyError, ValueError):
            raise PartyFault(code="wechat_token") from None  # nothing was sent to anybody
        if life > MARGIN:
            self._tokens.put(_KEPT, {"token": token}, life - MARGIN, now)
        return token

    def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """Make one request. Raises _Said, PartyFault, Unsure; a 429 or 503 was not taken up, any other 5xx may have been."""
        import requests
        from wechatpy.exceptions import WeChatClientException

        try:
            answer = getattr(self._wechatpy(), method)(self._base + path, **arguments)
        except WeChatClientException as error:
            if error.errcode is not None:
                raise _Said(int(error.errcode)) from None
            status = error.response.status_code if error.response is not None else 0
            raise (PartyFault(code="party_busy") if status in (429, 503) else Unsure()) from None
        except requests.RequestException as error:
            raise base.fault(error) from None
        except (ValueError, TypeError):
            raise Unsure() from None
        if not isinstance(answer, dict):
            raise Unsure()
        return answer

    def _wechatpy(self) -> Any:
        if self._client is None:
            from wechatpy import WeChatClient

            self._client = WeChatClient(
                self._config["appid"], self._config["secret"], timeout=base.TIMEOUTS, auto_retry=False
            )
            self._client.API_BASE_URL = f"{self._base}/cgi-bin/"
            self._client._http.headers["Connection"] = "close"  # see base.post
        return self._client


class _Said(PartyRefused):
    """WeChat answered with an errcode other than 0."""

    def __init__(self, errcode: int) -> None:
        super().__init__(code=f"wechat_{errcode}")
        self.errcode = errcode


def fit(name: str, value: str) -> str:
    """Fit a value to its field's type (domain notes §4.3): `thing5` takes 20 characters, `phrase3` five Chinese ones, and so on."""
    kind = name.rstrip("0123456789")
    text = _ONLY[kind].sub("", value) if kind in _ONLY else "".join(char for char in value if char.isprintable())
    limit = _LIMITS.get(kind)
    if limit and len(text) > limit:
        text = text[: limit - 1] + "…" if kind == "thing" else text[:limit]
    return text or ("无" if kind in ("thing", "phrase", "name") else "0" if kind in ("number", "amount") else "-")
