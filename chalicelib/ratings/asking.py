"""Asking for a rating, and closing when the time for it is over."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import CLOSING, Case, Event
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock
from chalicelib.kernel.retry import retried
from chalicelib.ratings import model
from chalicelib.ratings.model import INVITING, KIND
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import ASKED_AFTER_NO
from chalicelib.vocabulary.statuses import RATEABLE, STATUSES, Status

MORNING = 9  # o'clock: nobody is asked at night


class Asking:
    """Invite, and close. `key` is that of the tickets."""

    def __init__(self, cases: Cases, key: bytes, public_url: str) -> None:
        self._cases, self._key, self._public_url = cases, key, public_url

    def invite(self, case_no: str, now: datetime) -> None:
        """See that the applicant is asked to rate, once, where no result is delivered with the question: after a no on another day, never
        in the sentence that says it. Calling again is harmless."""
        retried(lambda: self._invite(case_no, now))

    def _invite(self, case_no: str, now: datetime) -> None:
        case = self._cases.head(case_no)
        place = round_desk(INVITING, case_no)
        if _settled(case) or case.desk == place:
            return
        if STATUSES[case.status].tone != "bad":
            self._ask(case_no, now)
            return
        morning = (now.astimezone(clock.SHANGHAI) + ASKED_AFTER_NO).replace(
            hour=MORNING, minute=0, second=0, microsecond=0
        )
        self._cases.amend(case, desk=place, due=clock.iso(morning))

    def ask_due(self, now: datetime) -> int:
        """Ask whoever heard a no on another day. Called by the clock; returns how many."""
        return self._cases.round(INVITING, clock.iso(now), lambda row: self.ask(row.case_no, now))

    def ask(self, case_no: str, now: datetime) -> None:
        """Ask for a rating, of whom has not given one."""
        retried(lambda: self._ask(case_no, now))

    def _ask(self, case_no: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        if _settled(file.case):
            return
        if file.of(KIND):
            self._cases.amend(file.case.invited(now))
        else:
            self._cases.record(file.case, Event(EventName.RATING_INVITED, "请您评价本次服务", now, "系统"))

    def link(self, case_no: str, again: bool = False) -> str:
        """Write the address of the invitation, with its one-time ticket: for the applicant's eyes only, it stands in no event."""
        ticket = model.ticket(self._key, case_no, again)
        return f"{self._public_url}/rate/{case_no}?t={ticket}" + ("&a=1" if again else "")

    # — clock —

    def close_due(self, now: datetime) -> int:
        """Close every delivered case whose rating window is over (办结归档). Called by the clock; returns how many."""
        return self._cases.round(CLOSING, clock.iso(now), lambda row: self.close(row.case_no, now))

    def close(self, case_no: str, now: datetime) -> None:
        """Close a delivered case."""

        def end() -> None:
            case = self._cases.head(case_no)
            if case.status is Status.DELIVERED:
                event = Event(EventName.CLOSED, "办结归档", now, "系统")
                self._cases.record(case, event, Status.CLOSED, desk=None, due=None)

        retried(end)


def _settled(case: Case) -> bool:
    """Tell whether there is nothing to ask, or it was asked."""
    return case.status not in RATEABLE or "rate_until" in case.facts
