"""A desk and its approvals over one table, with one case filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.approvals.decisions import Decisions
from chalicelib.approvals.lapses import Lapses
from chalicelib.approvals.procedures import Procedures
from chalicelib.approvals.stages import Stages
from chalicelib.approvals.supplements import Supplements
from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import OWED, Event
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake, Reply
from chalicelib.tasks.model import Decision, Missing, TaskKey
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import KEY, AnyFiles, desk, tasks
from tests.unit.samples import NOW, Services, application, clerk, service

MISSING = [{"text": "现场照片"}]
TWO = [{"code": "photo", "text": "现场照片"}, {"code": "lease", "text": "租赁合同"}]
WAIT = "wait#supplement#accept#zwzx"
APPROVER, POLICE = clerk("王芳", "cgw", "approver"), clerk("赵强", "gaj", "approver")
HEAD = clerk("负责人", "cgw", "supervisor")
REFERRAL = "wait#referral#decide#cgw#1"


class Numbers:
    """Official numbers, always the same."""

    given = 0

    def official(self, service: Service, now: datetime) -> str:
        self.given += 1
        return "OFFICIAL0001"


class Office:
    """One case, its workflow's steps and the clerks who decide it. `now` is when all of them act."""

    def __init__(self, *stages: dict[str, Any], began: datetime = NOW, **changes: Any) -> None:
        self.now = began
        self.store = MemoryStore()
        self.plan = list(stages) or None
        self.catalogue = catalogue = Services(service(stages=self.plan, **changes))
        self.cases = cases(self.store)
        self.files = AnyFiles()
        self.desk = desk(self.cases, catalogue, files=lambda: self.files)
        self.stages = Stages(self.cases, catalogue)
        self.procedures = Procedures(self.cases, catalogue)
        self.supplements = Supplements(self.cases, catalogue, KEY, lambda: self.files)
        self.lapses = Lapses(self.cases, catalogue)
        self.numbers = Numbers()
        follow = Decisions(self.cases, catalogue, self.numbers).follow
        self.tasks = tasks(self.cases, dict.fromkeys(("acceptance", "review", "decision", "countersign"), follow))
        self.case_no: str = self.desk.receive(replace(application(), at=began), began).body["case_no"]

    def open(self, stage: str, department: str, token: str = "t") -> None:
        self.stages.open_task(self.case_no, stage, department, token, self.now)

    def decide(
        self,
        who: Session,
        stage: str,
        outcome: Outcome,
        round_: int = 1,
        opinion: str = "理由充分",
        missing: Missing | None = None,
        to: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        task_id = TaskKey(self.case_no, stage, who.department, round_).task_id
        missing = (missing or MISSING) if outcome == "correct" else []
        return self.tasks.decide(who, task_id, Decision(outcome, opinion, missing, to=to), self.now)

    def on(self, day: str) -> Office:
        """Let it be another day (MM-DD)."""
        self.now = datetime.fromisoformat(f"2026-{day}T10:00:00+08:00")
        return self

    def due(self) -> str:
        """The day the case is promised by (MM-DD)."""
        return f"{self.cases.head(self.case_no).clock.due.day:%m-%d}"

    def last(self) -> Event:
        """What happened last."""
        return self.cases.whole(self.case_no).events[-1]

    def status(self) -> Status:
        return self.cases.head(self.case_no).status

    def owed(self) -> bool:
        return self.cases.head(self.case_no).desk == round_desk(OWED, self.case_no)

    def row(self, key: str) -> Any:
        return self.cases.row(self.case_no, key)

    def withdraw(self) -> None:
        self.desk.receive(
            Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": self.case_no}, self.now), self.now
        )

    def supplement(self, *codes: str, sender: str = "tel:13800001234", **form: str) -> Reply:
        """Hand in materials by their codes (a photo unless named) and changes of the form."""
        materials = [{"code": code, "material_id": "1"} for code in codes or (() if form else ("photo",))]
        body = {"case_no": self.case_no, "materials": materials, **({"form": form} if form else {})}
        return self.desk.receive(Intake("supplement", "web", sender, "", body, self.now), self.now)


def accepting(*missing: dict[str, str]) -> Office:
    """A case whose window asked for these."""
    office = Office()
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct", missing=list(missing) or None)
    return office


def reviewing(**changes: Any) -> Office:
    """A case that two departments review."""
    office = Office(**changes)
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "approve")
    office.open("review", "cgw", "t2")
    office.open("review", "gaj", "t3")
    return office


def deciding() -> Office:
    """A case that both departments reviewed, one against it, before the one that decides."""
    office = reviewing()
    office.decide(APPROVER, "review", "approve")
    office.decide(POLICE, "review", "reject", opinion="影响通行")
    office.open("decide", "cgw", "t4")
    return office


def sent(office: Office, *to: str, round_: int = 1) -> Office:
    """The department that decides asks these to countersign."""
    office.decide(APPROVER, "decide", "countersign", round_, "请看是否影响通行", to=to or ("gaj",))
    return office


def back(office: Office, *to: str, round_: int = 1) -> Office:
    """The department that decides sends the case back to these reviews."""
    office.decide(APPROVER, "decide", "return", round_, "请到现场重新核查", to=to or ("gaj",))
    return office
