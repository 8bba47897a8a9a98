"""GET /v1/services and /v1/services/{code}, through the app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from chalice.test import Client

from app import app
from chalicelib.catalogue import loader
from chalicelib.catalogue.service import Catalogue
from handlers.catalogue import PINNED
from tests.unit.catalogue.test_service import Memory

SERVICES = loader.load(Path(__file__).resolve().parents[3] / "services")


@pytest.fixture
def catalogue() -> Catalogue:
    made = Catalogue(Memory())
    for service in SERVICES:
        made.publish(service)
    return made


@pytest.fixture
def client(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
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


def test_a_version_that_cases_keep(client: Client, catalogue: Catalogue) -> None:
    first = catalogue.get("elder-card")
    catalogue.publish(replace(first, promised_days=first.promised_days + 9))
    answers = [
        client.http.get(f"/v1/services/elder-card{asked}") for asked in ("?version=v000001", "?version=v000002", "")
    ]
    days = [json.loads(each.body)["promised_days"] - first.promised_days for each in answers]
    assert days == [0, 9, 9]
    assert [each.headers["Cache-Control"] for each in answers] == [PINNED, PINNED, "no-store"]
    gone = client.http.get("/v1/services/elder-card?version=v000009")
    assert gone.headers["Cache-Control"] == "no-store", "it may be published any moment"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/v1/services/nothing", 404, None),
        ("/v1/services/elder-card?version=v000002", 404, None),
        (f"/v1/services/{'x' * 3000}?version=v000001", 404, None),
        ("/v1/services/elder-card?version=current", 400, "version"),
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


def test_a_fee_is_counted_for_anybody_and_what_is_wrong_is_named(client: Client) -> None:
    def asked(code: str, body: Any) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json"}
        answer = client.http.post(f"/v1/services/{code}/fee", headers=headers, body=json.dumps(body).encode())
        return answer.status_code, json.loads(answer.body)

    form = {"usage": "other", "small_business": "yes", "name": 7}
    status, body = asked("house-transfer", {"form": form})
    assert (status, body["total_fen"], body["reductions"][0]["amount_fen"]) == (200, 0, 55000)
    status, body = asked("house-transfer", {"form": {"usage": "palace"}})
    assert (status, [each["path"] for each in body["fields"]]) == (400, ["form.usage"])
    assert asked("house-transfer", {"form": {}})[1]["fields"][0]["message"] == "房屋用途不能为空"
    assert asked("house-transfer", {})[0] == asked("house-transfer", {"form": form, "more": 1})[0] == 400
    assert asked("nothing", {"form": {}})[0] == 404


def test_a_guide_says_how_a_fee_is_counted(client: Client) -> None:
    _, body = _get(client, "/v1/services/road-occupation")
    assert body["fee_text"] == "按占用面积、天数、道路等级计算" and body["fee_fen"] is None
    (item,) = body["fee"]["items"]
    assert "主干道每平方米每天0.50元" in item["how"] and "首尾都算" in item["how"] and item["basis"]
    assert body["fee"]["counter"]["hours"] == "工作日9:00至17:00"
    _, body = _get(client, "/v1/services/house-transfer")
    assert body["fee"]["exemptions"][0]["how"] == "免收，凭小微企业（个体工商户）证明"
