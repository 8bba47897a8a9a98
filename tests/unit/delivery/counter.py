"""A granted case at the counter where results are made, posted and handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.cases.rights import Asker
from chalicelib.delivery import texts
from chalicelib.delivery.choices import Choices
from chalicelib.delivery.model import HANDOVER, KEY, MAKING, PICKUP, RETURNED, TRACING, Track
from chalicelib.delivery.service import Delivery
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import Outcome, Taker
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import certificates
from tests.unit.decided import HOME, OWNER, Decided
from tests.unit.delivery.fakes import Contracts
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk

FILER = Asker(OWNER)


class Counter(Decided):
    """A granted case to be delivered."""

    def __init__(self, method: str, status: Status = Status.GRANTED, **changes: Any) -> None:
        super().__init__(status, HOME if method == "courier" else {"method": method}, **changes)
        self.contracts = Contracts()
        self.post = self.contracts.posts["city"]
        self.certificates = certificates(self.cases)
        self.delivery = Delivery(self.cases, self.services, self.contracts.couriers, self.certificates)
        self.choices = Choices(self.cases, self.services, self.delivery.parcels)
        follows = {
            MAKING: self.delivery.made,
            PICKUP: self.delivery.collected,
            HANDOVER: self.delivery.handed_to_courier,
            RETURNED: self.delivery.settled,
            TRACING: self.delivery.settled,
        }
        self.tasks = tasks(self.cases, follows)

    def start(self, token: str = "t1", now: datetime = NOW) -> Row:
        self.delivery.start(self.case_no, token, now)
        return self.ship

    def made(self, now: datetime = NOW) -> Row:
        """Begin, and have the result made."""
        self.start(now=now)
        self.decide(MAKING, now=now)
        return self.ship

    def posted(self, now: datetime = NOW) -> Row:
        """Have it made and handed to the courier."""
        self.made(now)
        self.decide(HANDOVER, now=now)
        return self.ship

    @property
    def ship(self) -> Row:
        return self.row(KEY)

    def open(self, *kinds: str) -> list[Row]:
        """The tasks of these kinds, or of all, that nobody has done."""
        return texts.still_open(self.file.rows, *(kinds or (MAKING, HANDOVER, RETURNED, TRACING, PICKUP)))

    def decide(
        self,
        kind: str,
        taker: Taker | None = None,
        name: str = "",
        outcome: Outcome = "approve",
        now: datetime = NOW,
        **more: Any,
    ) -> None:
        """Who has the newest task of a kind on his desk does it."""
        key = TaskKey.of(self.cases.rows(self.case_no, f"task#{kind}#")[-1])
        who = clerk(department=key.department)
        decision = Decision(outcome, taker=taker, taker_name=name, **more)
        self.tasks.decide(who, key.task_id, decision, now)

    def change(self, now: datetime = NOW, **wanted: Any) -> None:
        """The applicant says where it goes."""
        self.choices.change(self.case_no, FILER, wanted, now)

    def tell(self, *tracks: Track, now: datetime = NOW + timedelta(days=3)) -> list[str]:
        return self.delivery.tracked(tracks, now)
