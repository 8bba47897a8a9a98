"""A citizen and a clerk before their screens: they know only what is written on the page, and the clerk has no mouse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.journey.city import City

ID_NUMBER = "510104199001010019"
ADDRESS = "成都市锦江区东大街1号2单元301"
PATIENCE = 30_000  # milliseconds for what the workflow does by itself
NO_ANSWER = "Failed to load resource"  # what the browser notes of every refused or lost call, wanted or not


class Open(Protocol):
    """Open a fresh browser window of a width."""

    def __call__(self, width: int, height: int = 0, **options: Any) -> Page: ...


def window(browser: Browser, base: str, width: int, height: int = 0, **options: Any) -> Page:
    """Open a window as in Chengdu; a narrow one is a telephone."""
    phone = {"is_mobile": True, "has_touch": True} if width < 600 else {}
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height or (844 if phone else round(width * 0.5625))},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        **{**phone, **options},
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def faults_of(page: Page, answers_too: bool = False) -> list[str]:
    """Collect what the page's scripts complain of from now on; with `answers_too` also calls that were refused."""
    found: list[str] = []

    def heard(line: ConsoleMessage) -> None:
        if line.type == "error" and (answers_too or NO_ANSWER not in line.text):
            found.append(f"{line.text} {line.location.get('url', '')}")

    page.on("pageerror", lambda fault: found.append(str(fault)))
    page.on("console", heard)
    return found


class Citizen:
    """A person at the citizen's page."""

    def __init__(self, page: Page, city: City) -> None:
        self.page, self.city = page, city
        self.phone = City.phone()
        self.faults = faults_of(page)

    @property
    def screen(self) -> Locator:
        """What is in sight: pages gone from stay in the document, hidden."""
        return self.page.locator(".taro_page:not(.taro_page_shade)")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button by its name."""
        self.screen.get_by_role("button", name=name, exact=isinstance(name, str)).filter(visible=True).first.click()

    def write(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.screen.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Choose a radio button or tick a box by what is written beside it."""
        self.screen.get_by_label(label).first.check()

    def sees(self, text: str | re.Pattern[str], timeout: float = 15_000) -> None:
        """Wait until a text is on the screen."""
        self.screen.get_by_text(text).filter(visible=True).first.wait_for(timeout=timeout)

    def stays_a_while(self) -> None:
        """Look at the page until it can go on without a network."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    def comes_to(self, title: str) -> None:
        """Wait until another page is there: its heading takes the focus, so nobody types before."""
        expect(self.screen.locator("#page-title")).to_have_text(title)
        expect(self.screen.locator("#page-title")).to_be_focused()

    def goes_on(self, step: int) -> None:
        """Go to a step of the application, whose heading takes the focus."""
        self.press("下一步")
        expect(self.screen.locator("#step-title")).to_contain_text(f"第{step}步，共4步")
        expect(self.screen.locator("#step-title")).to_be_focused()

    def sign_in(self) -> None:
        """Sign in on the page that asks for it, with the code from the telephone."""
        self.comes_to("登录")
        self.write("手机号码", self.phone)
        before = len(self.city.told(self.phone))
        self.press("获取验证码")
        text = str(self.city.until(lambda: self.city.told(self.phone)[before:], "the code")[0]["text"])
        code = re.search(r"(?<!\d)\d{6}(?!\d)", text)
        assert code, text
        self.write("验证码", code[0])
        self.press("登录")

    def session(self) -> str:
        """Return the token that the page keeps, to compare with what the API says."""
        kept = self.page.evaluate("localStorage.getItem('rongyiban.session')")
        return str(json.loads(kept)["token"])

    def enter(self, token: str = "") -> str:
        """Begin signed in, as somebody who was here before; return the token. (Codes by SMS are few per hour and address.)"""
        token = token or self.city.wechat()
        kept = {
            "token": token,
            "expiresAt": "2099-01-01T00:00:00+08:00",
            "kind": "sms",
            "account": "tel:",
            "phone": self.phone,
        }
        name, value = json.dumps("rongyiban.session"), json.dumps(json.dumps(kept))
        self.page.add_init_script(f"localStorage.getItem({name}) || localStorage.setItem({name}, {value})")
        return token

    def goes(self, page: str, **params: str) -> None:
        """Open a page of the client by its address."""
        query = "&".join(f"{name}={value}" for name, value in params.items())
        self.page.goto(f"/#/pages/{page}/index{'?' + query if query else ''}")
        self.screen.locator(".main").wait_for()

    def finds_service(self, words: str, name: str) -> None:
        """Search on the first page and open the guide."""
        self.page.goto("/")
        self.screen.get_by_role("searchbox").fill(words)
        self.press("搜索")
        self.sees(re.compile(r"找到\d+个事项"))
        self.press(re.compile(f"^{name}"))
        self.comes_to(name)

    def reviews_replacement(self, courier: bool) -> None:
        """Fill in everything for a lost permit and come to the last step."""
        self.goes("apply", code="residence-permit-replacement")
        self.tick("证件丢失")
        self.fills_replacement()
        self.goes_on(2)
        self.goes_on(3)
        if courier:
            self.chooses_courier()
        else:
            self.write("联系手机", self.phone)
            self.tick(re.compile("窗口领取"))
        self.goes_on(4)

    def fills_replacement(self) -> None:
        """Fill in the form of 居住证换领、补领."""
        self.write("姓名", "王小明")
        self.write("身份证号码", ID_NUMBER)
        self.write("在成都的住址", ADDRESS)

    def hands_in(self, material: str, file: Path) -> None:
        """Choose a file for a material and wait until it is uploaded."""
        with self.page.expect_file_chooser() as chooser:
            self.press(f"拍照或选文件：{material}")
        chooser.value.set_files(file)
        self.sees("已上传")

    def chooses_courier(self) -> None:
        """Have the result sent home."""
        self.write("联系手机", self.phone)
        self.tick(re.compile("邮寄到家"))
        self.write("收件人姓名", "王小明")
        self.write("收件人手机", self.phone)
        self.write("收件地址", ADDRESS)

    def sends(self) -> None:
        """Confirm and send."""
        self.tick(re.compile("我已核对"))
        self.press("提交申请")

    def case_no(self) -> str:
        """Read the number on the receipt."""
        self.sees("我们收到了您的申请", PATIENCE)
        return re.sub(r"\D", "", self.screen.locator("#case-no").inner_text())


class Clerk:
    """A clerk at the desk, with the keyboard alone."""

    def __init__(self, page: Page, city: City, username: str) -> None:
        self.page, self.faults = page, faults_of(page)
        self.who = next(each for each in city.endpoints["staff"] if each["username"] == username)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.page.keyboard.insert_text(text)

    def types_password(self, password: str) -> None:
        """Fill in the sign-in page; the focus begins in the user name."""
        expect(self.page.get_by_label("用户名")).to_be_focused()
        self.type(self.who["username"])
        self.press("Tab")
        self.type(password)
        self.press("Enter")

    def sign_in(self) -> Clerk:
        """Open the console and sign in."""
        self.page.goto("/console/")
        self.types_password(self.who["password"])
        self.page.locator(".rail").wait_for()
        return self

    def opens(self, case_no: str) -> None:
        """Find a case's task in the list, which shows new work by itself, and open it."""
        self.page.locator(".desk-list").wait_for()
        self.press("/")
        self.press("Control+a")
        self.type(case_no)
        self.page.locator(f'[data-task^="{case_no}"]').wait_for(timeout=PATIENCE)
        self.press("Escape", "j", "Enter")
        expect(self.page.locator("#case-title")).to_be_focused()
        assert case_no in re.sub(r"\s", "", self.page.locator(".case-line").inner_text())

    def dialog(self, key: str) -> Locator:
        """Press a key that opens a dialog; return it, with the focus inside."""
        self.press(key)
        dialog = self.page.get_by_role("dialog")
        expect(dialog.locator("#opinion:focus, input:is([type=checkbox], [type=radio]):focus")).to_have_count(1)
        return dialog

    def begins(self, key: str, act: str) -> Locator:
        """Press the key of an act on a case, once its button is there; return its dialog, with the focus in the first field."""
        button = self.page.locator(".case-actions").get_by_role("button", name=f"{act} {key.upper()}", exact=True)
        button.wait_for(timeout=PATIENCE)
        self.press(key)
        dialog = self.page.get_by_role("dialog")
        expect(dialog.locator(".field:first-child :focus")).to_have_count(1)
        return dialog

    def done(self, words: str) -> None:
        """Submit the dialog and wait to be told."""
        self.press("Control+Enter")
        self.page.locator(".toast", has_text=words).wait_for()

    def approves(self, case_no: str, words: str) -> None:
        """Open a case's task and say yes."""
        self.opens(case_no)
        self.dialog("a")
        self.done(f"已办理：{words}")
