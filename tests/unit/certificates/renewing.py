"""An office whose licence can be renewed: asked for, accepted, decided, delivered, on whatever day a test says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from chalicelib.cases.model import Case, Event
from chalicelib.certificates.renewals import Renewals
from chalicelib.delivery.service import Delivery
from chalicelib.intake.model import Reply
from chalicelib.kernel.clock import SHANGHAI
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import FIVE, Office
from tests.unit.delivery.fakes import Contracts
from tests.unit.office import desk
from tests.unit.samples import NOW, application

RENEWABLE = {**FIVE, "valid_years": 0, "valid_days": 100, "renewable": True}
"""Valid from 2026-07-01 to 2026-10-08: asked for from 2026-08-09 on, until 2026-09-08."""
GIVEN = NOW.date()
OPENS, ASK_BY, LAST = date(2026, 8, 9), date(2026, 9, 8), date(2026, 10, 8)
AGAIN = date(2027, 1, 16)  # the last day once it was renewed


def on(day: date, hour: int = 10) -> datetime:
    """A moment of a day in Shanghai."""
    return datetime.combine(day, time(hour), SHANGHAI)


class Renewing(Office):
    """A holder with a certificate, `first` the day it was given."""

    def __init__(self, **changes: Any) -> None:
        super().__init__(**{"result": RENEWABLE, "fee": None, **changes})
        self.renewals = Renewals(self.cases, self.services)
        self.desk = desk(self.cases, self.services)
        self.filed = 0

    def ask(self, day: date, **changes: Any) -> Reply:
        """Ask for the renewal of the newest certificate."""
        self.filed += 1
        plain = application(channel="miniprogram", sender="wx:oOwner00000000000000000000001")
        body = {**plain.body, **({} if "renews" in changes else {"renews": self.number}), **changes}
        intake = replace(plain, message_id=f"r{self.filed}", body=body, at=on(day))
        return self.desk.receive(intake, on(day))

    def asked(self, day: date, **changes: Any) -> str:
        """The same; return the number of its case."""
        return str(self.ask(day, **changes).body["case_no"])

    def head(self, case_no: str) -> Case:
        return self.cases.head(case_no)

    def accept(self, case_no: str, day: date) -> None:
        case = self.head(case_no)
        case = case.with_(clock=case.clock.accept(day)).plus(official_no="n1")
        self.cases.record(case, Event(EventName.ACCEPTED, "受理", on(day), "市城管委"), Status.ACCEPTED)

    def move(self, status: Status, case_no: str = "", day: date = GIVEN) -> None:
        name = {Status.CORRECTION: EventName.CORRECTION_REQUESTED, Status.IN_REVIEW: EventName.ASSIGNED}.get(status)
        event = Event(name or EventName(status), str(status), on(day))
        self.cases.record(self.cases.head(case_no or self.case_no), event, status)

    def give(self, case_no: str, day: date) -> None:
        """Deliver what was granted."""
        Delivery(self.cases, self.services, Contracts().couriers, self.certificates).start(case_no, "t", on(day))

    def round(self, day: date, hour: int = 10) -> int:
        return self.renewals.round(on(day, hour))

    def told(self, case_no: str) -> list[str]:
        return [str(event.name) for event in self.cases.whole(case_no).events]

    def worth(self, day: date, number: str = "", hour: int = 0) -> tuple[str, str]:
        """State and last day, as anybody is told."""
        shown = self.certificates.checked(number or self.number, "somebody", on(day, hour))
        return str(shown["state"]), str(shown["valid_to"])

    def lies(self) -> tuple[str | None, str | None]:
        """Where its row lies and until when."""
        row = self.store.kept[f"certificate#{self.number}", "certificate"]
        return row.desk, row.due
