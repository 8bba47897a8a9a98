"""Vectors of docs/domain.md §7 证件与号码."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import formats


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("510104199001010019", True),
        ("51010719850615002X", True),
        ("810000198001010014", True),
        ("510114199502031232", True),
        ("911156202301010017", True),
        ("510104199001010018", False),
        ("51010719850615002x", False),
        ("510104199002300019", False),
        ("990104199001010019", False),
        ("510104900101001", False),
        ("51010419900101001٩", False),  # digits of another script are no digits
        ("", False),
    ],
)
def test_identity_numbers(text: str, right: bool) -> None:
    assert formats.id_number(text) is right


@pytest.mark.parametrize("text", ["91350100M000100Y43", "91510100MA6C12345G", "11510100009170083Q"])
def test_credit_codes(text: str) -> None:
    assert formats.credit_code(text)
    assert not formats.credit_code(text[:-1] + ("A" if text[-1] != "A" else "B"))


@pytest.mark.parametrize(
    ("text", "right"),
    [("2026-02-28", True), ("2026-02-29", False), ("2026-2-1", False), ("x", False), ("２０２６-01-01", False)],
)
def test_days(text: str, right: bool) -> None:
    assert formats.day(text) is right


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_is_read_in_every_writing(day: date) -> None:
    writings = (
        f"{day:%Y%m%d}",
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    )
    assert {formats.tidy_day(each.zfill(8)) for each in writings} == {day.isoformat()}


@given(st.text(max_size=30))
def test_a_day_read_is_a_day(text: str) -> None:
    read = formats.tidy_day(text)
    assert read == text or formats.day(read)
