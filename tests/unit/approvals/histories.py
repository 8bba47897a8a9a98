"""A case, its people and the clock, who do whatever on whatever day; and somebody who counts its days by the law alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.approvals.acceptance import Acceptances
from chalicelib.approvals.examinations import Examinations
from chalicelib.approvals.model import PASSED, REFERRALS
from chalicelib.approvals.special import Procedure
from chalicelib.cases.model import TASK, WAIT, CaseFile
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError
from chalicelib.kernel.workdays import add_workdays, count_workdays
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import ACCEPTANCE_WORKDAYS
from chalicelib.vocabulary.statuses import UNDECIDED, Status
from tests.unit.approvals.fakes import APPROVER, HEAD, POLICE, TWO, Office
from tests.unit.office import Colleagues
from tests.unit.samples import NOW, clerk

PEOPLE: dict[tuple[str, str], Session] = {
    ("accept", "zwzx"): clerk(),
    ("accept", "gaj"): clerk("孙丽", "gaj"),
    ("review", "cgw"): APPROVER,
    ("review", "gaj"): POLICE,
    ("decide", "cgw"): APPROVER,
    ("countersign", "cgw"): clerk("会签人", "cgw", "approver"),
    ("countersign", "gaj"): POLICE,
}
ACTS = (
    *("approve", "reject", "correct", "supplement", "half", "suspend", "resume", "extend", "withdraw", "clock"),
    *("return", "countersign", "recall", "examine"),
)
LIKELY: dict[Status, tuple[str, ...]] = {
    Status.SUBMITTED: ("approve", "correct", "correct", "clock"),
    Status.CORRECTION: ("supplement", "half", "correct", "approve", "clock"),
    Status.SUSPENDED: ("resume", "clock", "extend"),
}
"""What is mostly done where a case stands so; elsewhere `UNDER_WAY`."""
UNDER_WAY = ("approve", "approve", "correct", "suspend", "extend", "clock", "return", "countersign", "recall")
REVIEW = {"id": "review", "name": "审查", "kind": "review", "departments": ["cgw", "gaj"], "limit_days": 3}
DECIDE = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}


def plan(*accepting: str) -> tuple[dict[str, Any], ...]:
    """Stages of which these departments do the first together."""
    accept = {"id": "accept", "name": "受理", "kind": "acceptance", "departments": [*accepting], "limit_days": 1}
    return accept, REVIEW, DECIDE


class City:
    """One case, its workflow that opens the next stage as soon as one has passed, its people and the clock."""

    def __init__(self, *accepting: str, began: datetime = NOW, office: Office | None = None) -> None:
        self.plan = plan(*(accepting or ("zwzx",)))
        self.office = office or Office(*self.plan, began=began)
        self.acceptances = Acceptances(self.office.cases, self.office.catalogue, self.office.numbers)
        self.procedures = self.office.procedures
        self.flow()

    @property
    def file(self) -> CaseFile:
        """The whole case."""
        return self.office.cases.whole(self.office.case_no)

    def flow(self) -> None:
        """Do what the workflow does: open the first stage that has not passed."""
        file = self.file
        if file.case.status not in UNDECIDED:
            return
        for stage in self.plan:
            rows = [row for row in file.under(f"task#{stage['id']}#") if not row.data.get("referral")]
            last = {
                name: [row.outcome for row in rows if TaskKey.of(row).department == name][-1:]
                for name in stage["departments"]
            }
            if all(outcome and outcome[0] in PASSED for outcome in last.values()):
                continue
            for name, outcome in last.items():
                if not outcome:
                    self.office.open(stage["id"], name)
            return

    def do(self, act: str, which: int) -> None:
        """Do one act, by whoever could; it may be refused."""
        office, no, now = self.office, self.office.case_no, self.office.now
        match act:
            case "approve" | "reject" | "correct" | "return" | "countersign":
                open_ = [TaskKey.of(row) for row in office.cases.rows(no, f"{TASK}#") if row.outcome is None]
                if open_ := [each for each in open_ if (each.stage, each.department) in PEOPLE]:
                    key = open_[which % len(open_)]
                    to = ("gaj",) if key.department == "cgw" else ("cgw",)
                    office.decide(PEOPLE[key.stage, key.department], key.stage, act, key.round, missing=TWO, to=to)
            case "supplement":
                office.supplement("photo", "lease")
            case "half":
                office.supplement("photo")
            case "withdraw":
                office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": no}, now), now)
            case "clock":
                self.acceptances.deem_due(now)
                office.lapses.lapse_due(now)
                self.procedures.resume_due(now)
            case _:
                self.office_does(act, which)

    def office_does(self, act: str, which: int) -> None:
        """Do one act of an office besides its tasks."""
        office, no, now = self.office, self.office.case_no, self.office.now
        match act:
            case "suspend":
                until = now.date() + timedelta(days=1 + which)
                self.procedures.suspend(no, APPROVER, Procedure("appraisal", "需要鉴定", until), now)
            case "resume":
                self.procedures.resume(no, APPROVER, "结束", now)
            case "extend":
                self.procedures.extend(no, HEAD, 1 + which, "案情复杂", now)
            case "recall":
                self.procedures.recall(no, HEAD if which % 2 else POLICE, "不等了", now)
            case _:
                day, two = now.date() - timedelta(days=which), Colleagues(APPROVER)
                examining = Examinations(office.cases, office.catalogue, lambda: two)
                examining.examine(no, HEAD, day, "王芳", "与材料一致", now)

    def looked_at(self) -> bool:
        """Whether the case is over for approving, or lies somewhere where it is found by a day."""
        file = self.file
        rows = [row for row in file.rows if row.kind in (TASK, WAIT) and row.outcome is None]
        if file.case.status not in UNDECIDED:
            return not rows
        return bool(file.case.desk and file.case.due) or any(row.desk and row.due for row in rows)

    def answerable(self) -> bool:
        """Whether every wait for other departments has somebody who has still to answer, and the token that goes on afterwards."""
        rows = self.file.rows
        waits = [row for row in rows if row.key.startswith(REFERRALS) and row.outcome is None]
        asked = {row.data.get("referral") for row in rows if row.kind == TASK and row.outcome is None and row.desk}
        return all(row.key in asked and row.token for row in waits)

    def held(self) -> bool:
        """Whether of each department's work at a stage exactly one open row holds the token, and none that was asked for."""
        rows = [row for row in self.file.rows if row.outcome is None]
        holders = [
            row.key.split("#")[-3:-1] if row.kind == TASK else row.key.split("#")[2:4] for row in rows if row.token
        ]
        asked = [row for row in rows if row.data.get("referral") and row.token]
        return not asked and len(holders) == len({*map(tuple, holders)})


class Ledger:
    """Counts what a case owes by what is seen of it from outside: its status, whom it waits for, and the days that go by.

    It knows nothing of `cases.clock`: after acceptance each working day on which it stood is owed to the office, up to the last
    day the applicant had, or the special procedure was said to take.
    """

    def __init__(self, city: City) -> None:
        self.city, self.day = city, city.office.now.date()
        self.whole, self.since = self.day, None  # type: tuple[date, date | None]
        self.until: date | None = None
        self.owed, self.before = 0, city.office.status()

    def passes(self, day: date) -> None:
        """Count the days up to and with this one, before anything is done on it."""
        if self.until and self.since:
            self.owed += count_workdays(self.day, min(day, self.until))
        self.day = day

    def sees(self, extended: int = 0) -> None:
        """Look at the case after somebody did something today."""
        file = self.city.file
        case, now = file.case, file.case.status
        self.owed += extended
        if self.before is Status.CORRECTION and now is Status.SUBMITTED:
            self.whole = self.day
        accepted = [event for event in file.events if event.name is EventName.ACCEPTED]
        if self.since is None and accepted:
            self.since = self.whole if accepted[0].data.get("deemed") else self.day
        self.until, self.before = None, now
        if now is Status.CORRECTION:
            self.until = max(date.fromisoformat(row.due[:10]) for row in file.of(WAIT) if not row.outcome and row.due)
        if now is Status.SUSPENDED:
            self.until = date.fromisoformat(case.facts["until"])

    def right(self) -> bool:
        """Whether the case is due by its promise and exactly what was taken, however it would go on today."""
        clock = self.city.file.case.clock
        if self.since is None:
            return not clock.accepted and not clock.taken and clock.since == self.whole
        today, days = clock.until(self.day), (clock.promised, clock.statutory)
        due, limit = (add_workdays(self.since, each + self.owed) for each in days)
        return clock.accepted and (today.due, today.limit) == (due, limit)

    def in_time(self) -> bool:
        """Whether nobody is waited for longer than he has: each office five working days, the applicant and a procedure their own."""
        last = {
            Status.SUBMITTED: add_workdays(self.whole, ACCEPTANCE_WORKDAYS).day,
            Status.CORRECTION: self.until,
            Status.SUSPENDED: self.until,
        }.get(self.before)
        tasks = [row for row in self.city.file.under("task#accept#") if row.outcome is None]
        came = [max(self.whole, date.fromisoformat(row.data["opened_at"][:10])) for row in tasks]
        offices = [add_workdays(day, ACCEPTANCE_WORKDAYS).day for day in came]
        return all(self.day <= each for each in offices) and (last is None or self.day <= last)


class History:
    """A city and its ledger: whatever is done is seen."""

    def __init__(self, *accepting: str, began: datetime = NOW) -> None:
        self.city = City(*accepting, began=began)
        self.ledger = Ledger(self.city)

    def later(self, days: int) -> None:
        """Let days go by, and the clock act on the last of them."""
        self.city.office.now += timedelta(days=days)
        self.ledger.passes(self.city.office.now.date())
        self.act("clock")

    def act(self, act: str, which: int = 0) -> bool:
        """Let one act be done and be seen; False where it is refused."""
        try:
            self.city.do(act, which)
        except AppError:
            return False
        finally:
            self.city.flow()
        self.ledger.sees(1 + which if act == "extend" else 0)
        return True

    def likely(self, choice: int) -> str:
        """Name the act of a choice: two of three are what is mostly done where the case stands, the third any."""
        mostly = LIKELY.get(self.city.office.status(), UNDER_WAY)
        return ACTS[choice] if choice < len(ACTS) else mostly[choice % len(mostly)]

    def goes_well(self) -> None:
        """Let everybody do his part from now on: the applicant hands in, the procedure ends, departments say yes."""
        parts = {Status.CORRECTION: "supplement", Status.SUSPENDED: "resume"}
        for _ in range(20):
            self.later(1)
            if (status := self.city.office.status()) not in UNDECIDED:
                return
            self.act(parts.get(status, "approve"))
