"""A case that has ended, its rating asked for, and the desks on which a bad one is put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel.seal import Sealer
from chalicelib.ratings import model
from chalicelib.ratings.asking import Asking
from chalicelib.ratings.guards import Guards
from chalicelib.ratings.rectifying import Rectifying
from chalicelib.ratings.revisits import Revisits
from chalicelib.ratings.service import Ratings
from chalicelib.ratings.stepping import Stepping
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.tasks.service import Tasks
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, Decided
from tests.unit.memory import LocalKeys, MemoryExpiring
from tests.unit.office import Offices, tasks
from tests.unit.samples import NOW, clerk

LATER = NOW + timedelta(days=1)
BOSS, ABOVE = clerk("督办", "cgw", "supervisor"), clerk("监察", "xnjc", "supervisor")


class Pad(Decided):
    """A case that has ended."""

    def __init__(self, status: Status = Status.DELIVERED, invited: bool = True) -> None:
        super().__init__(status)
        self.sealer, self.offices, self.expiring = Sealer(LocalKeys(), "key"), Offices(), MemoryExpiring()
        self.stepping = Stepping(self.cases, self.services)
        self.revisits = Revisits(self.stepping)
        self.guards = Guards(self.expiring, lambda: self.offices, b"index")
        self.ratings = Ratings(self.cases, self.sealer, b"index", self.stepping, self.revisits, self.guards)
        self.asking = Asking(self.cases, b"index", "https://ryb.example")
        rectifying = Rectifying(self.stepping, self.revisits)
        self.desk: Tasks = tasks(self.cases, dict.fromkeys(model.WORK, rectifying.follow))
        if invited:
            self.asking.ask(self.case_no, NOW)

    def rate(
        self,
        level: Any = 5,
        sender: str = OWNER,
        channel: str = "miniprogram",
        now: datetime = LATER,
        who: Session | None = None,
        source: str = "",
        **given: Any,
    ) -> Reply:
        body = {"case_no": self.case_no, "level": level, **given}
        return self.ratings.rate(Intake("rating", channel, sender, "m1", body, now, who, source), now)

    @property
    def ticket(self) -> str:
        return self.asking.link(self.case_no).split("?t=")[1]

    @property
    def again(self) -> str:
        """The ticket of the answer to a bad rating."""
        return self.asking.link(self.case_no, again=True).split("?t=")[1].removesuffix("&a=1")

    @property
    def open(self) -> list[str]:
        """The kinds of tasks that wait for somebody."""
        return [row.data["kind"] for row in self.file.of("task") if row.outcome is None]

    @property
    def state(self) -> str:
        return self.file.of(model.RECTIFICATION)[-1].status

    def work(self, kind: str) -> Row:
        """The newest task of a kind."""
        return [row for row in self.file.of("task") if row.data["kind"] == kind][-1]

    def do(self, kind: str, outcome: Any = "approve", words: str = "情况如实", now: datetime = LATER) -> None:
        """Decide the newest task of a kind, by a supervisor of its department."""
        row = self.work(kind)
        who = ABOVE if row.data["department"] == "xnjc" else BOSS
        self.desk.decide(who, TaskKey.of(row).task_id, Decision(outcome, words), now)

    def answered(self, named: bool = True, answer: str = "approve", now: datetime = LATER) -> None:
        """Bring a bad rating to its answer."""
        self.rate(1, text="等了一上午", anonymous=not named, now=now)
        if named:
            self.do(model.CONTACT, now=now)
        self.do(model.VERIFY, "approve" if answer == "approve" else "reject", now=now)
        self.do(model.RECTIFICATION, answer, "已对窗口人员培训", now=now)
