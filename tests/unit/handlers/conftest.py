"""The API as it answers, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.test import Client

from app import app
from chalicelib.identity.model import Session
from handlers import http

Call = Callable[..., tuple[int, Any]]
"""Asks as somebody: who, method, path, and the body (None: none); returns the status and what is answered."""


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(app) as made:
        yield made


@pytest.fixture
def call(client: Client, monkeypatch: pytest.MonkeyPatch) -> Call:
    def asked(who: Session, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        monkeypatch.setattr(http, "identity", lambda: SimpleNamespace(session=lambda token, now, filing: who))
        headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
        raw = b"" if body is None else json.dumps(body).encode()
        answer = client.http.request(method, path, headers, raw)
        return answer.status_code, json.loads(answer.body)

    return asked
