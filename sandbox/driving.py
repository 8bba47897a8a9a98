"""The driving API: what a citizen does with her telephones, and what a tester does to the parties.

Its shape is fixed: docs/architecture.md §7 Contract with the outside.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import InvalidInput
from chalicelib.kernel.formats import mobile
from sandbox import bills
from sandbox.box import Box
from sandbox.calls import Calls
from sandbox.codes import LoginCodes
from sandbox.gateway import Gateway
from sandbox.parcels import Parcels
from sandbox.parties.wechat.chat import Chat
from sandbox.state import Bubble
from sandbox.till import Till
from sandbox.wire import name_of, read_json, text_of

Action = Callable[[Request], Awaitable[Any]]


class Driving:
    """The routes of the driving API. Each answers JSON; what it cannot take it refuses with a problem document in Chinese."""

    def __init__(
        self,
        box: Box,
        gateway: Gateway,
        codes: Mapping[str, LoginCodes],
        chat: Chat,
        till: Till,
        parcels: Parcels,
        calls: Calls,
    ) -> None:
        self.box, self.gateway, self.codes, self.chat = box, gateway, codes, chat
        self.till, self.parcels, self.calls = till, parcels, calls

    def routes(self) -> list[Route]:
        """Return the routes."""
        table: list[tuple[str, str, Action]] = [
            ("GET", "/sms/{phone}", self.thread),
            ("POST", "/sms/{phone}", self.text),
            *(("POST", f"/{app}/login", partial(self.login, app)) for app in self.codes),
            ("GET", "/wechat/{openid}", self.conversation),
            ("POST", "/wechat/{openid}", self.speak),
            ("POST", "/wechat/{openid}/refuse", self.refuse),
            ("POST", "/pay/{number}", self.paid),
            *bills.actions(self.box),
            *(("POST", f"/{courier}/{{number}}", partial(self.move, courier)) for courier in self.parcels.ends),
            ("POST", "/calls", self.dial),
            ("GET", "/calls/{call_id}", self.told),
            ("POST", "/calls/{call_id}", self.press),
            ("DELETE", "/calls/{call_id}", self.hang_up),
            ("GET", "/faults", self.faults),
            ("POST", "/faults", self.fault),
            ("GET", "/state", self.overview),
        ]
        return [Route(path, _answer(action), methods=[method]) for method, path, action in table]

    async def thread(self, request: Request) -> Any:
        """A telephone's messages, oldest first."""
        phone = _phone(request)
        return {"phone": phone, "messages": [each.wire() for each in self.box.state.phones.get(phone, [])]}

    async def text(self, request: Request) -> Any:
        """The citizen sends a message up; `?provider=tencent` takes another gateway."""
        phone, body = _phone(request), await read_json(request)
        provider = request.query_params.get("provider") or next(iter(self.gateway.carriers))
        if provider not in self.gateway.carriers:
            raise InvalidInput(f"短信网关可选 {'、'.join(self.gateway.carriers)}")
        return self.gateway.up(phone, text_of(body, "text", "短信内容", 1000), provider).wire()

    async def login(self, app: str, request: Request) -> Any:
        """What `wx.login` and its like give a mini-program."""
        body = await read_json(request)
        return {"code": self.codes[app].give(name_of(text_of(body, "openid", "小程序用户"), "openid"))}

    async def conversation(self, request: Request) -> Any:
        """A WeChat user's chat, subscribe cards and orders."""
        openid, state = name_of(request.path_params["openid"], "openid"), self.box.state
        orders = [row for row in self.till.rows() if row["openid"] in ("", openid)]
        return {
            "openid": openid,
            "messages": [each.wire() for each in state.chats.get(openid, [])],
            "cards": state.cards.get(openid, []),
            "refused": state.refused.get(openid, []),
            "orders": orders,
            "unpaid": [row for row in orders if row["trade_state"] == "NOTPAY"],
        }

    async def speak(self, request: Request) -> Any:
        """The citizen writes in the chat (`text`), or something happens there (`event`, such as `subscribe`)."""
        openid, body = name_of(request.path_params["openid"], "openid"), await read_json(request)
        mode, event = request.query_params.get("mode", "aes"), body.get("event", "")
        if mode not in ("aes", "plain"):
            raise InvalidInput("mode 可选 aes（加密）、plain（明文）")
        if event not in ("", "subscribe", "unsubscribe"):
            raise InvalidInput("event 可选 subscribe、unsubscribe")
        text = "" if event else text_of(body, "text", "消息内容")
        return {"reply": await self.chat.say(openid, text, event, mode)}

    async def refuse(self, request: Request) -> Any:
        """The citizen refuses subscribe messages: `{"all": true}`, `{"template": id}`; `{"all": false}` allows them again."""
        openid, body = name_of(request.path_params["openid"], "openid"), await read_json(request)
        everything = body.get("all")
        if everything is None:
            template = text_of(body, "template", "模板编号", 64)
            known = self.box.state.refused.get(openid, [])
            self.box.state.refused[openid] = sorted({*known, template})
        elif isinstance(everything, bool):
            self.box.state.refused[openid] = ["*"] if everything else []
        else:
            raise InvalidInput("all 应为 true 或 false")
        return {"refused": self.box.state.refused[openid]}

    async def paid(self, request: Request) -> Any:
        """The citizen pays an order; the notice follows."""
        body = await read_json(request)
        openid = str(body.get("openid") or "")
        return {
            "trade_state": self.till.pay(request.path_params["number"], name_of(openid, "openid") if openid else "")
        }

    async def move(self, courier: str, request: Request) -> Any:
        """Something happens to a courier's parcel; the push follows."""
        number, body = request.path_params["number"], await read_json(request)
        return {"waybill": number, "track": self.parcels.act(courier, number, body.get("action"))}

    async def dial(self, request: Request) -> Any:
        """Call 12345."""
        return await self.calls.dial((await read_json(request)).get("caller"))

    async def told(self, request: Request) -> Any:
        """A call with what was said and keyed so far."""
        return self.calls.told(request.path_params["call_id"])

    async def press(self, request: Request) -> Any:
        """Press keys in a call."""
        return await self.calls.press(request.path_params["call_id"], (await read_json(request)).get("keys"))

    async def hang_up(self, request: Request) -> Any:
        """Hang up."""
        return await self.calls.hang_up(request.path_params["call_id"])

    async def faults(self, request: Request) -> Any:
        """The faults in force, and those that can be made."""
        can = [asdict(each) for each in self.box.faults.breakable.values()]
        return {"faults": self.box.faults.list(), "parties": can}

    async def fault(self, request: Request) -> Any:
        """Make or clear a fault."""
        self.box.faults.put(await read_json(request))
        return {"faults": self.box.faults.list()}

    async def overview(self, request: Request) -> Any:
        """What the page lists."""
        state = self.box.state
        return {
            "now": iso(now()),
            "phones": _latest("phone", state.phones),
            "wechat": _latest("openid", {**{openid: [] for openid in state.cards}, **state.chats}),
            "orders": [row for row in self.till.rows() if row["trade_state"] == "NOTPAY"],
            "waybills": self.parcels.rows(),
            "calls": self.calls.recent(),
            "faults": self.box.faults.list(),
        }


def _latest(name: str, threads: dict[str, list[Bubble]]) -> list[dict[str, Any]]:
    rows = [
        {name: key, "count": len(rows), "at": rows[-1].at if rows else "", "last": rows[-1].text if rows else ""}
        for key, rows in threads.items()
    ]
    return sorted(rows, key=lambda row: str(row["at"]), reverse=True)


def _phone(request: Request) -> str:
    phone = str(request.path_params["phone"])
    if not mobile(phone):
        raise InvalidInput("手机号应为 11 位数字，以 13 到 19 开头")
    return phone


def _answer(action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return JSONResponse(await action(request))

    return endpoint
