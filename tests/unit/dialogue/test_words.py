"""What people write, understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.dialogue import words
from chalicelib.notices.facts import REPLY


@pytest.mark.parametrize(
    ("text", "command", "case_no"),
    [
        ("CX 123456789012", "status", "123456789012"),
        ("cx123456789012", "status", "123456789012"),
        ("ＪＤ：１２３４ ５６７８ ９０１２", "status", "123456789012"),
        ("1234-5678-9012", "status", "123456789012"),
        ("进度", "status", ""),
        ("CX 123", "status", "123"),
        ("评价", "rate", ""),
        ("评价 123456789012 5", "rate", "123456789012"),
        ("“退订”", "stop", ""),
        ("td", "stop", ""),
        ("？", "help", ""),
        ("人工。", "person", ""),
        ("510104199001010019", "", ""),
        ("查一下天气", "", ""),
    ],
)
def test_commands(text: str, command: str, case_no: str) -> None:
    heard = words.hear(text)
    assert (heard.command, heard.case_no) == (command, case_no)


@given(st.text())
def test_hearing_never_fails(text: str) -> None:
    heard = words.hear(text)
    assert len(heard.said) <= words.LONGEST and "\x00" not in heard.said
    assert words.hear(heard.said).said == heard.said


@pytest.mark.parametrize(
    ("text", "number"), [("80", 80), ("80岁", 80), ("-1", -1), ("八十", None), ("1.5", None), ("9" * 40, None)]
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert words.whole_number(text) == number


@given(st.integers(-(10**14), 10**14))
def test_every_whole_number_is_read(number: int) -> None:
    assert words.whole_number(f"{number} 人") == number


@pytest.mark.parametrize(
    ("text", "level"),
    [("5", 5), ("1分", 1), ("非常不满意", 1), ("不满意", 2), ("满意", 4), ("6", 0), ("", 0), ("55", 0)],
)
def test_levels(text: str, level: int) -> None:
    assert words.level(text) == level


@pytest.mark.parametrize(
    ("text", "found"), [("1,3", [1, 3]), ("1、 3", [1, 3]), ("2", [2]), ("1和2", [1, 2]), ("12a", []), ("", [])]
)
def test_lists_of_numbers(text: str, found: list[int]) -> None:
    assert words.numbers(text) == found


def test_what_a_message_promises_is_understood() -> None:
    (word,) = [part for part in REPLY.split("“")[1:] for part in part.split("”")[:1]]
    assert words.hear(word).command == "supplement"


@pytest.mark.parametrize(
    "said", ["补正", "我要补正", "补材料", "我要补材料", "BZ", "bz", "补交材料。", "“补正”", "补正 123456789012"]
)
def test_it_is_asked_for_in_many_words(said: str) -> None:
    heard = words.hear(said)
    assert heard.command == "supplement" and heard.case_no == ("123456789012" if "1" in said else "")


@pytest.mark.parametrize("said", ["补办身份证", "补正了吗", "我要补办老年证", "补正123"])
def test_what_only_sounds_like_it_is_not(said: str) -> None:
    assert words.hear(said).command != "supplement"
