"""Signing in by the mini-program (wx.login → code2Session)."""

from __future__ import annotations

from datetime import datetime

from chalicelib.kernel.errors import Forbidden, PartyFault, TooMany, Unauthenticated
from parties.base import Settings
from parties.wechat.api import Said, WeChatApi

LOGIN_CODES: dict[int, type[Unauthenticated] | type[Forbidden] | type[TooMany]] = {
    40029: Unauthenticated,  # no such code, or five minutes old
    40163: Unauthenticated,  # used before
    40226: Forbidden,  # WeChat holds the user for high-risk
    45011: TooMany,
}


class Login:
    """Sign in users of one app."""

    def __init__(self, api: WeChatApi, settings: Settings) -> None:
        self._api, self._settings = api, settings

    def login(self, code: str, now: datetime) -> str:
        """Return the openid a login code stands for (code2Session); the session key goes no further.

        Raises Unauthenticated for a code that is unknown, used or old, TooMany, Forbidden, PartyFault.
        """
        asked = {
            "appid": self._settings["appid"],
            "secret": self._settings["secret"],
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            answer = self._api.call("get", "/sns/jscode2session", params={**asked, "access_token": None})
        except Said as said:
            error = LOGIN_CODES.get(said.errcode)
            if error is None:
                raise PartyFault("微信暂时没有回应，请稍后再试", code="app_busy") from None
            raise error("微信登录没有成功，请重新进入小程序再试", code="app_login") from None
        openid = answer.get("openid")
        if not isinstance(openid, str) or not openid:
            raise PartyFault("微信暂时没有回应，请稍后再试", code="app_busy")
        return openid
