"""What comes many times at once counts as it would one after another."""

from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.journey.city import City
from tests.journey.hostile.kit import PHONE, STRANGER, at_once, send


def test_many_at_once_are_one(city: City, me: str) -> None:
    form = {"id_number": "510104193608150010", "household": "local"}

    def apply(key: str, phone: str) -> httpx.Response:
        body = {"service": "elder-card", "form": form, "contact": {"phone": phone}}
        return send(city, "POST", "/v1/applications", me, json=body, headers={"Idempotency-Key": key})

    same, other = uuid.uuid4().hex, uuid.uuid4().hex
    answers = at_once(30, lambda _: apply(same, PHONE))
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 29}
    assert len({each.text for each in answers}) == 1
    codes = Counter(each.status_code for each in at_once(12, lambda n: apply(other, (PHONE, STRANGER)[n % 2])))
    assert (codes[201], codes[200], codes[409]) == (1, 5, 6)


def test_wrong_tries_at_once_all_count(city: City, number: str) -> None:
    def guess(verify: str) -> int:
        return send(city, "GET", f"/v1/status/{number}?verify={verify}").status_code

    with ThreadPoolExecutor(16) as pool:
        codes = Counter(pool.map(lambda n: guess(f"{1000 + n}"), range(16)))
    assert codes[404] <= 3 and codes[404] + codes[429] == 16
    assert guess("0010") == 429


def test_supplementing_and_withdrawing_at_once(city: City, me: str) -> None:
    number = city.apply(me, "elder-card", PHONE)["case_no"]
    city.decide("mzj", "approver", number, "correct", missing=[{"text": "照片"}])
    acts: list[tuple[str, Any]] = [("supplement", {"form": {"household": "other"}}), ("withdrawal", {})]
    answers = at_once(6, lambda n: send(city, "POST", f"/v1/cases/{number}/{acts[n % 2][0]}", me, json=acts[n % 2][1]))
    assert {each.status_code for each in answers} <= {200, 409}
    city.call("POST", f"/v1/cases/{number}/withdrawal", me, json={})
    names = Counter(city.events(me, number))
    assert names["withdrawn"] == 1 and names["supplemented"] <= 1
