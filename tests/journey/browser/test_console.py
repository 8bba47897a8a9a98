"""Clerks among themselves: one task between two, and a password typed wrong."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journey.browser.people import Clerk, Open
from tests.journey.city import City

REASON = "申请人已在2026年3月办理过换领，本次申请的原因与登记不符"


@pytest.fixture
def case_no(city: City) -> str:
    """A case that waits for the comprehensive window."""
    delivery = {"method": "pickup"}
    return str(city.apply(city.wechat(), "residence-permit-replacement", City.phone(), delivery=delivery)["case_no"])


def test_two_clerks_on_one_task(clerk: Clerk, opened: Open, city: City, case_no: str) -> None:
    colleague = Clerk(opened(1440), city, "zwzx-clerk-2").sign_in()
    clerk.sign_in().opens(case_no)
    dialog = clerk.dialog("r")
    clerk.type(REASON)

    colleague.approves(case_no, "受理")

    clerk.press("Control+Enter")
    dialog.get_by_text(re.compile(r"综合窗口窗口二岗已在\d\d:\d\d办理：受理")).wait_for()
    dialog.get_by_text("您写的意见已经保留").wait_for()
    assert dialog.locator("#opinion").input_value() == REASON
    clerk.press("Escape")
    clerk.page.get_by_text("这项任务已经办理：受理").wait_for()
    owner_sees = city.call("GET", f"/v1/staff/cases/{case_no}", city.clerk("zwzx", "clerk"))
    assert [each["event"] for each in owner_sees["timeline"]].count("accepted") == 1
    assert "not_accepted" not in [each["event"] for each in owner_sees["timeline"]]
    assert colleague.faults == []


def test_a_lock_out_is_told_kindly(clerk: Clerk) -> None:
    name = f"wang-{uuid.uuid4().hex[:8]}"  # whoever it is: wrong tries count by name
    clerk.who = {"username": name}
    clerk.page.goto("/console/")
    clerk.types_password("wrong-password")
    notice = clerk.page.get_by_role("alert").filter(has_text="登录")
    notice.filter(has_text="没有登录成功").wait_for()
    locked = notice.filter(has_text="为保护您的账号，暂时不能登录")
    for _ in range(6):
        if not locked.count():
            expect(clerk.page.get_by_label("密码")).to_be_focused()
            clerk.type("wrong-password")
            with clerk.page.expect_response("**/v1/staff/sessions") as answer:
                clerk.press("Enter")
            assert answer.value.status in (401, 429)
            expect(clerk.page.get_by_label("密码")).to_have_value("")
    text = locked.inner_text()
    assert "15分钟" in text and "忘记密码请联系本单位管理员" in text, text
    assert clerk.page.get_by_label("用户名").input_value() == name
