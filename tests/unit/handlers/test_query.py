"""What is asked of a GET is held to what the API's document says of it, on every route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from chalice.app import Request
from chalice.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from app import app
from chalicelib.identity.model import Session
from chalicelib.kernel import schema, strict
from chalicelib.kernel.errors import InvalidInput
from handlers import http

PATHS = [path for path, item in http.openapi()["paths"].items() if "get" in item]
GARBAGE = ("\x00", "‮", "𝟙", "\x1b[0m", "9" * 2000, "' OR 1=1 --", "../..", "<b>", "\n", "1\n", "人" * 500, "{}")


def parameters(path: str) -> dict[str, dict[str, Any]]:
    """What the document lets people ask."""
    known = http.openapi()["components"]
    found = http._inlined(
        http.openapi()["paths"][path]["get"].get("parameters", []), known["parameters"] | known["schemas"]
    )
    return {each["name"]: each for each in found if each["in"] == "query"}


ASKED = [(path, name) for path in PATHS for name in parameters(path)]
KINDS = {"pattern", "format", "enum", "anyOf"}
NEEDED = {"/v1/status/{case_no}": {"verify": "002X"}}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The app, where everybody is a supervisor of everything and no use case is reached."""
    with pytest.MonkeyPatch.context() as patch, Client(app) as made:
        people = SimpleNamespace(
            session=lambda token, now: Session("staff:a", "staff", "某人", ("supervisor",), "mzj", "510100")
        )
        patch.setattr(http, "identity", lambda: people)
        yield made


def asked(path: str, **given: str) -> dict[str, str]:
    """What a view reads of a query."""
    event: dict[str, Any] = {"requestContext": {"httpMethod": "GET", "resourcePath": path}, "headers": {}, "body": None}
    event |= {"multiValueQueryStringParameters": {name: [value] for name, value in given.items()}}
    return http.query(Request(event | {"pathParameters": {}, "stageVariables": None}, None))


def faults(client: Client, path: str, query: str) -> dict[str, str]:
    """What is said of each parameter of a refused query: {name: words}."""
    answer = client.http.get(f"{path.replace('{', '').replace('}', '')}?{query}", headers={"Authorization": "Bearer t"})
    problem = json.loads(answer.body)
    assert (answer.status_code, problem["code"]) == (400, "invalid_input"), answer.body
    return {each["path"]: each["message"] for each in problem["fields"]}


def test_each_parameter_is_a_text_with_a_title_and_an_end() -> None:
    for path, name in ASKED:
        part = parameters(path)[name]["schema"]
        assert part["type"] == "string", (path, name)
        assert not part["title"].isascii(), (path, name)
        assert "maxLength" in part or "enum" in part, (path, name)


@pytest.mark.parametrize("path", PATHS)
def test_what_nobody_can_ask_is_refused_by_name(client: Client, path: str) -> None:
    for name in ("surprise", "Next", "limit", "人"):
        assert f"没有“{name}”这一项" == faults(client, path, f"{quote(name)}=1")[name]


@pytest.mark.parametrize(("path", "name"), ASKED)
def test_nothing_is_asked_twice(client: Client, path: str, name: str) -> None:
    assert "只能写一次" in faults(client, path, f"{name}=1&{name}=2")[name]


@pytest.mark.parametrize(("path", "name"), ASKED)
@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_is_refused_in_chinese_by_name(client: Client, path: str, name: str, value: str) -> None:
    if not KINDS & set(parameters(path)[name]["schema"]) and len(value) <= 20 and not strict.odd(value, value):
        return  # words to look for
    assert not faults(client, path, f"{name}={quote(value)}")[name].isascii()


@pytest.mark.parametrize(("path", "name"), ASKED)
@given(value=some.text(min_size=1, max_size=50))
@settings(max_examples=30, deadline=None)
def test_what_gets_through_is_what_the_document_says(path: str, name: str, value: str) -> None:
    try:
        got = asked(path, **NEEDED.get(path, {}) | {name: value})
    except InvalidInput as refused:
        assert {fault.path for fault in refused.fields} == {name}
        assert all(not fault.message.isascii() for fault in refused.fields)
    else:
        assert not list(schema.faults(parameters(path)[name]["schema"], got[name]))
        assert not strict.odd(got[name], got[name])


@pytest.mark.parametrize(
    "path", [path for path in PATHS if any(each.get("required") for each in parameters(path).values())]
)
def test_what_must_be_asked_is_missed(client: Client, path: str) -> None:
    for query in ("", "verify=", "verify"):
        assert faults(client, path, query) == {"verify": "申请人证件号码后四位不能为空"}


def test_what_people_write_is_read() -> None:
    given = {"id_number": "51010719850615002x", "phone": "138 0000 1234", "next": ""}
    assert asked("/v1/staff/cases", **given) == {"id_number": "51010719850615002X", "phone": "13800001234"}
    assert asked("/v1/services", q="居\u200b住证") == {"q": "居住证"}
