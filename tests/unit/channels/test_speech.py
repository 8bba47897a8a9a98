"""Numbers as they are read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.speech import digits, spoken


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("办件号510104199001。", "办件号五 幺 零 幺，零 四 幺 九，九 零 零 幺。"),
        ("电话13800001234", "电话幺 三 八，零 零 零 零，幺 二 三 四"),
        ("12345", "幺 二 三，四 五"),
        ("2026-01-31前", "2026年1月31日前"),
        ("尾号1234，80.00元", "尾号1234，80.00元"),
        ("“高龄津贴”\n请按*", "高龄津贴，请按星号"),
    ],
)
def test_reading(text: str, read: str) -> None:
    assert spoken(text) == read


@given(st.from_regex(r"[0-9]{1,40}", fullmatch=True))
def test_every_digit_is_read_once_in_groups_of_at_most_six(number: str) -> None:
    said = digits(number)
    assert len(said.replace("，", "").replace(" ", "")) == len(number)
    assert all(0 < len(group.split()) <= 6 for group in said.split("，"))
