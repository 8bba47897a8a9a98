"""WeChat's server API, through wechatpy 1.8.18, wrapped.

What is wrapped away: wechatpy's token is never used (it asks /cgi-bin/token, trusts a stored token for ever and retries without
bound); every call here is given a token from `stable_token`, kept in the table of expiring things so that all containers share
it, and in memory so that the table is not read for every card. A token is asked for anew when less than five minutes of it are
left; two containers may do so at once, since `stable_token` answers both alike.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from chalicelib.kernel.expiring import Expiring
from parties import http
from parties.base import Settings

BAD_TOKEN = frozenset({40001, 40014, 42001})
MARGIN = 300  # seconds: `stable_token` renews five minutes ahead, old and new both hold for that long
_KEPT = "token#wechat"


class WeChatApi:
    """Call WeChat's server API for one app. `tokens` is where the access token lies."""

    def __init__(self, settings: Settings, tokens: Expiring) -> None:
        self._settings, self._tokens = settings, tokens
        self._base = str(settings["base_url"]).rstrip("/")
        self._client: Any = None
        self._held, self._held_until = "", 0

    def post(self, path: str, body: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Post with the access token; once more with a fresh one if WeChat says it is bad."""
        token = self._token(now)
        try:
            return self.call("post", path, params={"access_token": token}, data=body)
        except Said as said:
            if said.errcode not in BAD_TOKEN:
                raise
        return self.call("post", path, params={"access_token": self._token(now, bad=token)}, data=body)

    def _token(self, now: datetime, bad: str = "") -> str:
        """Return an access token other than `bad`: the kept one, else a fetched one, else a forced one (20 a day, no more)."""
        if self._held != bad and clock.epoch(now) < self._held_until:
            return self._held
        kept, _ = self._tokens.get(_KEPT, now)
        if kept and kept["token"] != bad:
            self._held, self._held_until = str(kept["token"]), int(kept.get("until", 0))
            return self._held
        token = self._fetch(now, force=False)
        return self._fetch(now, force=True) if token == bad else token

    def _fetch(self, now: datetime, *, force: bool) -> str:
        asked = {
            "grant_type": "client_credential",
            "appid": self._settings["appid"],
            "secret": self._settings["secret"],
            "force_refresh": force,
        }
        try:
            answer = self.call("post", "/cgi-bin/stable_token", params={"access_token": None}, data=asked)
            token, life = str(answer["access_token"]), int(answer["expires_in"])
        except (Said, Unsure, KeyError, ValueError):
            raise PartyFault(code="wechat_token") from None  # nothing was sent to anybody
        if life > MARGIN:
            self._held, self._held_until = token, clock.epoch(now) + life - MARGIN
            self._tokens.put(_KEPT, {"token": token, "until": self._held_until}, life - MARGIN, now)
        return token

    def call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """Make one request. Raises Said, PartyFault, Unsure; a 429 or 503 was not taken up, any other 5xx may have been."""
        import requests
        from wechatpy.exceptions import WeChatClientException

        try:
            answer = getattr(self._wechatpy(), method)(self._base + path, **arguments)
        except WeChatClientException as error:
            if error.errcode is not None:
                raise Said(int(error.errcode)) from None
            status = error.response.status_code if error.response is not None else 0
            raise (PartyFault(code="party_busy") if status in (429, 503) else Unsure()) from None
        except requests.RequestException as error:
            raise http.fault(error) from None
        except (ValueError, TypeError):
            raise Unsure() from None
        if not isinstance(answer, dict):
            raise Unsure()
        return answer

    def _wechatpy(self) -> Any:
        if self._client is None:
            from wechatpy import WeChatClient

            self._client = WeChatClient(
                self._settings["appid"], self._settings["secret"], timeout=http.TIMEOUTS, auto_retry=False
            )
            self._client.API_BASE_URL = f"{self._base}/cgi-bin/"
            self._client._http.headers["Connection"] = "close"  # see http.post
        return self._client


class Said(PartyRefused):
    """WeChat answered with an errcode other than 0."""

    def __init__(self, errcode: int) -> None:
        super().__init__(code=f"wechat_{errcode}")
        self.errcode = errcode
