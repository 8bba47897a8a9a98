"""What every step of putting a bad rating right needs: whose desk it is, whose own work was rated, what was tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.model import Case, CaseFile, Event, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.ratings import rectifications
from chalicelib.ratings.model import BAD, OVERSIGHT
from chalicelib.ratings.rectifications import Offices
from chalicelib.tasks.model import prefix
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import OVERSIGHT_WORKDAYS


class Stepping:
    """The cases, and who puts right what was rated in them."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self.cases, self._catalogue = cases, catalogue

    def offices(self, file: CaseFile) -> Offices:
        """Return who puts right what was rated, and whose own work it was."""
        return Offices(self._catalogue.get(file.case.service), rectifications.involved(file))

    def own_work(self, file: CaseFile, who: str) -> bool:
        """Tell whether an account worked on a case, at the window too: it neither sees nor handles how that was rated."""
        return who in rectifications.involved(file) or self.cases.owner(who) == file.case.owner

    def task(self, file: CaseFile, about: Row, kind: str, days: int, now: datetime, **facts: Any) -> Row:
        """Return the task of a step."""
        return rectifications.task(file, self.offices(file), about, kind, days, now, **facts)

    def opening(self, file: CaseFile, rating: Row, now: datetime) -> list[Row]:
        """Return what a rating opens: nothing where it is not bad, or one is open."""
        return rectifications.opening(file, self.offices(file), rating, now) if rating.data["level"] <= BAD else []

    def overseeing(self, file: CaseFile, about: Row, now: datetime) -> list[Row]:
        """Return the task of the supervising department to take it up (督办), unless it has one."""
        if any(each.outcome is None for each in file.under(prefix(OVERSIGHT))):
            return []
        return [self.task(file, about, OVERSIGHT, OVERSIGHT_WORKDAYS, now, above=True)]

    def record(
        self, file: CaseFile, text: str, by: str, now: datetime, rows: list[Row], case: Case | None = None
    ) -> None:
        """Write a step nobody is told of, for he was there or is told with the answer."""
        self.cases.record(case or file.case, Event(EventName.RATING_FOLLOWED, text, now, by), rows=rows)


def tries(file: CaseFile, kind: str, row: Row) -> int:
    """Count the calls of this sort that nobody answered, in this cycle of a rectification."""
    made = [each for each in file.under(prefix(kind)) if each.outcome == "missed" and each.data["about"] == row.key]
    return sum(each.data["opened_at"] >= row.data.get("replied_at", "") for each in made)


def counted(row: Row) -> dict[str, Any]:
    """Write what supervision counts a step by: the day the rectification began, who was to be called, which time it is."""
    return {name: row.data[name] for name in ("opened_on", "named", "cycle")}
