"""What a special procedure (特别程序) is: its kind, its reason and its days, which the law wants told (《行政许可法》第45、47、48条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fault
from chalicelib.kernel.workdays import add_workdays
from chalicelib.vocabulary.codes import PROCEDURES, ProcedureKind
from chalicelib.vocabulary.periods import HEARING_NOTICE_WORKDAYS, HEARING_RECORD_WORKDAYS, HEARING_WORKDAYS, PROCEDURE

HEARING: ProcedureKind = "hearing"


@dataclass(frozen=True)
class Procedure:
    """A special procedure: what it is, why, and the last day it takes, which the applicant is told (第45条: 书面告知).

    Of a hearing (听证) the day it is held on, and at what hour in which place (`place`), too; where somebody asked for it, the day he did.
    """

    kind: ProcedureKind
    reason: str
    until: date
    held_on: date | None = None
    place: str = ""
    asked_on: date | None = None

    def faults(self, today: date) -> Iterator[Fault]:
        """Yield what is wrong with it where it begins today."""
        if not today < self.until <= today + PROCEDURE:
            yield Fault("until", "range", f"结束日期应当在今天以后、{PROCEDURE.days}天以内")
        elif self.kind == HEARING and self.held_on and not self._recorded(self.held_on):
            yield Fault("until", "range", f"结束日期应当在听证当天至其后{HEARING_RECORD_WORKDAYS}个工作日之间")
        if self.kind == HEARING:
            yield from self._notice(today)
        else:
            given = {"held_on": self.held_on, "place": self.place, "asked_on": self.asked_on}
            yield from (Fault(name, "not_asked", "只有听证才写") for name, value in given.items() if value)

    def _recorded(self, held_on: date) -> bool:
        """Tell whether a hearing ends when it is held, or in the days its record takes."""
        return held_on <= self.until <= add_workdays(held_on, HEARING_RECORD_WORKDAYS).day

    def _notice(self, today: date) -> Iterator[Fault]:
        """《行政许可法》第47、48条: it is held within twenty days of being asked for, and told seven days before, with its place."""
        if not self.place:
            yield Fault("place", "required", "请写明听证几点、在哪里举行")
        if self.asked_on and self.asked_on > today:
            yield Fault("asked_on", "range", "提出听证要求的日期不能在今天以后")
            return
        first = add_workdays(today, HEARING_NOTICE_WORKDAYS).day
        last = max(first, add_workdays(self.asked_on or today, HEARING_WORKDAYS).day)  # late, it is held all the same
        if not (self.held_on and first <= self.held_on <= last):
            when = f"提前{HEARING_NOTICE_WORKDAYS}个工作日告知，在提出要求后{HEARING_WORKDAYS}个工作日内举行"
            between = f"{clock.day(first)}至{clock.day(last)}之间"
            yield Fault("held_on", "range", f"听证应当{when}，日期在{between}")

    def told(self) -> dict[str, object]:
        """Return what its event says of it."""
        data: dict[str, object] = {
            "kind": self.kind,
            "reason": self.reason,
            "procedure": PROCEDURES[self.kind],
            "due": self.until.isoformat(),
        }
        days = {name: day.isoformat() for name, day in (("held_on", self.held_on), ("asked_on", self.asked_on)) if day}
        return data | days | ({"place": self.place} if self.held_on else {})
