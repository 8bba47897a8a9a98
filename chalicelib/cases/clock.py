"""The clock of a case (办理期限): the working days it may take, from when they count, and what does not count.

It runs from 受理 (《行政许可法》第42条), stands while the applicant supplements or a special procedure takes place (第45条 for the
latter; that 补正 does not count either is our choice, docs/domain.md §1.7), and is extended once. No due date is kept: it is counted
from these parts whenever it is asked for, so that a year's notice, once loaded, mends by itself what was provisional.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.workdays import Due, add_workdays, count_workdays
from chalicelib.vocabulary.codes import CLOCK_REASONS, ClockReason

AWAITED = "（以国务院公布的放假安排为准）"
"""Stands behind every provisional date."""


@dataclass(frozen=True)
class Clock:
    """When a case is due. Whatever overlaps, a day is taken once.

    `promised`, `statutory`: working days (statutory 0: no law sets any). `since`: the day after which they count; until the case is
    `accepted` that is the day what was handed in was last whole, and all is what would be. `taken`: what did not count, each with
    its working days. `held`: what holds it now, since when; of several the first takes the days.
    """

    promised: int
    statutory: int
    since: date
    accepted: bool = False
    taken: tuple[tuple[ClockReason, int], ...] = ()
    held: tuple[tuple[ClockReason, date], ...] = ()

    # — what it says —

    @property
    def due(self) -> Due:
        """The day the case is promised by; before acceptance, what it would be."""
        return add_workdays(self.since, self.promised + self._moved)

    @property
    def limit(self) -> Due | None:
        """The last day the law gives, if it sets one."""
        return add_workdays(self.since, self.statutory + self._moved) if self.statutory else None

    @property
    def paused(self) -> date | None:
        """Since when it stands, if it does."""
        return self.held[0][1] if self.held else None

    @property
    def _moved(self) -> int:
        return sum(days for _, days in self.taken)

    def said(self) -> str:
        """Say it to people: 预计7月8日前办结 before acceptance, 承诺7月8日前办结 from then on; no day while it stands, for it moves."""
        left = count_workdays(self.paused, self.due.day) if self.paused and self.accepted else 0
        return (self._stands() or self._by(AWAITED)) + (f"，之后{left}个工作日内办结" if left else "")

    def noted(self) -> str:
        """Say the same on a card, which holds twenty characters."""
        return self._stands() or self._by("（暂定）")

    def _stands(self) -> str:
        why = "、".join(CLOCK_REASONS[reason] for reason, _ in self.held)
        return why and why + ("期间不计时" if self.accepted else "后重新计算办结日期")

    def _by(self, awaited: str) -> str:
        return ("承诺" if self.accepted else "预计") + written(self.due, "前办结", awaited)

    def moved_to(self, before: Clock) -> str:
        """Say how the promise moved since `before`, to follow a sentence; nothing where it did not."""
        came = self.taken[len(before.taken) :]
        if not came:
            return ""
        why = "、".join(CLOCK_REASONS[reason] for reason, _ in came)
        days = sum(days for _, days in came)
        return f"，承诺办结日因{why}顺延{days}个工作日，改为{written(self.due)}"

    def shown(self) -> dict[str, Any]:
        """Write it for the API."""
        return {
            "days": self.promised,
            "accepted": self.accepted,
            "provisional": self.due.provisional,
            "statutory_by": self.limit.day.isoformat() if self.limit else None,
            "paused_since": self.paused.isoformat() if self.paused else None,
            "taken": [{"reason": reason, "days": days} for reason, days in self.taken],
        }

    # — what moves it —

    def accept(self, day: date) -> Clock:
        """Let it run from `day` (受理), once."""
        if self.accepted:
            return self
        return replace(self, since=day, accepted=True, held=tuple((why, day) for why, _ in self.held))

    def pause(self, why: ClockReason, day: date) -> Clock:
        """Let it stand from `day` on; for a reason that holds it already nothing changes."""
        if any(reason == why for reason, _ in self.held):
            return self
        return replace(self, held=(*self.held, (why, day)))

    def resume(self, why: ClockReason, day: date) -> Clock:
        """Take a reason away: the working days after it began up to and with `day` do not count. Harmless where it held nothing."""
        rest = tuple(each for each in self.held if each[0] != why)
        if rest == self.held:
            return self
        if not self.accepted:
            return replace(self, since=day, held=rest)
        if self.held[0][0] != why:
            return replace(self, held=rest)
        took = count_workdays(self.held[0][1], day)
        taken = (*self.taken, (why, took)) if took else self.taken
        return replace(self, taken=taken, held=tuple((reason, day) for reason, _ in rest))

    def extend(self, days: int) -> Clock:
        """Add working days, once, after acceptance (第42条 延长). Raises ValueError."""
        if days <= 0:
            raise ValueError("an extension is a number of working days")
        if not self.accepted or any(reason == "extension" for reason, _ in self.taken):
            raise ValueError("a case is extended once, after acceptance")
        return replace(self, taken=(*self.taken, ("extension", days)))

    def until(self, day: date) -> Clock:
        """Return it as if all that holds it ended on `day`: what a decision of that day is measured by."""
        found = self
        for why, _ in self.held:
            found = found.resume(why, day)
        return found

    # — how it is kept —

    def text(self) -> str:
        """Write it small: a head of a case has to stay under one kilobyte."""
        held = [(why, day.isoformat()) for why, day in self.held]
        parts: list[Any] = [self.promised, self.statutory, self.since.isoformat(), int(self.accepted), self.taken, held]
        while not parts[-1]:
            parts.pop()
        return json.dumps(parts, separators=(",", ":"))

    @staticmethod
    def read(text: str) -> Clock:
        """Read what `text` wrote."""
        parts = json.loads(text)
        promised, statutory, since, accepted, taken, held = parts + [0, [], []][len(parts) - 3 :]
        pauses = tuple((why, date.fromisoformat(day)) for why, day in held)
        reasons = tuple((why, days) for why, days in taken)
        return Clock(promised, statutory, date.fromisoformat(since), bool(accepted), reasons, pauses)


def written(due: Due, after: str = "", awaited: str = AWAITED) -> str:
    """Write a due date as people read it, and where it is provisional, that it is."""
    return clock.day(due.day) + after + (awaited if due.provisional else "")
