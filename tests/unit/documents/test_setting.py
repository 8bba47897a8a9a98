"""How a document is set: lines that may end where they end, pages, and what a screen reader is told."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from chalicelib.documents.setting import LEFT, NEVER_FIRST, RIGHT, SIZE, lines, paper
from tests.unit.documents.fakes import typeface
from tests.unit.samples import NOW

WORDS = st.text("受理通知书，。（）《》“”〔〕 ab1234-", max_size=200)
BODY: list[Any] = [("addressee", "张三丰："), ("paragraph", "你提出的申请"), ("item", "1. 照片"), ("item", "2. 合同")]


@given(text=WORDS, width=st.integers(60, 442))
@example(text="查询码" + "1" * 200, width=442)
@example(text="，" * 80, width=100)
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    found = list(lines(text, typeface(), SIZE, width, 0))
    assert "".join(found) == text
    assert all(typeface().width(line) * SIZE / 1000 <= width or len(line) == 1 for line in found)


@given(text=st.text("受理通知书，。（）《》", max_size=120).filter(lambda text: "，，" not in text))
def test_no_line_begins_with_a_sign_that_may_not_stand_there(text: str) -> None:
    words = "。".join(
        part for part in text.replace("）", "书").replace("》", "书").replace("，", "。受").split("。") if part
    )
    assert not any(line[0] in NEVER_FIRST for line in list(lines(words, typeface(), SIZE, RIGHT - LEFT, 0))[1:])


def test_a_screen_reader_is_told_what_is_what() -> None:
    file = PdfReader(
        BytesIO(paper(typeface(), "受理通知书", "成城管受〔2026〕000001号", BODY, ("市城管委", "2026年7月1日"), NOW))
    )
    root: Any = file.trailer["/Root"]
    assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    document = root["/StructTreeRoot"]["/K"]
    assert [kid["/S"] for kid in document["/K"]] == ["/H1", "/P", "/P", "/P", "/L", "/P", "/P"]
    list_ = document["/K"][4]
    assert [item["/S"] for item in list_["/K"]] == ["/LI", "/LI"] and list_["/K"][0]["/K"][0]["/S"] == "/LBody"
    font = file.pages[0]["/Resources"]["/Font"]["/F"]  # type: ignore[index]
    assert font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile3"]["/Subtype"] == "/CIDFontType0C"


def test_every_text_of_every_page_has_its_part_of_the_tree() -> None:
    long: list[Any] = [("paragraph", "你提出的申请已经收到。" * 40)] * 4
    file = PdfReader(
        BytesIO(paper(typeface(), "受理通知书", "成〔2026〕000001号", long, ("市城管委", "2026年7月1日"), NOW))
    )
    assert len(file.pages) > 1
    numbers: Any = file.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]  # type: ignore[index]
    for place, page in enumerate(cast("list[Any]", file.pages)):
        marks = page.get_contents().get_data()
        assert (numbers[2 * place], page["/StructParents"]) == (place, place)
        assert marks.count(b"/MCID") == len(numbers[2 * place + 1]) and marks.count(b"/Artifact") == 1
        assert f"第{place + 1}页" in page.extract_text()


def test_a_character_the_typeface_does_not_have_is_read_all_the_same() -> None:
    rare = "张\U00030edd丰😀"
    made = paper(typeface(), "书", "号", [("paragraph", rare)], ("市城管委", "2026年7月1日"), NOW)
    assert rare in PdfReader(BytesIO(made)).pages[0].extract_text()
