"""Every page shows whole under the policy that it is sent with: what the policy refuses, the browser complains of."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journey.browser.people import Clerk, Open, faults_of
from tests.journey.city import City

HEAD = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PAPER = HEAD + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ELSEWHERE = "https://cdn.redoc.ly/redoc/logo-mini.svg"  # redoc asks for its makers' sign, and does not get it


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("/", "蓉易办"),
        ("/#/pages/guide/index?code=elder-card", "老年人优待证"),
        ("/console/", "登录"),
        ("/docs/", "蓉易办 HTTP API"),
        ("/verify?n=1234567890123459", "查无此证"),
        ("/sandbox/", "市民的电话"),
    ],
)
def test_a_page_shows_whole(opened: Open, place: str, seen: str) -> None:
    page = opened(1280)
    faults = faults_of(page)
    answer = page.goto(place)
    assert answer
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    page.get_by_text(seen).filter(visible=True).first.wait_for()
    page.wait_for_timeout(500)  # for what comes late: workers, styles
    assert [fault for fault in faults if ELSEWHERE not in fault] == []


def test_pdf_is_shown_beside_the_form_and_esc_closes_it_first(clerk: Clerk, city: City) -> None:
    me = city.wechat()
    handed = [{"code": "old-permit", "material_id": city.hand_in(me, PAPER.encode(), "application/pdf")}]
    filed: dict[str, Any] = {"form": {"reason": "damaged"}, "materials": handed, "delivery": {"method": "pickup"}}
    case_no = city.apply(me, "residence-permit-replacement", City.phone(), **filed)["case_no"]
    clerk.sign_in().opens(case_no)
    clerk.press("m")
    frame = clerk.page.locator(".preview iframe")
    frame.wait_for()
    expect(frame).not_to_have_attribute("sandbox", "")
    clerk.page.wait_for_timeout(1000)  # for the browser's own reader
    clerk.press("Escape")
    expect(frame).to_have_count(0)
    assert case_no in clerk.page.url
    clerk.press("Escape")
    expect(clerk.page.locator(".case-body")).to_have_count(0)
