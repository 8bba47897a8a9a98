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
    assert sum(workdays.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)) == count
    assert count == 0 or workdays.is_workday(end)
