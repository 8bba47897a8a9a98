"""A front door in small for trying the sandbox alone: uvicorn on a free port, the sandbox, and a product that only remembers.

`python -m tests.contract.sandbox.stack [port]` serves it with a few things in it, to look at the page.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from chalicelib.kernel.clock import now
from channels.registry import TALK
from parties.registry import CALLBACKS, PARTIES
from parties.wire import Inbound
from sandbox.app import create_app
from sandbox.registry import make_parties

GATEWAYS = tuple(name for name, party in PARTIES.items() if party.inbound)
MENU = """<?xml version="1.0" encoding="UTF-8"?>
<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml" xml:lang="zh-CN">
<var name="call" expr="'{call}'"/><var name="caller" expr="'{caller}'"/><var name="seq" expr="'{seq}'"/>
<form id="main"><field name="keys">
 <grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" mode="dtmf" root="r">
  <rule id="r"><one-of>{items}</one-of></rule></grammar>
 <prompt>{text}</prompt>
 <noinput><prompt>没有听到按键。</prompt><reprompt/></noinput><nomatch><prompt>按键不对。</prompt><reprompt/></nomatch>
 <noinput count="3"><goto next="#person"/></noinput><nomatch count="3"><goto next="#person"/></nomatch>
 <filled><submit next="vxml?key=K" method="post" namelist="call caller seq keys"/></filled>
</field></form>
<form id="person"><transfer name="agent" dest="tel:02812345001" bridge="false"><prompt>现在为您转接人工，请稍候。</prompt></transfer></form>
</vxml>"""


@dataclass
class Product:
    """What our product would be: it notes every callback and answers well, or with what `answers` says."""

    parties: dict[str, Any] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str], bytes, float]] = field(default_factory=list)
    answers: dict[str, Callable[[int], Response]] = field(default_factory=dict)

    def bodies(self, path: str) -> list[Any]:
        """Return the bodies that came to a path, JSON or forms, oldest first."""
        told = [(headers["content-type"], body.decode()) for where, headers, body, _ in self.seen if where == path]
        return [dict(parse_qsl(body)) if "form" in media else json.loads(body) for media, body in told]

    async def take(self, request: Request) -> Response:
        """Note a callback and answer it."""
        path, body = request.url.path.removeprefix("/channels"), await request.body()
        headers = dict(request.headers) | {"query": request.url.query}
        self.seen.append((path, headers, body, time.monotonic()))
        if path in self.answers:
            return self.answers[path](sum(where == path for where, *_ in self.seen))
        if path == "/wechat":
            return self._chat(dict(request.query_params), body.decode())
        if path == "/ivr/vxml":
            return self._voice(dict(parse_qsl((await request.body()).decode())))
        where = path.removeprefix("/")
        reader = TALK.get(where) or CALLBACKS[where].callbacks[where](self.parties[CALLBACKS[where].name])
        taken = reader.render(Inbound("POST", path), (), now())
        return Response(taken.body, taken.status, media_type=taken.content_type)

    def _chat(self, query: dict[str, str], body: str) -> Response:
        party = self.parties["wechat"]
        crypto = WeChatCrypto(party["token"], party["encoding_aes_key"], party["appid"])
        sealed = query.get("encrypt_type") == "aes"
        if sealed:
            body = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        message = parse_message(body)
        said = message.content if message.type == "text" else message.event
        xml = TextReply(content=f"收到：{said}", message=message).render()
        return Response(crypto.encrypt_message(xml, query["nonce"], query["timestamp"]) if sealed else xml)

    def _voice(self, form: dict[str, Any]) -> Response:
        seq, keys = int(form.get("seq", "0")), str(form.get("keys", ""))
        texts = {
            "": "您好，这里是12345政务服务热线。查询进度请按1，服务评价请按2，转人工请按0。",
            "1": "请输入12位办件编号，按井号键结束。",
        }
        text, wanted = texts.get(keys, f"您输入的是{keys}。返回请按1。"), {"": "012", "1": ""}.get(keys, "1")
        items = "".join(f"<item>{key}</item>" for key in wanted)
        if not wanted:
            digits = "".join(f"<item>{digit}</item>" for digit in range(10))
            items = f'<item repeat="12"><one-of>{digits}</one-of></item>'
        page = MENU.format(call=form["call"], caller=form["caller"], seq=seq + 1, text=text, items=items)
        return PlainTextResponse(page, media_type="application/voicexml+xml")


@dataclass
class Stack:
    """A running front door."""

    base: str
    parties: dict[str, Any]
    product: Product
    app: Starlette
    http: httpx.Client

    def party(self, name: str) -> str:
        """Return the address of a far end."""
        return f"{self.base}/sandbox/parties/{name}"

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """Drive the sandbox."""
        return self.http.post(f"/sandbox{path}", json={} if body is None else body)

    def get(self, path: str) -> Any:
        """Look at the sandbox."""
        return self.http.get(f"/sandbox{path}").json()

    def until(self, condition: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Wait until something is so and return it."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, "not in time"
            time.sleep(0.02)
        return value


def endpoints(base: str, parties: dict[str, Any]) -> dict[str, Any]:
    """Write the part of endpoints.json the sandbox uses."""
    channels = f"{base}/channels"
    sms = {name: (f"{channels}/sms/{name}", parties[name]["callback_key"]) for name in GATEWAYS}
    return {
        "api": base,
        "sms": {
            "inbound": {name: f"{place}/inbound?key={key}" for name, (place, key) in sms.items()},
            "receipt": {name: f"{place}/receipts?key={key}" for name, (place, key) in sms.items()},
        },
        "ivr": {"vxml": f"{channels}/ivr/vxml?key=K"},
    }


@contextmanager
def running(port: int = 0) -> Iterator[Stack]:
    """Serve the sandbox and the small product until the block ends."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    parties, private = make_parties(base)
    product = Product(parties)
    app = create_app(endpoints(base, parties), {**parties, **private})
    routes = [Mount("/sandbox", app), Route("/channels/{rest:path}", product.take, methods=["GET", "POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=base, trust_env=False, timeout=20) as client:
            while not server.started:
                time.sleep(0.01)
            yield Stack(base, parties, product, app, client)
    finally:
        server.should_exit = True
        thread.join(5)
        listener.close()


if __name__ == "__main__":
    from tests.contract.sandbox.scene import furnish

    with running(int(sys.argv[1]) if len(sys.argv) > 1 else 8123) as stack:
        furnish(stack)
        print(f"{stack.base}/sandbox/")
        while True:
            time.sleep(3600)
