"""GET /v1/services and /v1/services/{code}, through the app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from chalice.test import Client

from app import app
from chalicelib.catalogue import loader
from chalicelib.catalogue.service import Catalogue
from tests.unit.catalogue.test_service import Memory

SERVICES = loader.load(Path(__file__).resolve().parents[3] / "services")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    catalogue = Catalogue(Memory())
    for service in SERVICES:
        catalogue.publish(service)
    monkeypatch.setattr("handlers.catalogue.catalogue", lambda: catalogue)
    with Client(app) as made:
        yield made


def _get(client: Client, path: str) -> tuple[int, dict[str, Any]]:
    response = client.http.get(path)
    return response.status_code, json.loads(response.body)


def test_the_list(client: Client) -> None:
    status, body = _get(client, "/v1/services")
    assert status == 200
    assert {each["code"] for each in body["services"]} == {service.code for service in SERVICES}
    status, body = _get(client, f"/v1/services?tag={quote('马上办')}&channel=ivr")
    assert [each["code"] for each in body["services"]] == ["elder-card"]


def test_one_service(client: Client) -> None:
    status, body = _get(client, "/v1/services/residence-permit?answers=reason:study")
    assert status == 200
    assert [each["code"] for each in body["materials"]] == ["identity", "photo", "study-proof"]
    assert body["form"]["properties"]["id_number"]["x-ask"] == "请问您的身份证号码是多少？"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/v1/services/nothing", 404, None),
        ("/v1/services/%40services", 404, None),
        ("/v1/services?audience=cat", 400, "audience"),
        (f"/v1/services?q={'x' * 41}", 400, "q"),
        ("/v1/services/residence-permit?answers=reason", 400, "answers"),
        ("/v1/services/residence-permit?answers=reason:holiday", 400, "answers.reason"),
        ("/v1/services/residence-permit?answers=a:b:c", 400, "answers"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client: Client, path: str, status: int, field: str | None) -> None:
    answered, problem = _get(client, path)
    assert answered == problem["status"] == status
    assert not problem["detail"].isascii()
    assert [each["path"] for each in problem.get("fields", [])] == ([field] if field else [])
