"""Random histories of one case: whoever does what on whatever day, it ends, or somebody or something looks at it by a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.approvals.acceptance import Acceptances
from chalicelib.approvals.procedures import Procedure, Procedures
from chalicelib.cases.model import TASK, WAIT
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError
from chalicelib.kernel.workdays import add_workdays, count_workdays, is_workday
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.statuses import EDGES, UNDECIDED, Status
from tests.unit.approvals.fakes import APPROVER, POLICE, TWO, Office
from tests.unit.samples import clerk

PEOPLE: dict[tuple[str, str], Session] = {
    ("accept", "zwzx"): clerk(),
    ("review", "cgw"): APPROVER,
    ("review", "gaj"): POLICE,
    ("decide", "cgw"): APPROVER,
}
HEAD = clerk("负责人", "cgw", "supervisor")
STAGES = (("accept", ("zwzx",)), ("review", ("cgw", "gaj")), ("decide", ("cgw",)))
ACTS = ("approve", "reject", "correct", "supplement", "half", "suspend", "resume", "extend", "withdraw", "clock")


class City:
    """One case, its workflow that opens the next stage as soon as one has passed, its people and the clock."""

    def __init__(self, office: Office | None = None) -> None:
        self.office = office or Office()
        self.acceptances = Acceptances(self.office.cases, self.office.catalogue, self.office.numbers)
        self.procedures = Procedures(self.office.cases, self.office.catalogue)
        self.flow()

    def flow(self) -> None:
        """Do what the workflow does: open the first stage that has not passed."""
        file = self.office.cases.whole(self.office.case_no)
        if file.case.status not in UNDECIDED:
            return
        for stage, departments in STAGES:
            last = {name: [row.outcome for row in file.under(f"task#{stage}#{name}#")][-1:] for name in departments}
            if all(outcome in (["approve"], ["opined"]) for outcome in last.values()):
                continue
            for name, outcome in last.items():
                if not outcome:
                    self.office.open(stage, name)
            return

    def do(self, act: str, which: int) -> None:
        """Do one act, by whoever could; it may be refused."""
        office, no, now = self.office, self.office.case_no, self.office.now
        match act:
            case "approve" | "reject" | "correct":
                open_ = [TaskKey.of(row) for row in office.cases.rows(no, f"{TASK}#") if row.outcome is None]
                if open_ := [each for each in open_ if (each.stage, each.department) in PEOPLE]:
                    key = open_[which % len(open_)]
                    office.decide(PEOPLE[key.stage, key.department], key.stage, act, key.round, missing=TWO)
            case "supplement":
                office.supplement("photo", "lease")
            case "half":
                office.supplement("photo")
            case "suspend":
                until = now.date() + timedelta(days=1 + which)
                self.procedures.suspend(no, APPROVER, Procedure("hearing", "听证", until), now)
            case "resume":
                self.procedures.resume(no, APPROVER, "结束", now)
            case "extend":
                self.procedures.extend(no, HEAD, 1 + which, "案情复杂", now)
            case "withdraw":
                office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": no}, now), now)
            case _:
                self.acceptances.deem_due(now)
                office.supplements.lapse_due(now)
                self.procedures.resume_due(now)

    def looked_at(self) -> bool:
        """Whether the case is over for approving, or lies somewhere where it is found by a day."""
        file = self.office.cases.whole(self.office.case_no)
        rows = [row for row in file.rows if row.kind in (TASK, WAIT) and row.outcome is None]
        if file.case.status not in UNDECIDED:
            return not rows
        return bool(file.case.desk and file.case.due) or any(row.desk and row.due for row in rows)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 6)), max_size=20))
def test_every_case_ends_or_is_found_by_a_day_and_is_due_by_its_promise_and_what_was_taken(
    acts: list[tuple[Any, int, int]],
) -> None:
    city = City()
    office = city.office
    before = office.status()
    for act, which, days in acts:
        office.now += timedelta(days=days)
        city.do("clock", 0)
        with suppress(AppError):
            city.do(act, which)
        city.flow()
        case = office.cases.head(office.case_no)
        assert case.status is before or _reached(before, case.status), (before, case.status)
        assert city.looked_at(), (case.status, case.desk)
        clock = case.clock
        assert clock.due == add_workdays(clock.since, clock.promised + sum(taken for _, taken in clock.taken))
        assert (
            clock.paused is None or case.status in (Status.CORRECTION, Status.SUSPENDED) or case.status not in UNDECIDED
        )
        before = case.status


def _reached(old: Status, new: Status) -> bool:
    """Whether a road of legal edges leads from one status to the other: the clock may act before somebody does."""
    seen, ways = set(), {old}
    while ways:
        seen |= ways
        ways = {to for each in ways for to in EDGES[each]} - seen
    return new in seen


def test_what_a_special_procedure_takes_is_given_back_to_the_day() -> None:
    for length in range(1, 15):
        city = City()
        office = city.office
        office.decide(clerk(), "accept", "approve")
        city.flow()
        due, began = office.cases.head(office.case_no).clock.due.day, office.now.date()
        until = began + timedelta(days=length)
        city.procedures.suspend(office.case_no, APPROVER, Procedure("hearing", "听证", until), office.now)
        office.now += timedelta(days=length + 1)
        city.do("clock", 0)
        after = office.cases.head(office.case_no).clock.due.day
        assert count_workdays(due, after) == count_workdays(began, until) and is_workday(after)
