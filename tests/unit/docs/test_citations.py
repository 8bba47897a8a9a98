"""Whatever a comment cites of the notes is there (`docs/domain.md §2.2 评价渠道, §14 默认值`, `docs/domain.md, 好差评`), and every file
and command that a page names."""

from __future__ import annotations

import json
import os.path
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
LIVING = [
    path for path in TREE if re.fullmatch(r"((web/\w+/)?README|CONTRIBUTING|docs/(?!domain|decisions)\w+)\.md", path)
]
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


def stands(path: str, page: str = "") -> bool:
    """Tell whether a path is in the tree, from its top or from where the page is, or is made by the build and not tracked."""
    if wanted := TO_COME.search(path):
        return path[: wanted.start()].rpartition("/")[0] in HERE | {""}
    here = os.path.normpath(PurePosixPath(page).parent / path)
    pattern, nearby = (re.sub(r"<\w+>", "*", each) for each in (path, here))
    near = {PurePosixPath(each).name for each in TREE} if "/" not in path else set()
    built = subprocess.run(["git", "check-ignore", path, f"{path}/", here], cwd=ROOT, capture_output=True)
    return not built.returncode or any(fnmatchcase(each, way) for each in HERE | near for way in (pattern, nearby))


@pytest.mark.parametrize("page", LIVING)
def test_every_path_a_page_names_is_there(page: str) -> None:
    assert [path for path in paths(page) if not stands(path, page)] == []


def commands(page: str) -> set[str]:
    """Read what a page tells people to run: targets of make, scripts of npm, modules of Python."""
    code = " ".join(re.findall(r"`+([^`]+)`+", (ROOT / page).read_text("utf-8")))
    return set(re.findall(r"\b(?:make|npm run|python -m) (?=\w)[\w.:]+", code))


@pytest.fixture(scope="session")
def runnable() -> set[str]:
    scripts = (json.loads(each.read_text("utf-8"))["scripts"] for each in ROOT.glob("web/*/package.json"))
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    modules = (path.removesuffix(".py").replace("/", ".") for path in TREE if path.endswith(".py"))
    return (
        {f"make {each}" for each in targets}
        | {f"npm run {each}" for script in scripts for each in script}
        | {f"python -m {each}" for each in modules}
    )


@pytest.mark.parametrize("page", LIVING)
def test_every_command_a_page_names_is_there(page: str, runnable: set[str]) -> None:
    assert commands(page) - runnable == set()


def test_a_command_that_is_not_there_is_seen(runnable: set[str]) -> None:
    assert len(set().union(*map(commands, LIVING))) > 10 and "make fast" not in runnable


def test_a_path_that_is_not_there_is_seen() -> None:
    assert len([path for page in LIVING for path in paths(page)]) > 100
    assert not any(
        map(stands, ["web/console/src/supervision", "cases/moves.py", "tests/unit/dialogue/test_services.py"])
    )
    assert all(map(stands, ["parties/huawei", "cases/store.py", "infra/resources/<name>.yaml", "dist/template.json"]))
