"""WeChat's server side, as our product calls it: login codes, the stable access token, subscribe messages.

Errors are WeChat's own: HTTP 200 with `errcode` and `errmsg` (docs/domain.md §4.1 登录, §4.2 access_token, §4.3 订阅消息).
"""

from __future__ import annotations

import base64
import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import AppError
from sandbox.box import Box
from sandbox.codes import LoginCodes
from sandbox.parties.wechat import subscribe
from sandbox.wire import read_json

_TOKEN_SECONDS, _MARGIN = 7200, 300
_OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LABELS = {
    "case_no": "办件编号",
    "service_name": "事项名称",
    "status_name": "办理状态",
    "at": "更新时间",
    "note": "温馨提示",
}


def _say(code: int, message: str) -> Response:
    return JSONResponse({"errcode": code, "errmsg": f"{message} rid: {secrets.token_hex(4)}"})


def _busy() -> Response:
    return _say(-1, "system error")


class WeChat:
    """The endpoints below `/parties/wechat`."""

    name = "wechat"

    def __init__(self, box: Box) -> None:
        self.box = box
        self.codes = LoginCodes(lambda: box.clock())
        self._tokens: dict[str, float] = {}

    def routes(self) -> list[Route]:
        """Return the routes, each struck by the faults of party `wechat`."""
        table = {
            "/sns/jscode2session": ("GET", self.session),
            "/cgi-bin/stable_token": ("POST", self.stable_token),
            "/cgi-bin/message/subscribe/send": ("POST", self.send),
        }
        return [
            Route(f"/parties/wechat{path}", self.box.faults.guard("wechat", endpoint, _busy), methods=[method])
            for path, (method, endpoint) in table.items()
        ]

    def _wrong_app(self, given: Any) -> Response | None:
        party = self.box.parties["wechat"]
        if given.get("appid") != party["appid"]:
            return _say(40013, "invalid appid")
        return None if given.get("secret") == party["secret"] else _say(40125, "invalid appsecret")

    async def session(self, request: Request) -> Response:
        """Answer `jscode2session`."""
        query = request.query_params
        if wrong := self._wrong_app(query):
            return wrong
        if query.get("grant_type") != "authorization_code":
            return _say(40002, "invalid grant_type")
        openid = self.codes.spend(query.get("js_code", ""))
        if not openid:
            return _say(40029, "invalid code")
        return JSONResponse({"openid": openid, "session_key": base64.b64encode(secrets.token_bytes(16)).decode()})

    async def stable_token(self, request: Request) -> Response:
        """Answer `stable_token`: the same token until five minutes before its end, a fresh one then or when forced."""
        try:
            body = await read_json(request)
        except AppError:
            return _say(47001, "data format error")
        if wrong := self._wrong_app(body):
            return wrong
        if body.get("grant_type") != "client_credential":
            return _say(40002, "invalid grant_type")
        moment = self.box.clock()
        fresh = [token for token, until in self._tokens.items() if until - moment > _MARGIN]
        if body.get("force_refresh") is True:
            self._tokens, fresh = {}, []
        if not fresh:
            fresh = [secrets.token_urlsafe(100)]
            self._tokens[fresh[0]] = moment + _TOKEN_SECONDS
        return JSONResponse({"access_token": fresh[-1], "expires_in": int(self._tokens[fresh[-1]] - moment)})

    async def send(self, request: Request) -> Response:
        """Answer a subscribe message send, and put its card in the citizen's chat."""
        until = self._tokens.get(request.query_params.get("access_token", ""))
        if until is None:
            return _say(40001, "invalid credential, access_token is invalid or not latest")
        if until <= self.box.clock():
            return _say(42001, "access_token expired")
        try:
            body = await read_json(request)
        except AppError:
            return _say(47001, "data format error")
        return self._card(body)

    def _card(self, body: dict[str, Any]) -> Response:
        openid, template_id = body.get("touser"), body.get("template_id")
        if not isinstance(openid, str) or not _OPENID.fullmatch(openid):
            return _say(40003, "invalid openid")
        templates: dict[str, Any] = self.box.parties["wechat"]["templates"]
        template = next((row for row in templates.values() if row["id"] == template_id), None)
        if template is None:
            return _say(40037, "invalid template_id")
        if body.get("miniprogram_state", "formal") not in ("developer", "trial", "formal"):
            return _say(47003, "argument invalid! miniprogram_state invalid")
        if wrong := subscribe.fault(template["fields"], body.get("data")):
            return _say(47003, wrong)
        if {"*", template_id} & set(self.box.state.refused.get(openid, [])):
            return _say(43101, "user refuse to accept the msg")
        self._keep(openid, template, body)
        return JSONResponse({"errcode": 0, "errmsg": "ok", "msgid": secrets.randbelow(9 * 10**18) + 10**18})

    def _keep(self, openid: str, template: dict[str, Any], body: dict[str, Any]) -> None:
        fields = [
            {"key": key, "label": _LABELS.get(source.strip("{}"), "说明"), "value": body["data"][key]["value"]}
            for key, source in template["fields"].items()
        ]
        card = {
            "at": iso(now()),
            "template_id": template["id"],
            "title": template.get("title", "政务服务办理进度提醒"),
            "fields": fields,
            "page": str(body.get("page", "")),
        }
        self.box.state.cards.setdefault(openid, []).append(card)
