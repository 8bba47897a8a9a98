"""Which posts each route lets in: what it does not name, it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.test import Client

from app import app
from chalicelib.identity.model import Session
from chalicelib.vocabulary.roles import HANDLING, Role
from handlers import http

GUARDED = [
    (path, method.upper())
    for path, methods in http.openapi()["paths"].items()
    for method, operation in methods.items()
    if operation.get("security") and {} not in operation["security"]
]
EVERYBODY = {*Role, "nobody"}
NAMED: dict[tuple[str, str], set[Any]] = {
    ("/v1/staff/board", "GET"): {Role.SUPERVISOR},
    ("/v1/staff/postage", "GET"): {Role.SUPERVISOR},
    ("/v1/cases/{case_no}/delivery", "POST"): {Role.CLERK},
    ("/v1/staff/certificates/{number}/revocation", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/certificates/{number}/revocation/preview", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/certificates/{number}/reissue", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/cases/{case_no}/voiding", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/cases/{case_no}/revising", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/cases/{case_no}/refund", "POST"): {Role.SUPERVISOR},
    ("/v1/staff/ledger", "GET"): {Role.ACCOUNTANT},
    ("/v1/staff/ledger/{gap_id}/settlement", "POST"): {Role.ACCOUNTANT},
    ("/v1/applications", "POST"): {Role.CLERK},
    ("/v1/cases/{case_no}/supplement", "POST"): {Role.CLERK},
    ("/v1/materials", "POST"): {Role.CLERK},
    ("/v1/sessions/current", "DELETE"): EVERYBODY,
}
"""The routes that name their roles."""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The app, where a token says its bearer's role."""
    people = SimpleNamespace(
        session=lambda token, now, filing: Session("staff:a", "staff", "某人", (token,), "mzj", "510100"),
        end=lambda token, now: None,
    )
    monkeypatch.setattr(http, "identity", lambda: people)
    with Client(app) as made:
        yield made


def refused(client: Client, path: str, method: str, role: str) -> bool:
    headers = {"Authorization": f"Bearer {role}", "Content-Type": "application/json", "Idempotency-Key": "k"}
    answer = client.http.request(
        method, path.replace("{", "").replace("}", ""), headers, b"" if method == "GET" else b"{}"
    )
    return answer.status_code == 403 and "岗位" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize(("path", "method"), GUARDED)
@pytest.mark.parametrize("role", [*sorted(set(Role) - HANDLING), "nobody"])
def test_a_route_that_does_not_name_a_post_refuses_it(client: Client, path: str, method: str, role: str) -> None:
    assert refused(client, path, method, role) == (role not in NAMED.get((path, method), ()))


@pytest.mark.parametrize(("path", "method"), NAMED)
@pytest.mark.parametrize("role", sorted(HANDLING))
def test_a_route_that_names_posts_lets_in_no_other(client: Client, path: str, method: str, role: Role) -> None:
    assert refused(client, path, method, role) == (role not in NAMED[path, method])
