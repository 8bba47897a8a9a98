"""Small things every far end needs: reading a body, saying no, waiting in scaled time."""

from __future__ import annotations

import asyncio
import json
import os
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from chalicelib.kernel.errors import AppError, InvalidInput, TooLarge

LIMIT = 1_000_000  # bytes of a request body
_NAME = re.compile(r"[0-9A-Za-z_-]{1,64}")


def scaled(seconds: float) -> float:
    """Shrink a party's real waiting time by `SANDBOX_TIME_SCALE` (1 = real time, 0.01 = a hundred times faster)."""
    return seconds * float(os.environ.get("SANDBOX_TIME_SCALE", "1"))


async def pause(seconds: float) -> None:
    """Wait a party's real waiting time, scaled."""
    await asyncio.sleep(scaled(seconds))


async def read_body(request: Request) -> bytes:
    """Read a body of at most `LIMIT` bytes. Raises TooLarge."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise TooLarge("内容超过 1 MB")
    return body


def to_object(body: bytes) -> dict[str, Any]:
    """Read a JSON object. Raises InvalidInput for anything else."""
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise InvalidInput("请求内容不是有效的 JSON") from error
    if not isinstance(value, dict):
        raise InvalidInput("请求内容应为 JSON 对象")
    return value


async def read_json(request: Request) -> dict[str, Any]:
    """Read the request's JSON object. Raises InvalidInput, TooLarge."""
    return to_object(await read_body(request))


def text_of(body: dict[str, Any], name: str, label: str, limit: int = 2000) -> str:
    """Take a non-empty text field of a driving request. Raises InvalidInput naming it in Chinese."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"请填写{label}（{name}，文字）")
    if len(value) > limit:
        raise InvalidInput(f"{label}不能超过 {limit} 个字")
    return value


def name_of(text: str, label: str) -> str:
    """Check an outside name such as an openid: letters, digits, `_` and `-`, at most 64. Raises InvalidInput."""
    if not _NAME.fullmatch(text):
        raise InvalidInput(f"{label}只能用字母、数字、下划线和短横线，最多 64 位")
    return text


def problem(error: AppError) -> Response:
    """Turn an expected error of the driving API into an RFC 9457 document."""
    body = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
    }
    return JSONResponse(body, status_code=error.status, media_type="application/problem+json")
