"""Working days (《行政许可法》第82条: 期限以工作日计算, 不含法定节假日).

The start day is not counted; the first working day after it is day 1 (《民法典》第201条). The calendar is data,
`workdays.json`: per year the weekdays off and the weekend days worked, and the State Council notice it comes from. A year
whose notice is empty or missing is computed from the weekends and the statutory days known, and the date is `provisional`.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("workdays.json")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A due date, and whether the calendar it rests on is still to be announced."""

    day: date
    provisional: bool = False


@cache
def _year(year: int) -> tuple[bool, frozenset[date], frozenset[date]]:
    """Read a year: whether it is announced, the weekdays off, the weekend days worked."""
    entry = json.loads(FILE.read_text("utf-8")).get(str(year), {})
    off, work = ({date.fromisoformat(f"{year}-{mark}") for mark in entry.get(name, ())} for name in ("off", "work"))
    return bool(entry.get("notice")), frozenset(off), frozenset(work)


def is_workday(day: date) -> bool:
    """Tell whether offices are open on `day`."""
    _, off, work = _year(day.year)
    return day in work or (day.weekday() < 5 and day not in off)


def add_workdays(start: date, count: int) -> Due:
    """Return the `count`-th working day after `start`; 0 is `start` itself. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError("working days are counted forward")
    day, provisional = start, False
    while count:
        day += DAY
        count -= is_workday(day)
        provisional = provisional or not _year(day.year)[0]
    return Due(day, provisional)


def last_day(start: date, days: int = 0, months: int = 0) -> Due:
    """Return the last day of a period of calendar days or months: the start day is not counted (《民法典》第201条), a month ends on the
    same day or on its last (第202条), and a day off is moved to the first working day behind it (第203条)."""
    month = start.month - 1 + months
    first = date(start.year + month // 12, month % 12 + 1, 1)
    day = first + DAY * (min(start.day, monthrange(first.year, first.month)[1]) - 1 + days)
    provisional = not _year(day.year)[0]
    while not is_workday(day):
        day += DAY
        provisional = provisional or not _year(day.year)[0]
    return Due(day, provisional)


def count_workdays(after: date, until: date) -> int:
    """Count the working days after one day up to and with another; 0 where that is not later."""
    return sum(is_workday(after + DAY * n) for n in range(1, (until - after).days + 1))
