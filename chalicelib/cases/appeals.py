"""Where and until when who is told no may turn: reconsideration (行政复议) and litigation (行政诉讼).

Both periods run from the day the decision is received, so the last days told are those of who receives it on the day it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.cases.clock import AWAITED
from chalicelib.catalogue.elements import Department
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import Due, last_day
from chalicelib.vocabulary.periods import LITIGATION_MONTHS, RECONSIDERATION

GOVERNMENT, COURT = "本级人民政府", "有管辖权的人民法院"
"""What the law says where nothing more is known of a department (《行政复议法》第24条, 《行政诉讼法》第14条)."""


@dataclass(frozen=True)
class Appeal:
    """The organ that reconsiders, the court, and the last days for who received the decision on `received`."""

    reviewed_by: str
    court: str
    received: date
    reconsider_by: Due
    sue_by: Due

    @property
    def awaited(self) -> str:
        """What stands behind the last days, once, where they are provisional."""
        return AWAITED if self.reconsider_by.provisional or self.sue_by.provisional else ""

    def told(self) -> dict[str, Any]:
        """Write it as the facts of an event have it."""
        days = {"reconsider_by": self.reconsider_by.day.isoformat(), "sue_by": self.sue_by.day.isoformat()}
        at = {"reviewed_by": self.reviewed_by, "court": self.court, "received": self.received.isoformat()}
        return {"appeal": {**at, **days, "provisional": bool(self.awaited), "said": self.said()}}

    def said(self) -> str:
        """Say it, to follow a sentence that tells the decision."""
        days = "、".join(clock.long_day(due.day) for due in (self.reconsider_by, self.sue_by))
        return (
            f"如不服，可以自收到决定之日起{RECONSIDERATION.days}日内向{self.reviewed_by}申请行政复议，或者{LITIGATION_MONTHS}个月内"
            f"向{self.court}提起行政诉讼；{clock.long_day(self.received)}收到的，最后一日分别是{days}{self.awaited}"
        )


def appeal(against: Department, received: date) -> Appeal:
    """Return where to turn against what a department decided, for who received it on this day.

    Sixty days (《行政复议法》第20条) and six months (《行政诉讼法》第46条), counted as `workdays.last_day` does.
    """
    return Appeal(
        against.reviewed_by or GOVERNMENT,
        against.court or COURT,
        received,
        last_day(received, days=RECONSIDERATION.days),
        last_day(received, months=LITIGATION_MONTHS),
    )
