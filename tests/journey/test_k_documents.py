"""What a case has on paper: from receipt to decision each act has its document, which who may opens, and which is what was kept."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

import httpx
from cryptography.hazmat.primitives.hashes import SM3, Hash
from pypdf import PdfReader

from tests.journey.city import City

TITLES = {"submitted": "收件凭证", "accepted": "受理通知书", "granted": "准予办理决定书"}


def said(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace("\n", "")


def papers(city: City, token: str, number: str, kinds: set[str]) -> list[dict[str, Any]]:
    """The documents of a case, once these are there: they are made beside the work, and wait for nobody."""

    def look() -> Any:
        found = city.call("GET", f"/v1/cases/{number}/documents", token)["documents"]
        return found if kinds <= {each["kind"] for each in found} else None

    found: list[dict[str, Any]] = city.until(look, f"the documents {kinds}")
    return found


def test_each_act_has_its_document(city: City) -> None:
    me, (phone, contact) = city.wechat(), city.neighbour()
    number = city.apply(me, "elder-allowance", phone)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("mzj", "approver", number)
    listed = papers(city, me, number, {*TITLES, "delivered"})
    assert len({each["document_no"] for each in listed}) == len(listed)
    name = city.case(me, number)["form"]["name"]
    for each in (paper for paper in listed if paper["kind"] in TITLES):
        content = httpx.get(each["url"]).content
        text, sm3 = said(content), Hash(SM3())
        sm3.update(content)
        assert each["title"] == TITLES[each["kind"]]
        assert all(words in text for words in (each["title"], each["document_no"], name, number))
        assert (hashlib.sha256(content).hexdigest(), sm3.finalize().hex()) == (each["sha256"], each["sm3"])
        assert len(content) == each["size"] <= 150_000
    shown = city.case(me, number)["documents"]
    assert [each["document_no"] for each in shown] == [each["document_no"] for each in listed]
    clerk = city.clerk("zwzx", "clerk")
    assert len(city.call("GET", f"/v1/staff/cases/{number}", clerk)["documents"]) == len(listed)
    assert papers(city, clerk, number, set(TITLES))[0]["url"]  # printed at the window
    city.call("GET", f"/v1/cases/{number}/documents", city.wechat(), 404)
    city.call("GET", f"/v1/cases/{number}/documents", contact, 403)  # the contact's telephone reads nothing in clear
