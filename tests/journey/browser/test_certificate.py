"""The card on a telephone, a stranger who scans it or types its number, a supervisor who revokes it with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journey.browser.people import PATIENCE, Citizen, Clerk, Open, faults_of
from tests.journey.city import City
from tests.journey.test_k_certificates import given

CAMERA = """navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream()
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(['qr_code']) }
  detect() { return Promise.resolve([{ rawValue: 'https://yb.example.gov.cn/verify?n=NUMBER' }]) }
}"""
"""A camera that sees one code: whether a browser reads codes by itself, it says."""


def verdict(page: Page, word: str, *facts: str) -> None:
    """The page says this, in words, and the screen reader begins there."""
    box = page.locator("#verdict")
    expect(page.locator("#word")).to_contain_text(word)
    expect(box).to_be_focused()
    for fact in facts:
        expect(box).to_contain_text(fact)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_shown_scanned_revoked_and_seen_revoked(citizen: Citizen, opened: Open, city: City) -> None:
    me, case_no = given(city)
    number = city.case(me, case_no)["certificate"]["number"]
    spoken = " ".join(number[at : at + 4] for at in range(0, 16, 4))
    citizen.enter(me)
    citizen.goes("case", case_no=case_no)
    citizen.press("出示")
    citizen.comes_to("出示证照")
    citizen.sees("王桂芳")
    citizen.sees(spoken)
    citizen.screen.get_by_role("img", name="证照核验码").wait_for()
    citizen.stays_a_while()

    stranger = opened(390)
    faults = faults_of(stranger)
    stranger.goto(f"/verify?n={number}")
    verdict(stranger, "有效", "王*芳", "老年人优待证", "长期有效", "成都市民政局", spoken)
    expect(stranger.get_by_text("王桂芳")).to_have_count(0)
    number_field = stranger.get_by_label("证照编号")
    for typed, said in (("1234", "现在是4位"), (number[:-1] + str((int(number[-1]) + 1) % 10), "请从头核对每一位")):
        number_field.fill(typed)
        number_field.press("Enter")
        expect(stranger.get_by_role("alert")).to_contain_text(said)
    number_field.fill("9999-9999-9999-9998")
    stranger.get_by_role("button", name="核验").click()
    verdict(stranger, "查无此证", "9999 9999 9999 9998")

    boss = Clerk(opened(1440), city, "mzj-supervisor").sign_in()
    boss.page.goto(f"/console/#/cases/{case_no}")
    part = boss.page.get_by_label("电子证照", exact=True)
    part.get_by_role("button", name="注销").focus()
    boss.press("Enter")
    boss.page.get_by_label("理由").wait_for()
    boss.press("Alt+3", "Control+Enter")
    expect(part).to_contain_text("已注销")
    assert boss.faults == []

    number_field.fill(spoken)
    number_field.press("Enter")
    verdict(stranger, "已注销", "王*芳")
    assert faults == []
    citizen.press("重新查")
    citizen.sees("已注销")
    citizen.press("返回")
    citizen.sees("持证人申请注销", PATIENCE)


def test_the_camera_reads_it(opened: Open, city: City) -> None:
    me, case_no = given(city)
    number = city.case(me, case_no)["certificate"]["number"]
    page = opened(390)
    page.add_init_script(CAMERA.replace("NUMBER", number))
    page.goto("/verify")
    page.get_by_role("button", name="扫二维码").click()
    verdict(page, "有效", "王*芳")
    expect(page.locator("#camera")).to_be_hidden()


def test_without_a_network_the_card_is_there(citizen: Citizen, city: City) -> None:
    me, case_no = given(city)
    citizen.enter(me)
    citizen.goes("certificate", case_no=case_no)
    citizen.sees("王桂芳")
    citizen.stays_a_while()
    citizen.page.context.set_offline(True)
    citizen.page.reload()
    citizen.sees("请对方扫码核验")
    citizen.sees("王桂芳")
    citizen.screen.get_by_role("img", name="证照核验码").wait_for()
