"""What a careful eye would complain of on a page: findings of axe-core, what sticks out or is cut off, words left in English."""

from __future__ import annotations

import re
from functools import cache

from playwright.sync_api import Page

from infra.packing import ROOT

GRAVE = ("serious", "critical")
# Names and units that are written so in Chinese too, and the keys on a clerk's keyboard.
KNOWN = set("EMS PDF JPG PNG png OFD MB QQ Alt Ctrl Enter Esc".split())
# Staff and kiosk names, openids of WeChat, official numbers of cases, and everything else with digits in it.
CODES = re.compile(r"(?<![A-Za-z])[a-z]{2,}(-[a-z0-9]+)+|\bo(?=[A-Za-z]*[0-9A-Z])\w{8,}|(?<![A-Za-z])[A-Z]+(-[A-Z]+)*\d{12,}|[0-9A-Z]*\d[0-9A-Z]*")
WORD = re.compile(r"[A-Za-z]{2,}")

_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
    (each) => [each.impact, `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`])"""

_STICKS_OUT = """() => {
  const shown = (each) => each.checkVisibility({opacityProperty: true, visibilityProperty: true}) && each.getClientRects().length > 0
  const name = (each) => `${each.tagName.toLowerCase()}.${String(each.className).split(' ')[0]} “${(each.textContent || '').trim().slice(0, 24)}”`
  const wide = document.documentElement.scrollWidth - window.innerWidth
  const all = [...document.querySelectorAll('button, a, input, select, textarea, label, h1, h2, h3, p, dt, dd, th, td, li, legend, .tag')].filter(shown)
  const past = all.filter((each) => {
    const box = each.getBoundingClientRect()
    return box.width > 2 && (box.right > window.innerWidth + 1 || box.left < -1) && !each.closest('.skip, .out-of-sight, [aria-hidden=true]')
  })
  const cut = all.filter((each) => {
    const style = getComputedStyle(each)
    return !each.matches('.out-of-sight') && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && each.clientWidth > 2 && each.scrollWidth > each.clientWidth + 1
  })
  return [...(wide > 0 ? [`the page is ${wide} px too wide`] : []), ...past.map((each) => `off the screen: ${name(each)}`), ...cut.map((each) => `cut off: ${name(each)}`)]
}"""

_TEXTS = """() => {
  const seen = (each) => each.checkVisibility({opacityProperty: true, visibilityProperty: true})
  const roots = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')]
  const named = [...document.querySelectorAll('[aria-label], [placeholder], [title], img[alt]')].filter(seen)
    .filter((each) => !each.closest('[aria-hidden=true]') && !each.parentElement.closest('button[aria-label]'))
    .flatMap((each) => ['aria-label', 'placeholder', 'title', 'alt'].map((name) => each.getAttribute(name) || ''))
  return [document.title, ...(roots.length ? roots : [document.body]).map((each) => each.innerText), ...named]
}"""


@cache
def _axe() -> str:
    for name in ("console", "citizen"):
        file = ROOT / "web" / name / "node_modules" / "axe-core" / "axe.min.js"
        if file.is_file():
            return file.read_text("utf-8")
    raise AssertionError("axe-core is not installed: python -m infra.web build")


def grave(page: Page) -> list[str]:
    """Ask axe-core; return its serious and critical findings."""
    page.evaluate(_axe())
    found: list[list[str]] = page.evaluate(_RUN)
    return [text for impact, text in found if impact in GRAVE]


def sticks_out(page: Page) -> list[str]:
    """Name what is wider than the window, off the screen or cut off."""
    return list(page.evaluate(_STICKS_OUT))


def english(page: Page) -> list[str]:
    """Find words in Latin letters that are neither names, keys nor codes."""
    texts: list[str] = page.evaluate(_TEXTS)
    return sorted({word for text in texts for word in WORD.findall(CODES.sub(" ", text)) if word not in KNOWN})


def wrong(page: Page, axe: bool = True) -> list[str]:
    """Everything to complain of on a page as it stands."""
    return [*(grave(page) if axe else []), *sticks_out(page), *(f"in English: {word}" for word in english(page))]
