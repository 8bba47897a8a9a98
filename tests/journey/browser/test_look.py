"""Every page of both clients under a careful eye, at each width it is made for; and the pictures of the README.

`LOOK=folder` keeps a picture of every page there; `UPDATE_IMAGES=1` renews `docs/images/`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from infra.packing import ROOT
from tests.journey.browser.people import Citizen, Clerk, Open, faults_of
from tests.journey.browser.seeing import wrong
from tests.journey.city import City

LOOK = os.environ.get("LOOK", "")
AGAIN = (1440, 1920)  # the same documents as at 390 and 1280; axe-core looks again only where other parts are shown
HEADERS = ("home", "guide", "case-card", "sandbox")
Eye = Callable[[Page, str], None]
REPLACEMENT = "residence-permit-replacement"


def keep(page: Page, file: Path) -> None:
    """Take a picture of a whole page, also of what is scrolled inside it."""
    size = page.viewport_size
    assert size
    tall = page.evaluate(
        "Math.max(0, ...[...document.querySelectorAll('.taro_page')].map((each) => each.scrollHeight))"
    )
    page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], tall), 4000)})
    page.screenshot(path=file, full_page=True)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


@pytest.fixture
def eye() -> Iterator[Eye]:
    """Look at a page and remember what is wrong; say all of it at the end."""
    found: list[str] = []

    def look(page: Page, name: str) -> None:
        width = (page.viewport_size or {"width": 0})["width"]
        page.wait_for_function("() => !/正在(加载|读取|打开)/.test(document.body.innerText)")
        found.extend(f"{name} {width}: {each}" for each in wrong(page, axe=width not in AGAIN or name in HEADERS))
        if LOOK:
            keep(page, Path(LOOK) / f"{name}-{width}.png")

    yield look
    assert found == [], "\n".join(found)


@pytest.fixture(scope="module")
def cases(city: City) -> dict[str, str]:
    """One citizen's cases, each at a place of the road where the page has something else to say."""
    _, me = city.neighbour()
    courier = {"method": "courier", "name": "王小明", "phone": City.phone(), "address": "成都市锦江区东大街1号2单元301"}

    def filed(service: str, **more: Any) -> str:
        return str(city.apply(me, service, City.phone(), **more)["case_no"])

    correct = filed(REPLACEMENT, form={"reason": "damaged"}, delivery=courier)
    pay, card = filed(REPLACEMENT, delivery=courier), filed("elder-card")
    denied, fresh = filed(REPLACEMENT, delivery={"method": "pickup"}), filed(REPLACEMENT, delivery=courier)
    decide = filed(REPLACEMENT, delivery=courier)
    missing = [{"code": "old-permit", "text": "原居住证照片：图片不清晰，看不清关键信息"}]
    city.decide("zwzx", "clerk", correct, "correct", missing=missing)
    city.decide("zwzx", "clerk", pay)
    city.decide("zwzx", "clerk", decide)
    city.decide("zwzx", "clerk", denied, "reject", opinion="申请人不符合本事项的申请条件。")
    city.decide("mzj", "approver", card)
    city.decide("gaj", "approver", pay)
    city.status(me, correct, "correction")
    city.status(me, pay, "awaiting_payment")
    city.until(lambda: "rate" in city.case(me, card)["can"], "the invitation to rate")
    named = {"correct": correct, "pay": pay, "card": card, "denied": denied, "fresh": fresh, "decide": decide}
    return {"token": me, **named}


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_before_signing_in(width: int, opened: Open, city: City, eye: Eye) -> None:
    citizen = Citizen(opened(width, 0 if width == 390 else 900), city)
    faults = faults_of(citizen.page, answers_too=True)
    for name, page, parameters in (
        ("home", "index", {}),
        ("search", "services", {"q": "居住"}),
        ("theme", "services", {"tag": "马上办"}),
        ("nothing", "services", {"q": "火星移民"}),
        ("guide", "guide", {"code": REPLACEMENT}),
        ("guide-corporate", "guide", {"code": "restaurant-opening"}),
        ("signin", "signin", {}),
        ("status", "status", {}),
        ("cases-out", "cases", {}),
        ("me-out", "me", {}),
    ):
        citizen.goes(page, **parameters)
        eye(citizen.page, name)
    citizen.goes("apply", code="restaurant-opening")
    citizen.press("登录后继续")
    citizen.sees("处需要修改")
    eye(citizen.page, "apply-faults")
    citizen.goes("index")
    citizen.press("大字版")
    eye(citizen.page, "home-big")
    citizen.goes("guide", code=REPLACEMENT)
    eye(citizen.page, "guide-big")
    assert faults == []


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_of_ones_own(
    width: int, opened: Open, city: City, eye: Eye, cases: dict[str, str], photo: Path
) -> None:
    citizen = Citizen(opened(width, 0 if width == 390 else 900), city)
    faults = faults_of(citizen.page, answers_too=True)
    citizen.enter(cases["token"])
    for name in ("correct", "pay", "card", "denied", "fresh"):
        citizen.goes("case", case_no=cases[name])
        eye(citizen.page, f"case-{name}")
    citizen.goes("certificate", case_no=cases["card"])
    eye(citizen.page, "certificate")
    citizen.page.goto("/verify?n=" + city.case(cases["token"], cases["card"])["certificate"]["number"])
    citizen.page.get_by_text("有效", exact=False).first.wait_for()
    eye(citizen.page, "verify")
    citizen.goes("cases")
    eye(citizen.page, "cases")
    citizen.goes("messages")
    eye(citizen.page, "messages")
    citizen.goes("me")
    eye(citizen.page, "me")
    citizen.goes("supplement", case_no=cases["correct"])
    citizen.hands_in("原居住证照片", photo)
    eye(citizen.page, "supplement")
    citizen.goes("pay", case_no=cases["pay"])
    citizen.sees("订单号")
    eye(citizen.page, "pay")
    citizen.goes("rate", case_no=cases["card"])
    citizen.screen.get_by_label("不满意", exact=True).check()
    citizen.press("提交评价")
    eye(citizen.page, "rate")
    citizen.goes("apply", code="residence-permit")
    eye(citizen.page, "apply-form")
    citizen.tick("合法稳定住所")
    citizen.fills_replacement()
    citizen.write("开始居住日期", "20260301")
    citizen.goes_on(2)
    citizen.hands_in("近期证件照", photo)
    eye(citizen.page, "apply-materials")
    citizen.goes_on(3)
    citizen.chooses_courier()
    eye(citizen.page, "apply-way")
    citizen.goes_on(4)
    eye(citizen.page, "apply-review")
    citizen.sends()
    citizen.case_no()
    eye(citizen.page, "receipt")
    assert faults == []


@pytest.mark.parametrize("width", [1280, 1920])
def test_every_page_of_the_desk(width: int, opened: Open, city: City, eye: Eye, cases: dict[str, str]) -> None:
    clerk = Clerk(opened(width, 800 if width == 1280 else 1080), city, "zwzx-clerk")
    page, faults = clerk.page, faults_of(clerk.page, answers_too=True)
    page.goto("/console/")
    page.get_by_label("用户名").wait_for()
    eye(page, "sign-in")
    clerk.sign_in()
    page.locator(".task-row").first.wait_for()
    eye(page, "desk")
    clerk.opens(cases["fresh"])
    eye(page, "task")
    for key, name in (("a", "approve"), ("r", "reject"), ("c", "correct")):
        clerk.dialog(key)
        eye(page, name)
        clerk.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
    for key, name in (("v", "reveal"), ("?", "keys")):
        clerk.press(key)
        page.get_by_role("dialog").wait_for()
        eye(page, name)
        clerk.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
    page.goto("/console/#/intake")
    page.locator(".pick").first.wait_for()
    eye(page, "intake")
    page.goto(f"/console/#/intake/{REPLACEMENT}")
    page.locator(".intake-fields").first.wait_for()
    clerk.press("Control+Enter")
    page.get_by_text("处需要修改").wait_for()
    eye(page, "intake-form")
    page.goto("/console/#/cases")
    page.get_by_role("search").get_by_role("textbox").fill(cases["pay"])
    clerk.press("Enter")
    page.get_by_text("居住证换领、补领").first.wait_for()
    eye(page, "found")
    for case in ("correct", "pay", "denied"):
        page.goto(f"/console/#/cases/{cases[case]}")
        page.locator(".case-body").wait_for()
        eye(page, f"desk-case-{case}")
    page.goto(f"/console/#/cases/{cases['correct']}")
    page.get_by_role("button", name="代交材料").wait_for()
    clerk.press("b")
    page.locator("[data-first] .hand-in-row").wait_for()
    eye(page, "desk-supplement")
    clerk.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.goto("/console/#/services/restaurant-opening")
    page.locator(".services-head").wait_for()
    eye(page, "services")
    assert faults == []


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_desk_of_who_decides(width: int, opened: Open, city: City, eye: Eye, cases: dict[str, str]) -> None:
    approver = Clerk(opened(width, 800), city, "gaj-approver").sign_in()
    approver.opens(cases["decide"])
    for key, then, name in (("l", "退回 T", "task-decide-mine"), ("t", "认领 L", "task-decide")):
        approver.press(key)
        approver.page.get_by_role("button", name=then).wait_for()
        eye(approver.page, name)


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_board(width: int, opened: Open, city: City, eye: Eye, cases: dict[str, str]) -> None:
    supervisor = Clerk(opened(width, 800 if width == 1280 else 1080), city, "zwzx-supervisor")
    faults = faults_of(supervisor.page, answers_too=True)
    supervisor.sign_in()
    supervisor.page.goto("/console/#/board")
    supervisor.page.locator(".ring").first.wait_for()
    eye(supervisor.page, "board")
    assert faults == []


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's pictures go."""
    folder = ROOT / "docs" / "images" if os.environ.get("UPDATE_IMAGES") else tmp_path_factory.mktemp("images")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_pictures_of_the_citizens_page(opened: Open, city: City, images: Path) -> None:
    citizen = Citizen(opened(390, device_scale_factor=2), city)
    citizen.goes("apply", code=REPLACEMENT)
    citizen.fills_replacement()
    citizen.tick("证件丢失")
    citizen.screen.evaluate("(page) => page.scrollTo(0, 0)")
    citizen.page.screenshot(path=images / "citizen.png")
    wide = Citizen(opened(1440, 900), city)
    wide.goes("guide", code=REPLACEMENT)
    wide.tick("证件丢失")
    wide.sees("您要准备1份材料")
    wide.page.screenshot(path=images / "citizen-wide.png")


def test_pictures_of_the_desk(opened: Open, city: City, images: Path, photo: Path) -> None:
    me = city.wechat()
    for service, name in (("disability-card", "李秀英"), ("residence-permit", "陈建国"), ("elder-allowance", "周桂芳")):
        city.apply(me, service, City.phone(), form={"name": name})
    handed = [{"code": "old-permit", "material_id": city.hand_in(me, photo.read_bytes())}]
    form = {"reason": "damaged"}
    number = city.apply(me, REPLACEMENT, City.phone(), form=form, materials=handed, delivery={"method": "pickup"})[
        "case_no"
    ]
    clerk = Clerk(opened(1440, 900), city, "zwzx-clerk").sign_in()
    clerk.opens(number)
    clerk.press("/", "Control+a", "Delete", "Escape", "m")
    clerk.page.locator(".preview img").wait_for()
    clerk.page.locator(".timeline li").first.wait_for()
    clerk.page.screenshot(path=images / "console.png")
    supervisor = Clerk(opened(1440, 900), city, "zwzx-supervisor").sign_in()
    supervisor.page.goto("/console/#/board")
    supervisor.page.locator(".ring").first.wait_for()
    supervisor.page.screenshot(path=images / "board.png")


def test_picture_of_the_sandbox(opened: Open, city: City, eye: Eye, images: Path) -> None:
    page, phone, openid = opened(1440, 900), City.phone(), f"oWangXiaoming{secrets.token_hex(4)}"
    number = city.apply(city.wechat(openid), "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.until(lambda: city.call("GET", f"/sandbox/wechat/{openid}")["cards"], "a card")
    chosen = {"sms-choose": phone, "call-choose": phone, "wechat-choose": openid}
    page.add_init_script("".join(f"localStorage.setItem('sandbox.{box}', '{value}');" for box, value in chosen.items()))
    page.goto("/sandbox/")
    bubbles = page.locator("#sms-thread .bubble:not(.mine)")
    for count, text in enumerate(("办事", "老年人优待证", "510105194209120026", "1", "王桂芳", "1"), 1):
        page.locator("#sms-text").fill(text)
        page.locator("#sms-write").get_by_role("button", name="发送").click()
        bubbles.nth(count - 1).wait_for()
    page.locator("#wechat-text").fill("查询")
    page.locator("#wechat-write").get_by_role("button", name="发送").click()
    page.get_by_role("button", name="拨打 12345").click()
    page.locator("#call-state", has_text="通话中").wait_for()
    page.locator("#wechat-thread").get_by_text("老年人优待证").nth(1).wait_for()
    page.screenshot(path=images / "sandbox.png")
    eye(page, "sandbox")
