"""Working days (docs/domain.md §1.8 工作日), against the calendar that is published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import workdays


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


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-07-01", {"days": 60}, "2026-08-31"),  # a Sunday
        ("2026-08-02", {"days": 60}, "2026-10-08"),  # 国庆
        ("2026-07-02", {"days": 60}, "2026-08-31"),
        ("2026-03-31", {"months": 6}, "2026-09-30"),
        ("2026-04-01", {"months": 6}, "2026-10-08"),
        ("2025-08-29", {"months": 6}, "2026-02-28"),  # February has no 29th; a Saturday that is worked
        ("2025-12-31", {"months": 6}, "2026-06-30"),
    ],
)
def test_articles_201_to_203_calendar_days_and_months(start: str, length: dict[str, int], end: str) -> None:
    assert workdays.last_day(date.fromisoformat(start), **length) == workdays.Due(date.fromisoformat(end))


@given(st.dates(date(2025, 1, 1), date(2027, 6, 30)), st.integers(1, 400), st.integers(0, 24))
def test_a_period_ends_on_a_working_day_and_gives_no_day_less(start: date, days: int, months: int) -> None:
    found = workdays.last_day(start, days, months)
    assert workdays.is_workday(found.day) and (found.day - start).days >= days + 28 * months
    assert found.provisional or found.day.year <= 2026


def test_a_year_without_notice_is_provisional() -> None:
    assert workdays.add_workdays(date(2026, 12, 10), 20).provisional


def test_calendar_agrees_with_the_published_one() -> None:
    import chinese_calendar

    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        assert workdays.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_statutory_days_on_a_weekend_are_made_up_for_before_the_notice_comes() -> None:
    """春节 2027 is 5–8 February, two days of it on a weekend: 9 and 10 February are off (《全国年节及纪念日放假办法》第2、6条)."""
    off = [day for n in range(1, 14) if not workdays.is_workday(day := date(2027, 2, n)) and day.weekday() < 5]
    assert off == [date(2027, 2, day) for day in (5, 8, 9, 10)]


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 45))
def test_counting_there_and_back(start: date, count: int) -> None:
    end = workdays.add_workdays(start, count).day
    assert workdays.count_workdays(start, end) == count and workdays.count_workdays(end, start) == 0
    assert count == 0 or workdays.is_workday(end)


@given(st.dates(date(2024, 1, 1), date(2027, 11, 1)), st.integers(0, 40), st.integers(0, 40))
def test_one_stretch_after_another_is_both_at_once(start: date, first: int, second: int) -> None:
    there = workdays.add_workdays(workdays.add_workdays(start, first).day, second).day
    assert there == workdays.add_workdays(start, first + second).day
