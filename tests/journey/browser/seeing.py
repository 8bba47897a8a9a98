"""What a careful eye would complain of on a page: findings of axe-core, what sticks out or is cut off, words left in English."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from infra.packing import ROOT

GRAVE = ("serious", "critical")
# Names and units that are written so in Chinese too, and the keys on a clerk's keyboard.
KNOWN = set("EMS PDF JPG PNG png OFD MB Alt Ctrl Enter Esc".split())
CODES = re.compile(
    r"(?<![A-Za-z])[a-z]{2,}(-[a-z0-9]+)+"  # staff, services
    r"|(?<![A-Za-z])o(?=[A-Za-z]*[0-9A-Z])\w{8,}"  # openids
    r"|(?<![A-Za-z])[A-Z]+(-[A-Z]+)*\d{12,}"  # official numbers of cases
    r"|[\w.]+(:\d+)?/verify"  # the address where certificates are checked
    r"|[0-9A-Z]*\d[0-9A-Z]*"  # identity numbers, orders, waybills
)
WORD = re.compile(r"[A-Za-z]{2,}")


@cache
def _scripts() -> str:
    for name in ("console", "citizen"):
        axe = ROOT / "web" / name / "node_modules" / "axe-core" / "axe.min.js"
        if axe.is_file():
            return axe.read_text("utf-8") + Path(__file__).with_name("eye.js").read_text("utf-8")
    raise AssertionError("axe-core is not installed: python -m tools.web build")


def grave(page: Page) -> list[str]:
    """Ask axe-core; return its serious and critical findings."""
    found: list[list[str]] = page.evaluate("eye.findings()")
    return [text for impact, text in found if impact in GRAVE]


def sticks_out(page: Page) -> list[str]:
    """Name what is wider than the window, off the screen or cut off."""
    return list(page.evaluate("eye.sticksOut()"))


def english(page: Page) -> list[str]:
    """Find words in Latin letters that are neither names, keys nor codes."""
    texts: list[str] = page.evaluate("eye.texts()")
    return sorted({word for text in texts for word in WORD.findall(CODES.sub(" ", text)) if word not in KNOWN})


def wrong(page: Page, axe: bool = True) -> list[str]:
    """Everything to complain of on a page as it stands."""
    if not page.evaluate("'eye' in window"):
        page.evaluate(_scripts())
    return [
        *(grave(page) if axe else []),
        *sticks_out(page),
        *(f"in English: {word}" for word in english(page)),
    ]
