"""A callback on the wire, and what is checked of it before a word of it is believed. Plain values; no Chalice here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from chalicelib.kernel import clock, strict
from chalicelib.kernel.errors import InvalidInput, TooLarge, Unauthenticated, Unsupported

JSON = "application/json; charset=utf-8"
FIELDS = 100  # of a form
LIMIT = 64 * 1024  # bytes; the longest callback of any vendor here is a batch of text messages of a few kB


@dataclass(frozen=True)
class Inbound:
    """An HTTP request. Header names are lower case; `body` is the bytes that were signed."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Outbound:
    """What goes back on the wire."""

    status: int
    body: str
    content_type: str


def same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time; an empty expectation is never met."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def check_key(inbound: Inbound, expected: str) -> None:
    """Check the callback key in the URL, for vendors who sign nothing. Raises Unauthenticated."""
    if not same(inbound.query.get("key", ""), expected):
        raise Unauthenticated("回调密钥不正确", code="bad_key")


def check_fresh(stamp: datetime, now: datetime, *, past: int, ahead: int) -> None:
    """Check that `stamp` is at most `past` seconds old and `ahead` seconds early. Raises Unauthenticated."""
    if not -ahead <= (now - stamp).total_seconds() <= past:
        raise Unauthenticated("消息已过期", code="stale")


def moment(seconds: Any) -> datetime:
    """Read a Unix time in seconds. Raises InvalidInput."""
    try:
        return datetime.fromtimestamp(int(seconds), clock.SHANGHAI)
    except (ValueError, TypeError, OverflowError, OSError):
        raise InvalidInput("时间戳不正确", code="bad_time") from None


def stamp(value: Any) -> datetime:
    """Read `YYYY-MM-DD hh:mm:ss` of Beijing, or ISO 8601 with its zone. Raises InvalidInput."""
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidInput("时间格式不正确", code="bad_time") from None
    return read.replace(tzinfo=clock.SHANGHAI) if read.tzinfo is None else read


def text(inbound: Inbound) -> str:
    """Return the body as text. Raises TooLarge, Unsupported (not UTF-8), InvalidInput (empty)."""
    if len(inbound.body) > LIMIT:
        raise TooLarge("内容超过64KB")
    try:
        body = inbound.body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unsupported("请使用UTF-8编码", code="bad_encoding") from None
    if not body.strip():
        raise InvalidInput("内容为空", code="empty")
    return body


def parsed(inbound: Inbound) -> Any:
    """Return the body as JSON, without characters nobody types. Raises what `text` raises, and InvalidInput for what is no JSON."""
    try:
        return strict.plain(strict.loads(text(inbound)))
    except ValueError:
        raise InvalidInput("不是有效的JSON", code="bad_json") from None


def form(inbound: Inbound) -> dict[str, str]:
    """Return the body as a form, the last of each name. Raises what `text` raises, and InvalidInput for what is no form."""
    try:
        fields = parse_qs(text(inbound), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        raise InvalidInput("不是有效的表单", code="bad_message") from None
    return {name: str(strict.plain(values[-1])) for name, values in fields.items()}
