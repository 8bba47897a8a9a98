"""Which methods every path of the app answers, and how."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from chalice.test import Client

from app import app

READ = [path for path, entries in app.routes.items() if "GET" in entries]


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(app) as made:
        yield made


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "garbage"])
def test_reading_has_no_body_whose_type_could_be_wrong(client: Client, path: str, kind: str) -> None:
    assert client.http.get(path, headers={"Content-Type": kind}).status_code != 415


def test_a_body_of_another_type_is_refused(client: Client) -> None:
    answer = client.http.post("/v1/applications", headers={"Content-Type": "text/plain"}, body=b"{}")
    assert (answer.status_code, json.loads(answer.body)["code"]) == (415, "unsupported_media")
