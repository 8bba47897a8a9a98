"""No network, or nobody behind it: the clients say so in Chinese, keep everything, and come back by themselves."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.journey.browser.people import PATIENCE, Citizen, Clerk
from tests.journey.city import City


def test_send_offline_then_online_is_one_case(citizen: Citizen, city: City) -> None:
    me = citizen.enter()
    citizen.reviews_replacement(courier=True)
    citizen.stays_a_while()
    citizen.page.context.set_offline(True)
    citizen.sees("网络断开了")
    citizen.sends()
    citizen.sees("已保存，等网络恢复后自动发送")
    citizen.sees("您提交的1份内容已保存在手机上，连上后自动发送")
    assert city.call("GET", "/v1/cases", me)["cases"] == []

    citizen.page.reload()
    citizen.sees("网络断开了")
    citizen.sees("已保存，等网络恢复后自动发送")
    citizen.page.context.set_offline(False)
    number = citizen.case_no()
    assert [each["case_no"] for each in city.call("GET", "/v1/cases", me)["cases"]] == [number]

    citizen.page.reload()
    assert citizen.case_no() == number
    citizen.goes("cases")
    expect(citizen.screen.locator(".cards-item")).to_have_count(1)
    citizen.sees("居住证换领、补领")


def test_the_answer_is_lost_and_it_is_still_one_case(citizen: Citizen, city: City) -> None:
    me = citizen.enter()
    citizen.reviews_replacement(courier=False)
    arrived: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        arrived.append(answer.status)
        if len(arrived) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    citizen.page.route("**/v1/applications", lose_the_first_answer)
    citizen.sends()
    number = citizen.case_no()
    assert len(arrived) >= 2 and arrived[0] in (200, 201)
    assert [each["case_no"] for each in city.call("GET", "/v1/cases", me)["cases"]] == [number]


def test_the_service_is_down_and_comes_back(citizen: Citizen, clerk: Clerk) -> None:
    citizen.page.goto("/")
    citizen.sees("常办的事")
    clerk.sign_in()
    clerk.page.locator(".desk-list h1").wait_for()
    for page in (citizen.page, clerk.page):
        page.route("**/v1/**", lambda route: route.abort())
    citizen.press(re.compile("^居住证申领"))
    citizen.sees("暂时连不上服务，正在自动重连")
    clerk.press("2")
    clerk.page.get_by_text("暂时连接不上服务，正在自动重新连接").wait_for()
    for page in (citizen.page, clerk.page):
        page.unroute("**/v1/**")
    citizen.screen.get_by_text("暂时连不上服务").wait_for(state="detached", timeout=PATIENCE)
    citizen.comes_to("居住证申领（首次）")
    citizen.sees("您要准备")
    clerk.page.locator(".down-banner").wait_for(state="detached", timeout=PATIENCE)
    clerk.page.locator(".pick").first.wait_for()
