"""Which methods every path of the app answers, and how."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from chalice.test import Client

from app import app
from handlers import http

READ = [path for path, entries in app.routes.items() if "GET" in entries]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "garbage"])
def test_reading_has_no_body_whose_type_could_be_wrong(client: Client, path: str, kind: str) -> None:
    assert client.http.get(path, headers={"Content-Type": kind}).status_code != 415


def test_a_body_of_another_type_is_refused(client: Client) -> None:
    answer = client.http.post("/v1/applications", headers={"Content-Type": "text/plain"}, body=b"{}")
    assert (answer.status_code, json.loads(answer.body)["code"]) == (415, "unsupported_media")


def test_every_answer_is_kept_nowhere_and_shown_in_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("down")

    monkeypatch.setattr("handlers.catalogue.catalogue", broken)
    for path, status in {"/v1/health": 200, "/v1/services": 500, "/v1/cases": 401, "/v1/services?x=1": 400}.items():
        answer = client.http.get(path)
        assert answer.status_code == status
        assert {name: answer.headers[name] for name in http.SECURE} == http.SECURE
    for method in ("OPTIONS", "HEAD", "PUT"):
        assert http.SECURE.items() <= asked("/v1/health", method)["headers"].items()


def asked(path: str, method: str) -> dict[str, Any]:
    """Ask the app as the gateway does, which passes on whatever method comes to a path."""
    given = {"httpMethod": method, "resourcePath": path, "identity": {"sourceIp": "127.0.0.1"}}
    event = {
        "requestContext": given,
        "path": path,
        "headers": {},
        "multiValueQueryStringParameters": None,
        "body": None,
    }
    event |= {"pathParameters": dict.fromkeys(re.findall(r"{(\w+)}", path), "1"), "stageVariables": None}
    return dict(app(event, None))


@pytest.mark.parametrize("path", READ)
def test_head_answers_as_get_without_the_body(path: str) -> None:
    got, head = asked(path, "GET"), asked(path, "HEAD")
    assert got["body"] and head["body"] == ""
    assert {**head, "body": ""} == {**got, "body": ""}


@pytest.mark.parametrize("path", app.routes)
def test_options_says_which_methods_there_are(path: str) -> None:
    answer = asked(path, "OPTIONS")
    assert (answer["statusCode"], answer["body"]) == (204, "")
    assert set(answer["headers"]["Allow"].split(", ")) == set(app.routes[path]) >= {"OPTIONS"}


@pytest.mark.parametrize("path", app.routes)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_another_method_is_refused_with_those_there_are(path: str, method: str) -> None:
    if method in app.routes[path]:
        return
    answer = asked(path, method)
    assert answer["statusCode"] == 405
    assert answer["headers"]["Allow"] == asked(path, "OPTIONS")["headers"]["Allow"]
    assert method == "HEAD" or json.loads(answer["body"])["code"] == "method_not_allowed"
