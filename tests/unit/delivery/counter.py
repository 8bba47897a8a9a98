"""A granted case at the counter where results are handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.delivery.model import HANDOVER, KEY, PICKUP, Track
from chalicelib.delivery.service import Delivery
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import Taker
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import certificates
from tests.unit.decided import HOME, Decided
from tests.unit.delivery.fakes import Contracts
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk


class Counter(Decided):
    """A granted case to be delivered."""

    def __init__(self, method: str, status: Status = Status.GRANTED, **changes: Any) -> None:
        super().__init__(status, HOME if method == "courier" else {"method": method}, **changes)
        self.contracts = Contracts()
        self.post = self.contracts.posts["city"]
        self.certificates = certificates(self.cases)
        self.delivery = Delivery(self.cases, self.services, self.contracts.couriers, self.certificates)
        follows = {PICKUP: self.delivery.collected, HANDOVER: self.delivery.handed_to_courier}
        self.tasks = tasks(self.cases, follows)

    def start(self, token: str = "t1", now: datetime = NOW) -> Row:
        self.delivery.start(self.case_no, token, now)
        return self.ship

    @property
    def ship(self) -> Row:
        return self.row(KEY)

    def decide(self, kind: str, taker: Taker | None = None, name: str = "") -> None:
        """The window does what lies on its desk."""
        task_id = TaskKey(self.case_no, kind, "zwzx").task_id
        self.tasks.decide(clerk(), task_id, Decision("approve", taker=taker, taker_name=name), NOW)

    def tell(self, *tracks: Track) -> list[str]:
        return self.delivery.tracked(tracks, NOW + timedelta(days=3))
