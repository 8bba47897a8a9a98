"""One browser for all journeys of people: Debian's Chromium, driven by Playwright, before the running system."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from infra.packing import ROOT
from tests.journey.browser.people import Citizen, Clerk, Open, window
from tests.journey.city import City
from tools.frontdoor import built

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that tools/browser.sh finds."""
    missing = [name for name in ("citizen", "console") if not built(name)]
    if missing:
        pytest.fail(f"web/{', web/'.join(missing)} is not built: python -m tools.web build", pytrace=False)
    found = subprocess.run(["sh", "tools/browser.sh"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, city: City, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open windows that close with the test; of one that failed a picture stays in .local/browser/."""
    pages: list[Page] = []
    failed = request.session.testsfailed

    def one(width: int, height: int = 0, **options: object) -> Page:
        pages.append(window(browser, city.endpoints["api"], width, height, **options))
        return pages[-1]

    yield one
    for place, page in enumerate(pages):
        if request.session.testsfailed > failed:
            page.screenshot(path=ROOT / ".local" / "browser" / f"{request.node.name}-{place}.png")
        page.context.close()


@pytest.fixture
def citizen(opened: Open, city: City) -> Iterator[Citizen]:
    """A citizen with a telephone 390 px wide; the page's scripts must not complain."""
    person = Citizen(opened(390), city)
    yield person
    assert person.faults == []


@pytest.fixture
def clerk(opened: Open, city: City) -> Iterator[Clerk]:
    """The clerk of the comprehensive window at 1440 px; the page's scripts must not complain."""
    person = Clerk(opened(1440), city, "zwzx-clerk")
    yield person
    assert person.faults == []


CARD = """<body style="margin:0;font:22px/1.7 sans-serif;color:#234"><div style="height:300px;padding:22px 30px;box-sizing:border-box;
background:linear-gradient(120deg,#eaf4ef,#f7f3e6)"><b style="font-size:30px;letter-spacing:.3em">居住证</b>（样例）
<div style="float:right;width:112px;height:146px;margin-top:14px;background:#cfdde3;border-radius:56px 56px 8px 8px"></div>
<p>姓名　王小明<br>住址　成都市锦江区东大街1号<br>证号　510104••••••••0019</p></div>"""


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """A photograph of a card, as a telephone takes it."""
    file = tmp_path_factory.mktemp("photo") / "居住证照片.png"
    page = browser.new_page(viewport={"width": 480, "height": 300})
    page.set_content(CARD)
    page.screenshot(path=file)
    page.close()
    return file
