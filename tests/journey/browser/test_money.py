"""Money before the screens: what it will cost is on the form, a phone pays on the party's page, a cashier takes cash by the keyboard."""

from __future__ import annotations

import re
import secrets

from tests.journey.browser.people import Citizen, Clerk, Open
from tests.journey.city import City

PHONE = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"


def owed(city: City, me: str, phone: str) -> str:
    """File and grant a case whose fee is fixed; return its number."""
    number = city.apply(me, "residence-permit-replacement", phone, delivery={"method": "pickup"})["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    return str(number)


def test_a_phone_alone_pays_on_the_page_of_the_party_and_comes_back(opened: Open, city: City) -> None:
    citizen = Citizen(opened(390, user_agent=PHONE), city)
    me = citizen.enter()
    number = owed(city, me, citizen.phone)
    citizen.goes("case", case_no=number)
    citizen.sees(re.compile("请在.+24时.*前缴费，逾期办件终止"))
    citizen.press("去缴费")
    citizen.sees("也可以到收费窗口缴现金、刷卡：成都市青羊区草市街2号公安窗口，工作日9:00至17:00。请报办件号。")
    citizen.press("去付款")
    citizen.page.get_by_role("heading", name="微信支付").wait_for()
    citizen.page.get_by_role("button", name="立即支付").click()
    citizen.sees("已缴费20元。接着为您办理。缴费凭据稍后在办件详情的“文书”里。", 30_000)
    assert city.case(me, number)["payment"]["party"] == "微信支付" and citizen.faults == []


def test_a_form_says_what_it_costs_as_it_is_filled_in(citizen: Citizen) -> None:
    citizen.enter()
    citizen.goes("guide", code="road-occupation")
    citizen.sees("按占用面积、天数、道路等级计算")
    citizen.sees(re.compile("主干道每平方米每天0.50元.+首尾都算"))
    citizen.goes("apply", code="road-occupation")
    citizen.sees("按占用面积、天数、道路等级计算，填好有关的项就能看到。")
    citizen.tick("支路")
    citizen.write("占用面积（平方米）", "10")
    citizen.write("开始日期", "2026-12-15")
    citizen.write("结束日期", "2026-12-20")
    citizen.sees("支路0.30元×10平方米×6天 = 18元")


def test_a_cashier_takes_cash_by_the_keyboard(opened: Open, city: City) -> None:
    me, phone = city.wechat(), City.phone()
    number = owed(city, me, phone)
    cashier = Clerk(opened(1440), city, "gaj-cashier").sign_in()
    cashier.opens(number)
    cashier.page.get_by_text("居住证工本费").first.wait_for()
    dialog = cashier.dialog("a")
    dialog.get_by_text("20元").first.wait_for()
    cashier.press("Space", "Tab")
    cashier.type(f"{secrets.randbelow(10**10):010d}")
    cashier.done("已收款20元")
    case = city.status(me, number, "producing")
    assert case["payment"]["way"] == "cash" and cashier.faults == []
