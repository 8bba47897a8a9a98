"""A material handed in is there, and is what it says: whatever else is uploaded or named is refused."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

from tests.journey.city import PNG, City
from tests.journey.hostile.kit import PHONE

PAGE = b"<!doctype html><script>alert(1)</script>"
FORM = {"id_number": "510104193608150010", "household": "local"}


def filed(city: City, me: str, material_id: str, key: str = "") -> httpx.Response:
    materials = [{"code": "residence-proof", "material_id": material_id}]
    body = {"service": "elder-card", "form": FORM, "contact": {"phone": PHONE}, "materials": materials}
    headers = {"Idempotency-Key": key or uuid.uuid4().hex, "Authorization": f"Bearer {me}"}
    return city.http.post("/v1/applications", json=body, headers=headers)


def refused(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return [(each["path"], each["code"]) for each in answer.json()["fields"]]


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        (b"x" * 3_000_000, {}),  # announced as less
        (b"", {}),
        (PNG, {"Content-Type": "text/html"}),
        (PNG, {"key": "elsewhere"}),
        (PNG, {"x-amz-meta-surprise": "1"}),
        (PNG, {"policy": "e30="}),
        (PNG, {"x-amz-signature": "0" * 64}),
    ],
)
def test_nothing_else_is_uploaded(city: City, me: str, content: bytes, changed: dict[str, str]) -> None:
    place = city.place(me)
    assert city.upload(place, content, **changed).status_code in (400, 403)
    assert refused(filed(city, me, place["material_id"])) == [("materials.0.material_id", "not_uploaded")]


def test_a_page_is_no_picture(city: City, me: str) -> None:
    place = city.place(me, size=len(PAGE))
    assert city.upload(place, PAGE).status_code == 204
    assert refused(filed(city, me, place["material_id"])) == [("materials.0.material_id", "type")]


def test_anothers_file_is_not_there(city: City, me: str) -> None:
    handed = city.hand_in(city.wechat())
    assert refused(filed(city, me, handed)) == [("materials.0.material_id", "not_uploaded")]
    assert httpx.get(city.call("GET", f"/v1/materials/{handed}", me)["url"]).status_code == 404


def test_the_same_application_is_the_same_whatever_became_of_its_file(city: City, me: str) -> None:
    place, key = city.place(me, size=100), uuid.uuid4().hex
    assert city.upload(place).status_code == 204
    first = filed(city, me, place["material_id"], key)
    assert first.status_code == 201, first.text
    assert city.upload(place, PAGE).status_code == 204
    again: Any = filed(city, me, place["material_id"], key)
    assert (again.status_code, again.json()) == (200, first.json())


def test_only_our_page_uploads(city: City, me: str) -> None:
    place = city.place(me)
    for origin, status in ((city.endpoints["api"], 200), ("https://elsewhere.example", 403)):
        headers = {"Origin": origin.rstrip("/"), "Access-Control-Request-Method": "POST"}
        assert httpx.options(place["upload"]["url"], headers=headers).status_code == status, origin
