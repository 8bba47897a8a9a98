"""(l) A licence near its end: its holder is told, asks, its last day moves; undecided, the law renews it (《行政许可法》第50条)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import httpx
from pypdf import PdfReader

from chalicelib.certificates.model import grouped
from chalicelib.kernel import clock
from tests.journey.city import City
from tests.journey.hostile.kit import send
from tests.journey.publishing import publish, settle
from tests.journey.test_k_documents import papers, said
from tests.unit.kernel.test_pictures import png
from tools.stack import Stack

DAYS = 45  # valid for so long: renewal is open from the first day on, and for fifteen days in time
FORM = {"id_number": "510104193608150010", "household": "local", "name": "王桂芳"}
STAGES = [
    {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx"], "limit_days": 1},
    {"id": "decide", "name": "决定", "kind": "decision", "departments": ["mzj"], "limit_days": 1},
]
PHOTO = {
    "code": "photo",
    "name": "近期证件照",
    "need": "optional",
    "source": "self",
    "form": "electronic",
    "format": "照片",
}
RESULT = {"name": "短期经营许可证", "type": "certificate", "electronic": True, "valid_days": DAYS, "renewable": True}


def licence(stack: Stack) -> str:
    """Publish a licence that can be renewed; return its code."""
    code = f"renewal-{uuid.uuid4().hex[:8]}"
    publish(stack, code, task_type="01", stages=STAGES, materials=[PHOTO], result=RESULT)
    return code


def given(city: City, code: str, me: str, phone: str) -> dict[str, Any]:
    """File for it and have it granted; return the case."""
    files = [{"code": "photo", "material_id": city.hand_in(me, png(26, 32))}]
    number = city.apply(me, code, phone, form=FORM, materials=files)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("mzj", "approver", number)
    return dict(city.status(me, number, "delivered"))


def test_article_50_a_licence_is_renewed_and_its_last_day_moves(city: City, stack: Stack) -> None:
    code, (phone, me), today = licence(stack), city.neighbour(), clock.now().date()
    case = given(city, code, me, phone)
    card, last = case["certificate"], today + timedelta(days=DAYS - 1)
    ask_by = last - timedelta(days=30)
    assert (card["valid_to"], card["renewal"]["state"]) == (last.isoformat(), "open")
    assert card["renewal"]["ask_by"] == ask_by.isoformat()
    told = heard(city, phone, f"（{case['case_no']}）发出的短期经营许可证将于{clock.day(last)}到期")
    assert f"请最迟在{clock.day(ask_by)}提出" in told and "http" in told

    refused = send(city, "POST", "/v1/applications", me, json=body(code, phone, "1000000000000009"), headers=key())
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (400, "renews")
    receipt = city.apply(me, code, phone, form=FORM, renews=card["number"])
    asked = {"number": card["number"], "runs_to": last.isoformat(), "timely": True}
    assert receipt["renewal"] == asked
    again = send(city, "POST", "/v1/applications", me, json=body(code, phone, card["number"]), headers=key())
    assert (again.status_code, again.json()["fields"][0]["path"]) == (400, "renews")
    assert city.case(me, case["case_no"])["certificate"]["renewal"]["state"] == "asked"

    number = receipt["case_no"]
    city.decide("zwzx", "clerk", number)
    staff, _ = city.task("mzj", "approver", number)
    assert city.call("GET", f"/v1/staff/cases/{number}", staff)["renewal"] == {**asked, "state": "valid"}
    city.decide("mzj", "approver", number)
    renewed = city.status(me, number, "delivered")
    until = (last + timedelta(days=DAYS)).isoformat()
    assert (renewed["certificate"]["number"], renewed["certificate"]["valid_to"]) == (card["number"], until)
    assert city.case(me, case["case_no"])["certificate"]["valid_to"] == until
    assert city.call("GET", f"/v1/certificates/{card['number']}")["valid_to"] == until
    assert f"编号{grouped(card['number'])}不变" in renewed["timeline"][-1]["text"]
    printed(city, me, case["case_no"], last, photo=True)
    printed(city, me, number, date.fromisoformat(until), photo=False)


def heard(city: City, phone: str, words: str) -> str:
    """Wait for a message that follows a round of the clock, once a minute: longer than for anything else."""
    with suppress(AssertionError):
        city.heard(phone, words)
    (told,) = city.heard(phone, words)
    return told


def body(code: str, phone: str, renews: str) -> dict[str, Any]:
    return {"service": code, "form": FORM, "contact": {"phone": phone}, "renews": renews}


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}


def printed(city: City, me: str, number: str, last: date, photo: bool) -> None:
    """Open the certificate of a case on paper."""
    (paper,) = [each for each in papers(city, me, number, {"certificate"}) if each["kind"] == "certificate"]
    content = httpx.get(paper["url"]).content
    text, page = said(content), PdfReader(BytesIO(content)).pages[0]
    assert paper["title"] in text and paper["document_no"] in text and "王桂芳" in text
    assert f"至{clock.long_day(last)}" in text and len(content) == paper["size"] <= 150_000
    assert ("/XObject" in page["/Resources"]) is photo  # type: ignore[operator]
    city.call("GET", f"/v1/cases/{number}/documents", city.wechat(), 404)


def test_article_50_what_nobody_decides_in_time_is_renewed_by_law_and_its_workflow_ends(
    city: City, stack: Stack
) -> None:
    code, phone, me = licence(stack), City.phone(), city.wechat()
    case = given(city, code, me, phone)
    card = case["certificate"]
    number = city.apply(me, code, phone, form=FORM, renews=card["number"])["case_no"]
    city.decide("zwzx", "clerk", number)
    approver, task = city.task("mzj", "approver", number)
    settle(stack, card["number"], clock.now() + timedelta(days=DAYS))
    done = city.status(me, number, "delivered")
    granted = next(each for each in done["timeline"] if each["event"] == "granted")
    assert granted["by"] == "系统" and "依法视为准予延续（《行政许可法》第50条）" in granted["text"]
    until = (date.fromisoformat(card["valid_to"]) + timedelta(days=DAYS)).isoformat()
    assert done["certificate"]["valid_to"] == until and done["certificate"]["number"] == card["number"]
    late = send(city, "POST", f"/v1/tasks/{task['task_id']}/decision", approver, json={"outcome": "approve"})
    assert late.status_code == 409
    (paper,) = [each for each in papers(city, me, number, {"granted"}) if each["kind"] == "granted"]
    text = said(httpx.get(paper["url"]).content)
    assert "视为准予延续" in text and "决定准予" not in text
