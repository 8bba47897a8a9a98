"""Vectors of domain notes §7 and §1.8, and properties of what is derived."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import formats, ids, mask, money, workdays


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


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-01-01", 1, "2026-01-04"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-15", 5, "2026-02-28"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-07-01", 20, "2026-07-29"),
        ("2026-07-01", 30, "2026-08-12"),
        ("2026-09-24", 10, "2026-10-15"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-12-10", 15, "2026-12-31"),
    ],
)
def test_working_days(start: str, count: int, end: str) -> None:
    assert workdays.add_workdays(date.fromisoformat(start), count) == workdays.Due(date.fromisoformat(end))


def test_a_year_without_notice_is_provisional() -> None:
    assert workdays.add_workdays(date(2026, 12, 10), 20).provisional


def test_calendar_agrees_with_the_published_one() -> None:
    import chinese_calendar

    first = date(2025, 1, 1)
    for n in range(730):
        day = first + timedelta(days=n)
        assert workdays.is_workday(day) == chinese_calendar.is_workday(day), day


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(0, 45))
def test_counting_there_and_back(start: date, count: int) -> None:
    end = workdays.add_workdays(start, count).day
    assert workdays.workdays_between(start, end) == count
    assert count == 0 or workdays.is_workday(end)


@given(st.binary(min_size=1), st.text(), st.text())
def test_case_numbers_check_and_repeat(key: bytes, sender: str, message: str) -> None:
    number = ids.case_number(ids.keyed(key, sender, message))
    assert ids.is_case_number(number) and number == ids.case_number(ids.keyed(key, sender, message))
    for place in range(12):
        slip = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert not ids.is_case_number(slip)


@given(st.lists(st.text(max_size=5), min_size=2, max_size=4), st.lists(st.text(max_size=5), min_size=2, max_size=4))
def test_keyed_hashes_keep_parts_apart(one: list[str], other: list[str]) -> None:
    assert (ids.keyed(b"k", *one) == ids.keyed(b"k", *other)) == (one == other)


@given(st.integers(0, 10**12))
def test_money_goes_out_exactly(fen: int) -> None:
    whole, cents = money.yuan(fen).split(".")
    assert int(whole) * 100 + int(cents) == fen


def test_money_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        money.yuan(-1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001234。", "电话138****1234。"),
        ("身份证510104199001010019", "身份证510***********0019"),
        ("办件号660092712114", "办件号660092712114"),
    ],
)
def test_logs_are_masked(text: str, shown: str) -> None:
    assert mask.free_text(text) == shown


def test_names_are_masked() -> None:
    assert [mask.name(each) for each in ("张三", "王小明", "欧阳小明", "", "张")] == ["张*", "王*明", "欧**明", "", "*"]
