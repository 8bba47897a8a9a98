"""The one address of the local system: sends each request to the part that answers it, as a city's gateway would.

/v1 /channels   API Gateway of the engine
/sandbox        the far ends and the telephones
/console        web/console/dist, where built
/docs           web/docs/dist, where built: the API to read
/verify         web/verify, as it is: anybody checks a certificate
/               web/citizen/dist/h5, where built; else a page that says what is here
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.http import SECURE
from infra.packing import ROOT
from infra.pages import headers

LARGEST = 10 * 1024 * 1024  # bytes; what API Gateway takes
LONGEST = 8 * 1024  # bytes of an address; API Gateway takes 10,240 with the headers, and answers 414 by itself
AT_ONCE = 4 * (
    os.cpu_count() or 1
)  # requests in the engine: each more would start one more process of the API function
_HOP = {
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "host",
    "content-length",
    "accept-encoding",
}
_OWN = {b"content-encoding", b"date", b"server"}  # the front door's own, or undone by it
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]
PAGES = {
    "citizen": ROOT / "web" / "citizen" / "dist" / "h5",
    "console": ROOT / "web" / "console" / "dist",
    "docs": ROOT / "web" / "docs" / "dist",
    "verify": ROOT / "web" / "verify",
}
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>蓉易办 · 本地系统</title><style>body{font:17px/1.7 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
li{margin:.4rem 0}</style><h1>蓉易办</h1><p>这是在您电脑上运行的完整系统。网页端还没有构建，您可以：</p><ul>
<li><a href="/sandbox/">打开沙盒</a>：用短信、微信、电话办一件事</li>
<li><a href="/v1/services">看看能办哪些事</a>（接口）</li>
<li><a href="/docs/">接口说明</a>（<a href="/v1/openapi.json">机器读的</a>）</li></ul></html>"""


def create_app(api: str, sandbox: Starlette) -> Starlette:
    """Build the front door before the API at `api`, from whose address materials come too, and a sandbox."""
    address = httpx.URL(api)
    gate = Middleware(_Gate, files=f"{address.scheme}://{address.netloc.decode()}")

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        limits = httpx.Limits(
            max_connections=100, max_keepalive_connections=20, keepalive_expiry=2
        )  # below the engine's 5 s
        async with httpx.AsyncClient(base_url=api, timeout=35, limits=limits, trust_env=False) as client:
            app.state.client = client
            yield
        await sandbox.state.close()

    routes: list[BaseRoute] = [
        Route("/v1/{path:path}", _forward, methods=_METHODS),
        Route("/channels/{path:path}", _forward, methods=_METHODS),
        Route("/sandbox", lambda request: RedirectResponse("/sandbox/"), methods=["GET"]),
        Mount("/sandbox", sandbox),
        *_pages("console", "/console"),
        *_pages("docs", "/docs"),
        *_pages("verify", "/verify"),
        *_pages("citizen", ""),
    ]
    refusals = {404: _refused, 405: _refused}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=refusals, middleware=[gate])
    sandbox.add_exception_handler(405, _refused)
    app.state.room = asyncio.Semaphore(AT_ONCE)
    return app


class _Gate:
    """What holds whatever is asked: an address has an end, and an answer the headers of the API or of a page."""

    def __init__(self, app: ASGIApp, files: str) -> None:
        self._app, self._pages = app, headers(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        carried = SECURE if scope["path"].startswith(("/v1/", "/channels/")) else self._pages

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                for name, value in carried.items():
                    MutableHeaders(scope=message).setdefault(name, value)
            await send(message)

        fits = len(scope["raw_path"]) + len(scope["query_string"]) <= LONGEST
        await (self._app if fits else _problem(414, "地址过长", "网址过长，请核对后重试"))(scope, receive, sent)


async def _forward(request: Request) -> Response:
    """Pass a request on as it came, and the answer back as it came."""
    if int(request.headers.get("content-length") or 0) > LARGEST:
        return _problem(413, "内容过大", "内容超过10MB")
    headers = [(name, value) for name, value in request.headers.raw if name.decode("latin-1").lower() not in _HOP]
    origin = request.client.host if request.client else "127.0.0.1"
    headers += [
        (b"x-forwarded-for", origin.encode()),
        (b"x-forwarded-host", request.headers.get("host", "").encode("latin-1")),
    ]
    client: httpx.AsyncClient = request.app.state.client
    target = client.base_url.copy_with(
        raw_path=client.base_url.raw_path.rstrip(b"/") + request.scope["raw_path"] + _query(request)
    )
    try:
        content = await request.body()
        async with request.app.state.room:
            answer = await client.request(request.method, target, headers=headers, content=content)
    except httpx.TimeoutException:
        return _problem(504, "处理超时", "系统处理时间过长，请稍后再试")
    except httpx.TransportError:
        return _problem(502, "系统繁忙", "系统暂时无法应答，请稍后再试")
    response = Response(answer.content, answer.status_code)
    passed = [(name.lower(), value) for name, value in answer.headers.raw if name.lower().decode() not in _HOP]
    response.raw_headers = [(name, value) for name, value in passed if name not in _OWN]
    if request.method != "HEAD" and answer.status_code != 204:
        response.raw_headers.append((b"content-length", str(len(answer.content)).encode()))
    return response


def _query(request: Request) -> bytes:
    query: bytes = request.scope["query_string"]
    return b"?" + query if query else b""


async def _refused(request: Request, fault: Exception) -> Response:
    """Say no where no route fits (a path with a line break, TRACE), and to OPTIONS which methods there are."""
    status = fault.status_code if isinstance(fault, HTTPException) else 404
    if status == 404:
        return _problem(404, "没有这个地址", "请核对地址和请求方法")
    fit = (route for route in request.app.routes if route.matches(request.scope)[0] != Match.NONE)
    methods = {method for route in fit for method in getattr(route, "methods", None) or ()} | {"OPTIONS"}
    asked = request.method == "OPTIONS"
    answer = Response(status_code=204) if asked else _problem(405, "不支持这种请求方法", "请核对地址和请求方法")
    answer.headers["Allow"] = ", ".join(sorted(methods))
    return answer


def _problem(status: int, title: str, detail: str) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "code": "gateway", "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


def _pages(name: str, place: str) -> list[BaseRoute]:
    """The routes of a built page under `place`."""

    async def served(request: Request) -> Response:
        return _page(PAGES[name], request.path_params["path"])

    def entered(request: Request) -> Response:
        return RedirectResponse(f"{place}/{_query(request).decode('latin-1')}")

    home: list[BaseRoute] = [Route(place, entered, methods=["GET"])] if place else []
    return [*home, Route(f"{place}/{{path:path}}", served, methods=["GET"])]


def _page(folder: Path, path: str) -> Response:
    """Serve a built page; a path that is no file is a place inside the page."""
    with contextlib.suppress(OSError, ValueError):  # a name no file can have
        file = (folder / path).resolve()
        if path and file.is_file() and file.is_relative_to(folder.resolve()):
            return FileResponse(file)
    index = folder / "index.html"
    if index.is_file() and "." not in Path(path).name:
        return FileResponse(index, headers={"Cache-Control": "no-cache"})
    return HTMLResponse(_PAGE, 200 if path in ("", "index.html") else 404)


def built(name: str) -> bool:
    """Tell whether a page (`citizen`, `console`, `docs`) is built."""
    return (PAGES[name] / "index.html").is_file()
