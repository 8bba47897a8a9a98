"""The days of delivering: the ten of 《行政许可法》第44条, shared out, and when somebody looks again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chalicelib.cases.model import Row
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import add_workdays, count_workdays
from chalicelib.vocabulary.periods import COURIER_WORKDAYS, PICKUP_WORKDAYS, RETURN_WORKDAYS, SILENT_WORKDAYS


def backoff(tries: int) -> timedelta:
    """Return how long to wait before offering a parcel again: 1, 2, 4 … minutes, an hour at most."""
    return timedelta(minutes=min(60, 2 ** max(0, tries - 1)))


def spent(row: Row, now: datetime) -> int:
    """Count the working days since handing over began: since the decision, or the payment."""
    return count_workdays(_day(row, "begun", now), now.date())


def left(row: Row, now: datetime, most: int = PICKUP_WORKDAYS) -> int:
    """Return how many of the ten working days are left (《行政许可法》第44条), `most` of them, the next one at least."""
    return max(min(most, PICKUP_WORKDAYS - spent(row, now)), 1)


def given_up(row: Row, now: datetime) -> bool:
    """Tell whether the courier had his days to take the order."""
    return count_workdays(_day(row, "queued", now), now.date()) >= COURIER_WORKDAYS


def silent(row: Row, now: datetime) -> bool:
    """Tell whether the courier has said nothing for so long that he is asked."""
    return count_workdays(_day(row, "heard", now), now.date()) >= SILENT_WORKDAYS


def late(row: Row, now: datetime) -> bool:
    """Tell whether the last of the ten working days is there, and nobody was told yet."""
    return not row.data.get("late") and spent(row, now) >= PICKUP_WORKDAYS


def watched(row: Row, now: datetime) -> str:
    """Return when to look at a parcel on its way again: when the courier was silent for long, or on the last of the ten days."""
    quiet = add_workdays(_day(row, "heard", now), SILENT_WORKDAYS).day
    last = quiet if row.data.get("late") else add_workdays(_day(row, "begun", now), PICKUP_WORKDAYS).day
    return clock.iso(opening(min(quiet, last)))


def choosing_ends(now: datetime) -> date:
    """Return the last day to choose what becomes of a parcel that came back today."""
    return add_workdays(now.date(), RETURN_WORKDAYS).day


def over(day: date) -> datetime:
    """Return when a day is over."""
    return opening(day + timedelta(days=1))


def opening(day: date) -> datetime:
    """Return when a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)


def _day(row: Row, name: str, now: datetime) -> date:
    return date.fromisoformat(row.data.get(name) or row.data.get("begun") or now.date().isoformat())
