"""Working days (《行政许可法》第82条: 期限以工作日计算, 不含法定节假日).

The start day is not counted; the first working day after it is day 1 (《民法典》第201条). The calendar is data,
`workdays.json`: per year the weekdays off and the weekend days worked, and the State Council notice it comes from. A year
whose notice is empty or missing is computed from the weekends and the statutory days known, and the date is `provisional`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Due:
    """A due date, and whether the calendar it rests on is still to be announced."""

    day: date
    provisional: bool = False


@cache
def _year(year: int) -> tuple[bool, frozenset[str], frozenset[str]]:
    entry = json.loads(Path(__file__).with_name("workdays.json").read_text("utf-8")).get(str(year), {})
    return bool(entry.get("notice")), frozenset(entry.get("off", ())), frozenset(entry.get("work", ()))


def is_workday(day: date) -> bool:
    """Tell whether offices are open on `day`."""
    _, off, work = _year(day.year)
    mark = f"{day:%m-%d}"
    return mark in work or (day.weekday() < 5 and mark not in off)


def add_workdays(start: date, count: int) -> Due:
    """Return the `count`-th working day after `start`; 0 is `start` itself. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError("working days are counted forward")
    day, provisional = start, False
    while count:
        day += timedelta(days=1)
        if is_workday(day):
            count -= 1
        provisional = provisional or not _year(day.year)[0]
    return Due(day, provisional)
