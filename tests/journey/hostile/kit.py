"""Sending what must be refused, and telling whether it was refused well.

A refusal of the API is a 4xx problem document in Chinese that names the field; no 5xx, no trace, no personal data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import httpx

from tests.journey.city import City

PHONE, STRANGER = "13800060001", "13800060002"
NAME = "欧阳不可见"
JSON = "application/json"
AT_ONCE = 6


class Try(NamedTuple):
    """One request that must be refused."""

    path: str
    token: str = ""
    name: str = ""
    more: dict[str, Any] = {"content": b"{}"}  # noqa: RUF012
    method: str = "POST"


def send(city: City, method: str, path: str, token: str = "", **more: Any) -> httpx.Response:
    headers = {"Content-Type": JSON} | more.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    return city.http.request(method, path, headers=headers, **more)


def fault(answer: httpx.Response) -> str:
    """Tell what is wrong with a refusal; empty if nothing is."""
    wrong = [] if 400 <= answer.status_code < 500 else [f"status {answer.status_code}"]
    if answer.elapsed.total_seconds() > 10:
        wrong.append(f"{answer.elapsed.total_seconds():.0f} s")
    if "Traceback" in answer.text or '.py"' in answer.text:
        wrong.append("a trace")
    if answer.request.url.path.startswith("/v1/") and not wrong and answer.request.method != "HEAD":
        if (
            "application/problem+json" not in answer.headers["content-type"]
            or answer.json()["status"] != answer.status_code
        ):
            wrong.append("no problem document")
        elif not re.search("[\u4e00-\u9fff]", answer.json()["detail"]):
            wrong.append("no Chinese")
    return ", ".join(wrong) and f"{', '.join(wrong)}: {answer.text[:200]}"


def all_refused(city: City, tries: Iterable[Try]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [(each, pool.submit(send, city, each.method, each.path, each.token, **each.more)) for each in tries]
    found = [(each, fault(answer.result())) for each, answer in answers]
    wrong = [f"{each.method} {each.path[:70]} {each.name}: {why}" for each, why in found if why]
    assert answers and not wrong, "\n".join(wrong)


def at_once(count: int, act: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))
