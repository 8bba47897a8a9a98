"""A task: one piece of work on a department's desk, whatever it is. What it is and what follows is its `Kind`.

open ──claim──► claimed ──decide──► decided
  ▲               │ ▲
  └───release─────┘ └─hand over to a colleague; a supervisor may do both for one who left

One that its case outran (撤回) is `cancelled`.

A task is a row of its case: `task#<stage>#<department>#<round>`, `stage` being a stage of the service or the kind itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chalicelib.cases.desks import lane
from chalicelib.cases.model import TASK, Case, CaseFile, Row, closing, moved
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock, ids
from chalicelib.kernel.workdays import Due, add_workdays, count_workdays
from chalicelib.vocabulary.codes import Ground, Lamp, Outcome, PayWay, Taker
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import UNDECIDED, Status

if TYPE_CHECKING:
    from chalicelib.cases.service import Cases

Missing = list[dict[str, str]]
NEAR = 1  # working days left when a lamp turns amber: local practice (docs/domain.md §14 默认值)
_ROUND = re.compile(r"[1-9][0-9]{0,2}")


class State(StrEnum):
    """Where a task stands; `codes.TASK_STATES` names each."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


EDGES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.CLAIMED, State.DECIDED, State.CANCELLED}),
    State.CLAIMED: frozenset({State.OPEN, State.CLAIMED, State.DECIDED, State.CANCELLED}),
    State.DECIDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Every legal edge; `claimed` → `claimed` is a handing over."""


@dataclass(frozen=True)
class Decision:
    """What a clerk decided: the outcome, in what words, what is missing where a correction (补正) is asked for, on which ground an
    application is not accepted, with the organ to turn to where it is another's, `to` which departments it goes first, who signed
    for a result (name and last four of his ID: of `other`; the pick-up code he told; whether his document was seen), which conditions of
    the service were `unmet` where it refuses, in the service's words, by which waybill a parcel was posted, to which other address
    it is sent, and how money was taken at the counter, with the number of the paper receipt."""

    outcome: Outcome
    opinion: str = ""
    missing: Missing = field(default_factory=list)
    ground: Ground = "not_met"
    organ: str = ""
    to: tuple[str, ...] = ()
    taker: Taker | None = None
    taker_name: str = ""
    unmet: tuple[str, ...] = ()
    taker_id: str = ""
    code: str = ""
    id_seen: bool | None = None
    waybill: str = ""
    address: dict[str, str] | None = None
    pay_way: PayWay | None = None
    receipt_no: str = ""


Follow = Callable[[CaseFile, Row, Decision, datetime], None]
"""Carries a decision out: one transaction that writes the decided row given and all that follows for its case. Raises Conflict."""


@dataclass(frozen=True)
class Choice:
    """One outcome a kind of task may have: what it is called, the refusal where no opinion is given with it, whether it goes `to`
    departments (then a task has it that says to which: `offers` of its row), puts something on `paper`, is `signed` for, `refuses`
    what was applied for (then it may name conditions not met), is `posted` (by a waybill), `sent` (to another address, if any), and `takes`
    money (then it says how, and the receipt)."""

    name: str
    why: str = ""
    to: bool = False
    paper: bool = False
    signed: bool = False
    refuses: bool = False
    posted: bool = False
    sent: bool = False
    takes: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of task: who does it, which decisions there are, what follows them. Those its row says are `spent`, it has no more.

    `over`: the same that follows, over other cases than the city's (`cases.rehearsal`); None where it puts nothing on paper.
    `owed`: it is done though its case is made void (money goes back, a complaint is answered).
    """

    code: str
    name: str
    role: Role
    choices: Mapping[Outcome, Choice]
    follow: Follow
    over: Callable[[Cases], Follow] | None = None
    owed: bool = False


@dataclass(frozen=True)
class TaskKey:
    """A task's place: `task_id` outside is `<case_no>.<stage>.<department>.<round>`, inside a row of the case."""

    case_no: str
    stage: str
    department: str
    round: int = 1

    @property
    def task_id(self) -> str:
        """Write the id used in URLs."""
        return f"{self.case_no}.{self.stage}.{self.department}.{self.round}"

    @property
    def row_key(self) -> str:
        """Write the sort key."""
        return f"{prefix(self.stage, self.department)}{self.round}"

    @staticmethod
    def parse(task_id: str) -> TaskKey | None:
        """Read a task id; None if it is none."""
        parts = task_id.split(".")
        if len(parts) != 4 or not ids.is_case_number(parts[0]) or not _ROUND.fullmatch(parts[3]) or len(task_id) > 200:
            return None
        return TaskKey(parts[0], parts[1], parts[2], int(parts[3]))

    @staticmethod
    def of(row: Row) -> TaskKey:
        """Read the sort key of a task row."""
        _, stage, department, number = row.key.split("#")
        return TaskKey(row.case_no, stage, department, int(number))


def next_key(rows: Iterable[Row], case_no: str, stage: str, department: str) -> TaskKey:
    """Return the place of a department's next round of a stage, of a case that has these rows."""
    mine = (TaskKey.of(row).round for row in rows if row.key.startswith(prefix(stage, department)))
    return TaskKey(case_no, stage, department, max(mine, default=0) + 1)


def prefix(stage: str, department: str = "") -> str:
    """The beginning of the sort keys of a stage's tasks, of one department if named."""
    return f"task#{stage}#{department}#" if department else f"task#{stage}#"


def desk(department: str, region: str) -> str:
    """The work list of a department in a region."""
    return f"{department}@{region}"


def due_key(day: date, now: datetime, case_no: str) -> str:
    """Write a due date as work lists sort by it: the rest keeps apart what falls due on one day, so that a cursor never skips."""
    return f"{day.isoformat()}#{clock.iso(now)}#{case_no}"


def lamp(due: str | None, today: date, days: int) -> Lamp:
    """The lamp of electronic supervision (成都《行政审批电子监察暂行办法》) of what was given so many working `days`.

    Near is what has one working day left or none, and less than it was given: what has to be done in a day is not born amber.
    """
    if not due:
        return "normal"
    day = date.fromisoformat(due[:10])
    left = count_workdays(today, day)
    return "overdue" if day < today else "near" if left <= NEAR and left < days else "normal"


def lit(row: Row, today: date) -> Lamp:
    """The lamp of a task; while its case stands in a special procedure nobody may do it, and none is lit."""
    if row.data.get("halted"):
        return "normal"
    return lamp(row.due, today, row.data["days"])


def timed(row: Row, case: Case) -> Row:
    """Return a task as its case, its clock and the calendar say now; its place among those due on that day stays.

    It is due when its own `days` are over, those it `stood` aside, and before the decision no later than the case would be if nobody were
    waited for; never before the day it came.
    """
    opened = clock.parse(row.data["opened_at"])
    due = add_workdays(opened.date(), row.data["days"] + row.data.get("stood", 0))
    if case.status in UNDECIDED and case.clock.accepted:
        promise = max(case.clock.until(opened.date()).due, Due(opened.date()), key=lambda each: each.day)
        due = min(due, promise, key=lambda each: each.day)
    about: dict[str, Any] = {"provisional": due.provisional, "applicant": row.data.get("veiled", case.applicant_masked)}
    if (halted := case.status is Status.SUSPENDED) or row.data.get("halted"):
        about["halted"] = halted
    return row.with_(due=due_key(due.day, opened, row.case_no), data=about)


def stood(row: Row, since: date, until: date) -> Row:
    """Return a task whose case stood from one day to another: the working days since then, or since it came, are none of its own."""
    began = max(since, clock.parse(row.data["opened_at"]).date())
    return row.with_(data={"stood": row.data.get("stood", 0) + count_workdays(began, until)})


def retimed(rows: Iterable[Row], case: Case) -> list[Row]:
    """Return the tasks still open that are otherwise now that their case changed."""
    found = ((row, timed(row, case)) for row in rows if row.kind == TASK and row.outcome is None)
    return [after for before, after in found if after != before]


def new(
    case: Case,
    service: Service,
    kind: str,
    name: str,
    key: TaskKey,
    days: int,
    now: datetime,
    token: str | None = None,
    **facts: Any,
) -> Row:
    """Return a task, open on its department's desk, to be done in so many working `days`.

    `name` says on the clerk's list what is to be done, `facts` what it is about. Among them, `apart`: whose own work is looked into,
    who neither sees nor does it; `veiled`: what stands for the applicant's name.
    """
    data = {
        "kind": kind,
        "service": case.service,
        "service_name": case.service_name,
        "stage": key.stage,
        "stage_name": name,
        "department": key.department,
        "department_name": service.department_name(key.department),
        "region": case.region,
        "opened_at": clock.iso(now),
        "days": days,
        **facts,
    }
    place = lane(desk(key.department, case.region), case.case_no)
    return timed(Row(case.case_no, key.row_key, TASK, str(State.OPEN), desk=place, token=token, data=data), case)


def ending(rows: Iterable[Row], outcome: str, owed: Collection[str]) -> list[Row]:
    """Return every task and wait that is still open, closed; but the kinds of tasks that are `owed` all the same."""
    return closing((row for row in rows if row.data.get("kind") not in owed), outcome)


def done(row: Row, outcome: Outcome, now: datetime, by: str) -> Row:
    """Return a task closed by what happened rather than by a clerk: the courier has the parcel, the money went back."""
    data = {"decision": outcome, "decided_name": by, "decided_at": clock.iso(now)}
    return moved(row, EDGES, State.DECIDED, outcome=outcome, desk=None, data=data)
