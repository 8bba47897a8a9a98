"""Whatever a comment cites of the notes is there: `docs/domain.md §2.2 评价渠道, §14 默认值`, `docs/domain.md, 好差评`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGES = ("domain", "architecture")
NUMBERED = re.compile(r"§([\d.]*\d)(?: ([^\s,.;:)`*：，]+))?")
CITED = re.compile(rf"docs/({'|'.join(PAGES)})\.md(?:((?:,? {NUMBERED.pattern})+)|, ([一-鿿0-9]+))")


def headings(page: str) -> dict[str, str]:
    """Read the numbered headings of a page: number → title."""
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    return dict(re.findall(r"^##+ ([\d.]*\d)\.? (.+)$", text, re.M))


def grep(pattern: str, *where: str) -> str:
    found = subprocess.run(["git", "grep", "-hE", pattern, "--", *where], cwd=ROOT, capture_output=True, text=True)
    return found.stdout


def test_every_page_has_sections() -> None:
    assert all(headings(page) for page in PAGES)


def test_what_is_cited_is_there() -> None:
    pages = {page: headings(page) for page in PAGES}
    cited = list(CITED.finditer(grep(rf"docs/({'|'.join(PAGES)})\.md")))
    assert len(cited) > 10
    for each in cited:
        page, numbered, name = each[1], each[2], each[5]
        for number, title in NUMBERED.findall(numbered or ""):
            assert number in pages[page], f"docs/{page}.md has no §{number}"
            assert title in pages[page][number] or title.isascii(), f"docs/{page}.md §{number} is not {title}"
        assert not name or any(name in title for title in pages[page].values()), f"docs/{page}.md has no {name}"


def test_nothing_cites_notes_that_are_not_here() -> None:
    assert (
        grep(
            r"domain notes|design [(]?§",
            "chalicelib",
            "channels",
            "parties",
            "handlers",
            "infra",
            "sandbox",
            "tools",
            "tests",
            ":!tests/unit/docs",
        )
        == ""
    )
