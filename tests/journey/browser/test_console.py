"""Clerks at the desk: a case from the window to the board, one task between two, a password typed wrong."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journey.browser.people import Clerk, Open
from tests.journey.city import City

ID = "51010719850615002X"
REASON = "申请人已在2026年3月办理过换领，本次申请的原因与登记不符"


@pytest.fixture
def case_no(city: City) -> str:
    """A case that waits for the comprehensive window."""
    delivery = {"method": "pickup"}
    return str(city.apply(city.wechat(), "residence-permit-replacement", City.phone(), delivery=delivery)["case_no"])


def test_from_the_window_to_the_board(clerk: Clerk, opened: Open, city: City, photo: Path) -> None:
    page, phone = clerk.sign_in().page, City.phone()
    page.goto("/console/#/intake/residence-permit")
    page.get_by_label("姓名").first.fill("王小明")
    page.get_by_label("身份证号码").fill(ID)
    page.get_by_label("合法稳定住所").check()
    page.get_by_label("在成都的住址").fill("成都市锦江区东大街1号2单元301")
    page.get_by_label("开始居住日期").fill("20260301")
    page.get_by_label("联系电话").fill(phone)
    page.get_by_label("窗口领取").check()
    page.locator("input[type=file]").first.set_input_files(photo)
    page.get_by_text(f"已收：{photo.name}").wait_for()
    clerk.press("Control+Enter")
    number = re.sub(r"\D", "", page.locator(".receipt-no b").inner_text())
    clerk.press("1")
    clerk.approves(number, "受理")
    approver = Clerk(opened(1440), city, "gaj-approver").sign_in()
    for words in ("通过", "准予"):
        approver.approves(number, words)
    maker = Clerk(opened(1440), city, "gaj-clerk").sign_in()
    maker.approves(number, "已制好")
    assert maker.faults == []
    clerk.opens(number)
    clerk.dialog("a")
    clerk.press("Space")  # 本人签收
    page.get_by_label("已当面核对领取人的有效证件").check()
    clerk.press("Alt+p")  # what is printed to be signed, then confirmed where it stands
    page.locator(".sheet", has_text="签收人（签名）").wait_for()
    assert page.locator(".sheet", has_text="王小明").count() == 1
    clerk.done("已办理：已交付")

    clerk.press("Escape")
    page.goto("/console/#/cases")
    page.get_by_role("search").get_by_role("textbox").fill(phone)
    clerk.press("Enter")
    page.locator(".table", has_text="居住证").wait_for()
    page.goto(f"/console/#/cases/{number}")
    page.locator(".case-body").wait_for()
    clerk.press("m")
    assert page.locator(".preview img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    clerk.press("v")
    page.get_by_role("dialog").wait_for()
    clerk.press("Control+Enter")
    page.get_by_text(ID).wait_for()


def test_two_clerks_on_one_task(clerk: Clerk, opened: Open, city: City, case_no: str) -> None:
    colleague = Clerk(opened(1440), city, "zwzx-clerk-2").sign_in()
    clerk.sign_in().opens(case_no)
    dialog = clerk.dialog("r")
    clerk.type(REASON)
    dialog.get_by_label("其他（写在理由里）").check()

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


def test_a_special_procedure_and_an_extension_by_keys(clerk: Clerk, opened: Open, city: City, case_no: str) -> None:
    clerk.sign_in().approves(case_no, "受理")
    approver = Clerk(opened(1440), city, "gaj-approver").sign_in()
    approver.opens(case_no)
    approver.begins("s", "特别程序")
    approver.press("ArrowDown", "ArrowDown", "ArrowDown", "Tab")
    approver.type("需要核对居住情况")
    approver.press("Tab")
    approver.type(f"{date.today() + timedelta(days=20):%Y%m%d}")
    approver.done("已进入特别程序，办理期限暂停计算")
    page = approver.page
    page.get_by_text("成都市公安局依法进行检验：需要核对居住情况").wait_for()
    page.locator(".case-actions", has_text="特别程序期间不能办理").wait_for()
    expect(page.locator(".case-actions").get_by_role("button", name="准予")).to_be_disabled()
    approver.press("a")
    expect(page.get_by_role("dialog")).to_have_count(0)
    approver.begins("s", "结束特别程序")
    approver.type("情况属实")
    approver.done("特别程序已结束，承诺办结日为")
    expect(page.locator(".case-actions").get_by_role("button", name="准予")).to_be_enabled()

    head = Clerk(opened(1440), city, "gaj-supervisor").sign_in()
    head.page.goto(f"/console/#/cases/{case_no}")
    dialog = head.begins("y", "延长期限")
    head.type("12")
    head.press("Tab")
    head.type("案情复杂，需要进一步核实")
    head.press("Control+Enter")
    dialog.get_by_text("不能大于10").wait_for()
    expect(dialog.get_by_label("延长的工作日")).to_be_focused()
    head.press("Control+a")
    head.type("10")
    head.done("已延长期限，承诺办结日为")
    seen = city.call("GET", f"/v1/staff/cases/{case_no}", city.clerk("gaj", "approver"))
    assert [each["event"] for each in seen["timeline"]][-3:] == ["suspended", "resumed", "extended"]
    assert seen["acts"] == ["suspend", "examine", "transfer"]
    assert approver.faults == [] and head.faults == []
