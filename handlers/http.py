"""What every HTTP entry point shares: reading a request, knowing who asks, answering, and saying no.

Every refusal is an RFC 9457 problem document; `guard` sees to it that a view cannot answer anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache, wraps
from pathlib import Path
from typing import Any, cast

from chalice import Chalice
from chalice.app import Request, Response, RouteEntry

from chalicelib.identity.model import Session
from chalicelib.identity.parts import identity
from chalicelib.kernel import clock, log, strict
from chalicelib.kernel.errors import AppError, Fault, Forbidden, InvalidInput, TooLarge, Unauthenticated, Unsupported
from chalicelib.kernel.schema import compiled
from chalicelib.vocabulary.roles import HANDLING, Role
from parties.wire import Inbound, Outbound

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
LARGEST = 256 * 1024  # bytes of a JSON body; files go to the bucket
JSON: dict[str, str | list[str]] = {"Content-Type": "application/json; charset=utf-8"}
PROBLEM: dict[str, str | list[str]] = {"Content-Type": "application/problem+json; charset=utf-8"}
SECURE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer of the API carries: it is kept nowhere (unless its view says so), shown in no page, and read as what it says it is."""
TYPES = "https://rongyiban.example/problems/"
_ODD = "含有不能使用的字符，请删除后重新填写"
ANY_TEXT = ["application/json", "text/xml", "application/xml", "application/x-www-form-urlencoded", "text/plain", "*/*"]


@cache
def openapi() -> dict[str, Any]:
    """The API's contract, from which requests are checked (built from docs/api/)."""
    path = Path(__file__).resolve().parent
    for folder in (path.parent, path.parent.parent):
        if (folder / "chalicelib" / "openapi.json").exists():
            document: dict[str, Any] = json.loads((folder / "chalicelib" / "openapi.json").read_text("utf-8"))
            return document
    raise FileNotFoundError("chalicelib/openapi.json is made by the build")


@cache
def _check(schema: str) -> Callable[[Any], Any]:
    components = openapi()["components"]["schemas"]
    return compiled(_inlined(components[schema], components))


def _inlined(schema: Any, components: dict[str, Any]) -> Any:
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inlined(components[schema["$ref"].rsplit("/", 1)[-1]], components)
        return {name: _inlined(part, components) for name, part in schema.items()}
    return [_inlined(part, components) for part in schema] if isinstance(schema, list) else schema


def body(request: Request, schema: str) -> dict[str, Any]:
    """Read a JSON body and check it against a schema of the API. Raises TooLarge, Unsupported, InvalidInput."""
    raw = request.raw_body or b""
    if len(raw) > LARGEST:
        raise TooLarge("内容过大，最多256KB；材料请用上传")
    try:
        text = (raw if isinstance(raw, str) else raw.decode("utf-8")) or "{}"
        data = strict.loads(text)
    except UnicodeDecodeError:
        raise Unsupported("内容编码应当是UTF-8") from None
    except ValueError:
        raise InvalidInput("内容不是正确的JSON", [Fault("body", "json", "内容不是正确的JSON")]) from None
    if not isinstance(data, dict):
        raise InvalidInput("内容应当是一个JSON对象", [Fault("body", "type", "内容应当是一个JSON对象")])
    _typed(text, data)
    checked: dict[str, Any] = _check(schema)(data)
    return checked


def token(request: Request) -> str:
    """Read the bearer token. Raises Unauthenticated without one."""
    scheme, _, given = (request.headers.get("authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        raise Unauthenticated("请先登录")
    return str(given.strip())


def session(
    request: Request, now: datetime, *kinds: str, roles: Collection[Role] = HANDLING, filing: bool = False
) -> Session:
    """Tell who asks. Raises Unauthenticated without a live bearer token, Forbidden for another kind of session, another post."""
    asked = token(request)
    found = identity().session(asked, now, filing)
    if kinds and found.kind not in kinds:
        raise Forbidden("这个登录身份不能办理此项操作")
    if found.staff and not set(roles) & set(found.roles):
        raise Forbidden("您的岗位不能办理此项操作")
    return found


def bearer(request: Request, *kinds: str, roles: Collection[Role] = HANDLING) -> Session:
    """`session` at this moment."""
    return session(request, clock.now(), *kinds, roles=roles)


def citizen(request: Request, now: datetime) -> Session:
    """Tell which citizen asks. Raises Unauthenticated, Forbidden for staff: they do not act in an applicant's place."""
    found = session(request, now)
    if found.staff:
        raise Forbidden("工作人员不能代替申请人办理此项操作，请申请人用自己的手机登录办理")
    return found


def caller(request: Request) -> str:
    """The address a request comes from, for limits of tries and for whom a phone pays by."""
    return str((request.context.get("identity") or {}).get("sourceIp") or "unknown")


def query(request: Request) -> dict[str, str]:
    """Read the query of a GET and check it against what the API's document says can be asked; an empty value is none.

    Raises InvalidInput naming what is wrong: a name there is not, too, as in a body. Passed over, a misspelt filter would be
    answered as if nobody had asked for it.
    """
    names: Any = request.query_params or {}
    given = {name: values for name in names if any(values := names.getlist(name))}
    twice = [Fault(name, "repeated", f"“{name}”只能写一次") for name, values in given.items() if len(values) > 1]
    if twice:
        raise InvalidInput("；".join(fault.message for fault in twice), twice)
    read = {name: strict.loads(_COMPACT(values[0])) for name, values in given.items()}
    asked: dict[str, str] = _asks(request.context["resourcePath"])(read)
    _typed("".join(asked.values()), asked)
    return asked


@cache
def _asks(path: str) -> Callable[[Any], Any]:
    document = openapi()
    components = document["components"]
    known = components["parameters"] | components["schemas"]
    all_of = _inlined(document["paths"][path]["get"].get("parameters", []), known)
    asked = {each["name"]: each["schema"] for each in all_of if each["in"] == "query"}
    needed = [each["name"] for each in all_of if each["in"] == "query" and each.get("required")]
    return compiled({"type": "object", "additionalProperties": False, "required": needed, "properties": asked})


def _typed(text: str, data: Any) -> None:
    """Raise InvalidInput where `data`, read from `text`, holds characters nobody types."""
    if odd := strict.odd(text, data):
        raise InvalidInput(_ODD, [Fault(place, "characters", _ODD) for place in odd])


def answer(data: Any, status: int = 200) -> Response:
    """Answer JSON in UTF-8."""
    return Response(_COMPACT(data), dict(JSON), status)


def inbound(request: Request) -> Inbound:
    """Show a request to a channel: bytes as they were signed, header names in lower case."""
    headers = {str(name).lower(): str(value) for name, value in request.headers.items()}
    raw = request.raw_body or b""
    return Inbound(
        method=request.method,
        path=request.path,
        headers=headers,
        query=dict(request.query_params or {}),
        body=raw if isinstance(raw, bytes) else raw.encode(),
    )


def outbound(answered: Outbound) -> Response:
    """Send what a channel rendered."""
    return Response(answered.body, {"Content-Type": answered.content_type}, answered.status)


def problem(error: AppError) -> Response:
    """Write an expected error as a problem document (RFC 9457)."""
    document: dict[str, Any] = {
        "type": TYPES + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
    }
    if error.fields:
        document["fields"] = [{"path": each.path, "code": each.code, "message": each.message} for each in error.fields]
    headers = dict(PROBLEM)
    if error.retryable:
        headers["Retry-After"] = "60"
    return Response(json.dumps(document, ensure_ascii=False), headers, error.status)


_SAID: dict[int, tuple[str, str]] = {
    400: ("invalid_input", "请求有误"),
    404: ("not_found", "没有这个地址"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法"),
    413: ("too_large", "内容过大"),
    415: ("unsupported_media", "内容格式不支持，请用application/json"),
    500: ("internal", "系统出了问题，请稍后再试；已经收到的申请不会丢失"),
}


def _plain(status: int) -> Response:
    """Write what no view said as a problem document; a status without words of its own speaks as 400 or 500 does."""
    code, detail = _SAID.get(status) or _SAID[500 if status >= 500 else 400]
    document = {"type": TYPES + code, "title": detail, "status": status, "code": code, "detail": detail}
    return Response(json.dumps(document, ensure_ascii=False), dict(PROBLEM), status)


def guard(app: Chalice) -> None:
    """Make every view of the app answer expected errors as problems, and the unexpected with a plain 500 and a log line.

    Every path answers HEAD as it answers GET, and OPTIONS with its methods.
    """
    for path, entries in app.routes.items():
        if get := entries.get("GET"):
            get.content_types = []  # no body whose type could be wrong
            if path.startswith("/v1/"):
                get.view_function = _held(app, get.view_function)
            entries["HEAD"] = RouteEntry(get.view_function, get.view_name, path, "HEAD")
        for entry in entries.values():
            entry.view_function = _guarded(entry.view_function)
        entries["OPTIONS"] = RouteEntry(_telling([*entries, "OPTIONS"]), "options", path, "OPTIONS")
    app.register_middleware(_finished, "http")


def _held(app: Chalice, view: Callable[..., Any]) -> Callable[..., Any]:
    """Look at the query before the view does, which may not ask for all of it, or for none."""

    @wraps(view)
    def held(*args: Any, **kwargs: Any) -> Any:
        query(cast("Request", app.current_request))
        return view(*args, **kwargs)

    return held


def _telling(methods: list[str]) -> Callable[..., Response]:
    return lambda **place: Response("", {"Allow": ", ".join(methods)}, 204)


def _guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except AppError as error:
            return problem(error)
        except Exception as fault:
            log.error("view failed", fault, view=view.__name__)
            return _plain(500)

    return guarded


def _finished(request: Request, get_response: Callable[[Any], Response]) -> Response:
    """Answer what the framework refused as a problem, HEAD without a body, and all with the headers of every answer."""
    response = get_response(request)
    if response.status_code >= 400 and isinstance(response.body, dict):
        allowed = {name: value for name, value in response.headers.items() if name == "Allow"}
        response = _plain(response.status_code)
        response.headers |= allowed
    if request.method == "HEAD":
        response.body = ""
    response.headers = {**SECURE, **response.headers}
    return response
