"""Whatever a comment cites of the notes is there (`docs/domain.md §2.2 评价渠道, §14 默认值`, `docs/domain.md, 好差评`), and every file
that a page names."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = ("domain", "architecture")
NUMBERED = re.compile(r"§([\d.]*\d)(?: ([^\s,.;:)`*：，]+))?")
CITED = re.compile(rf"docs/({'|'.join(PAGES)})\.md(?:((?:,? {NUMBERED.pattern})+)|, ([一-鿿0-9]+))")
TREE = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
FOLDERS = {str(folder) for path in TREE for folder in PurePosixPath(path).parents}
HERE = {*TREE, *FOLDERS, *(path.removeprefix("chalicelib/") for path in (*TREE, *FOLDERS))}
"""Every file and folder; of a capability's, pages may leave out `chalicelib/`."""
KINDS = {PurePosixPath(path).suffix for path in TREE} - {""}
LIVING = [path for path in TREE if re.fullmatch(r"(README|CONTRIBUTING|docs/(?!domain|decisions)\w+)\.md", path)]
"""The pages that say what is so now; what the others cite is others', or of its day."""
TO_COME = re.compile(r"(?<![a-z-])(?:x|huawei|alipay|sf|douyin|tt)(?![a-z-])")
"""What recipes call the thing that is not there yet: the folder it goes to is."""


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


def paths(page: str) -> list[str]:
    """Read what a page has in backticks that looks like a file or folder of this repository."""
    text = re.sub(r"```[^`]*```", "", (ROOT / page).read_text("utf-8"))
    found = [each.removesuffix("/") for each in re.findall(r"`([\w*][\w.*<>/-]*)`", text)]
    return [
        path for path in found if PurePosixPath(path).suffix in KINDS or ("/" in path and path.split("/")[0] in HERE)
    ]


def stands(path: str) -> bool:
    """Tell whether a path is in the tree, or is made by the build and not tracked."""
    if wanted := TO_COME.search(path):
        return path[: wanted.start()].rpartition("/")[0] in HERE | {""}
    pattern = re.sub(r"<\w+>", "*", path)
    near = {PurePosixPath(each).name for each in TREE} if "/" not in path else set()
    built = subprocess.run(["git", "check-ignore", path, f"{path}/"], cwd=ROOT, capture_output=True).returncode == 0
    return built or any(fnmatchcase(each, pattern) for each in HERE | near)


@pytest.mark.parametrize("page", LIVING)
def test_every_path_a_page_names_is_there(page: str) -> None:
    assert [path for path in paths(page) if not stands(path)] == []


def test_a_path_that_is_not_there_is_seen() -> None:
    assert len([path for page in LIVING for path in paths(page)]) > 100
    assert not any(
        map(stands, ["web/console/src/supervision", "cases/moves.py", "tests/unit/dialogue/test_services.py"])
    )
    assert all(map(stands, ["parties/huawei", "cases/store.py", "infra/resources/<name>.yaml", "dist/template.json"]))
