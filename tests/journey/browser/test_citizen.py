"""Citizens on a telephone 390 px wide, clerks at the desk with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journey.browser.people import PATIENCE, Citizen, Clerk, Open
from tests.journey.city import City


def test_replace_a_residence_permit(citizen: Citizen, clerk: Clerk, opened: Open, city: City) -> None:
    citizen.finds_service("居住证", "居住证换领、补领")
    citizen.tick("证件丢失")
    citizen.sees("您要准备1份材料")
    citizen.press("在线申请")
    citizen.comes_to("居住证换领、补领")
    citizen.fills_replacement()
    citizen.press("登录后继续")
    citizen.sign_in()
    citizen.goes_on(2)
    citizen.goes_on(3)
    citizen.chooses_courier()
    citizen.goes_on(4)
    citizen.sends()
    number = citizen.case_no()
    me = citizen.session()
    assert city.case(me, number)["status"] == "submitted"
    citizen.press("查看办理进度")

    clerk.sign_in().approves(number, "受理")
    approver = Clerk(opened(1440), city, "gaj-approver").sign_in()
    approver.approves(number, "准予")
    assert approver.faults == []

    city.status(me, number, "awaiting_payment")
    citizen.sees("请缴费", PATIENCE)
    citizen.press("去缴费")
    citizen.sees("20元")
    order = citizen.screen.locator(".order-no").inner_text().removeprefix("订单号").strip()
    city.call("POST", f"/sandbox/pay/{order}", json={}, expect=(200, 201, 202))
    citizen.sees("已缴费20元", PATIENCE)

    city.make(number)
    waybill = city.post(me, number)
    citizen.press("查看办理进度")
    citizen.sees(waybill)
    city.carries(waybill, "揽收", "投递", "妥投")
    city.status(me, number, "delivered")
    city.until(lambda: "rate" in city.case(me, number)["can"], "the invitation to rate")
    citizen.page.reload()
    citizen.sees("快件已妥投")
    citizen.press("去评价")
    citizen.screen.get_by_label("非常满意", exact=True).check()
    citizen.tick("可以使用手机办理")
    citizen.press("提交评价")
    citizen.sees("评价已收到")
    case = city.case(me, number)
    assert case["status"] == "delivered" and case["rating"]["levels"] == [5]
    assert case["payment"]["state"] == "paid" and case["delivery"]["method"] == "courier"


def test_supplement_what_is_missing(citizen: Citizen, clerk: Clerk, city: City, photo: Path) -> None:
    me = citizen.enter()
    delivery = {"method": "pickup"}
    number = city.apply(
        me, "residence-permit-replacement", citizen.phone, form={"reason": "damaged"}, delivery=delivery
    )["case_no"]

    clerk.sign_in().opens(number)
    checklist = clerk.dialog("c")
    checklist.get_by_text(
        "告知补正 1 项"
    ).wait_for()  # the lacking photograph of the old permit is ticked from the start
    clerk.done("已告知补正")
    city.status(me, number, "correction")

    citizen.goes("case", case_no=number)
    citizen.sees("请补正材料")
    citizen.sees("前交齐")
    citizen.sees("原居住证照片：没有提交")
    citizen.press("去补正")
    citizen.sees("需要补正的内容")
    citizen.hands_in("原居住证照片", photo)
    citizen.press("提交补正")
    citizen.sees("补正材料已收到")

    clerk.page.locator(f'[data-task^="{number}"]').wait_for(timeout=PATIENCE)
    clerk.opens(number)
    clerk.page.get_by_role("button", name="原居住证照片").wait_for()
    clerk.press("m")
    clerk.page.locator(".preview img").wait_for()
    clerk.dialog("a")
    clerk.done("已办理：受理")
    names = [*map(str, city.events(me, number))]
    assert names.count("correction_requested") == names.count("supplemented") == 1
    assert [each["code"] for each in city.case(me, number)["materials"]] == ["old-permit"]


def test_the_window_hands_in_what_was_asked(clerk: Clerk, city: City, photo: Path) -> None:
    me = city.wechat()
    form, delivery = {"reason": "damaged"}, {"method": "pickup"}
    number = city.apply(me, "residence-permit-replacement", City.phone(), form=form, delivery=delivery)["case_no"]
    clerk.sign_in().opens(number)
    clerk.dialog("c")
    clerk.done("已告知补正")
    city.status(me, number, "correction")

    clerk.page.goto(f"/console/#/cases/{number}")
    clerk.page.get_by_text("补正后重新计算办结日期").wait_for()
    clerk.page.on("filechooser", lambda chooser: chooser.set_files(photo))
    clerk.press("b")
    expect(clerk.page.get_by_role("button", name="上传：原居住证照片")).to_be_focused()
    clerk.press("Enter")
    clerk.page.get_by_text("已收：").wait_for()
    clerk.done("已补正材料")
    clerk.page.get_by_text("正在等申请人补正").wait_for(state="detached")
    last = [each for each in city.case(me, number)["timeline"] if each["event"] == "supplemented"]
    assert [each["by"] for each in last] == ["窗口"]


def test_supplement_in_two_turns(citizen: Citizen, clerk: Clerk, city: City, photo: Path) -> None:
    me, words = citizen.enter(), "请手写一份情况说明"
    form, delivery = {"reason": "damaged"}, {"method": "pickup"}
    number = city.apply(me, "residence-permit-replacement", citizen.phone, form=form, delivery=delivery)["case_no"]
    clerk.sign_in().opens(number)
    clerk.dialog("c").get_by_label("其他（每行一项）").fill(words)
    clerk.done("已告知补正")
    city.status(me, number, "correction")

    citizen.goes("supplement", case_no=number)
    citizen.sees("修改填写的其他内容")
    citizen.hands_in("原居住证照片", photo)
    citizen.press("提交补正")
    citizen.sees("已收到，还没有补齐")
    citizen.sees("前交齐")
    citizen.press("继续补正")
    citizen.hands_in(words, photo)
    citizen.press("提交补正")
    citizen.sees("补正材料已收到")
    assert city.case(me, number)["materials"][0]["code"] == "old-permit"
    citizen.press("查看办理进度")
    citizen.screen.get_by_text("我提交的内容").click()
    citizen.sees(words)
