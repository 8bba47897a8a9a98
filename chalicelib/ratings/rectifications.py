"""The rows of a rectification (差评整改): the one that says where it stands, and the task of each of its steps.

rectification#1                     where it stands, which rating it is about, when it is due
task#rating_contact#<department>#1  … one task a step, of the department in charge or of who supervises it
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import TASK, CaseFile, Row, moved
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import add_workdays, count_workdays
from chalicelib.ratings.model import ANONYMOUS, CONTACT, EDGES, RECTIFICATION, REVISITS, VERIFY, WORK, State
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.codes import STAGE_KINDS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import (
    RATING_CONTACT_WORKDAYS,
    RATING_VERIFY_WORKDAYS,
    RECTIFICATION_WORKDAYS,
    REVISIT_WINDOW,
)

RATED_WORK = frozenset({*STAGE_KINDS, "countersign", "pickup", "handover"})
"""The kinds of tasks that are the service a citizen rates."""
_OPEN = frozenset(State) - {State.CLOSED, State.INVALIDATED}


@dataclass(frozen=True)
class Offices:
    """Who puts right what was rated, and who supervises them: `service` as it is published now, for desks are of today."""

    service: Service
    apart: tuple[str, ...]

    @property
    def department(self) -> str:
        """Return the department in charge."""
        return self.service.department

    @property
    def above(self) -> str:
        """Return the department whose supervisors look into it; '' where the catalogue names none."""
        return self.service.departments[self.service.department].supervised_by


def current(file: CaseFile) -> Row | None:
    """Return the rectification that is not over, if there is one."""
    return next((row for row in file.of(RECTIFICATION) if State(row.status) in _OPEN), None)


def waiting(file: CaseFile) -> Row | None:
    """Return the rectification that was answered and whose re-visit is open, if there is one."""
    found = current(file)
    return found if found and State(found.status) is State.REPLIED else None


def involved(file: CaseFile) -> tuple[str, ...]:
    """Name the accounts that accepted, reviewed, decided, forwarded or handed over: their own work was rated. A supervisor who looked into
    the case beside them did not do it, and a department has few."""
    worked = {row.data.get("decided_by") for row in file.of(TASK) if row.data.get("kind") in RATED_WORK}
    forwarded = {event.actor for event in file.events if event.name is EventName.TRANSFERRED}
    return tuple(sorted(who for who in worked | forwarded if who))


def opening(file: CaseFile, offices: Offices, rating: Row, now: datetime) -> list[Row]:
    """Return what a bad rating opens, and its first task: who gave his name is called first. Nothing while one is open."""
    if current(file):
        return []
    named = not rating.data["anonymous"]
    row = Row(
        file.case.case_no,
        f"{RECTIFICATION}#{len(file.of(RECTIFICATION)) + 1}",
        RECTIFICATION,
        str(State.NEW),
        data={
            "rating": rating.key,
            "level": rating.data["level"],
            "reasons": rating.data["reasons"],
            "named": named,
            "cycle": 1,
            "opened_on": now.date().isoformat(),
            "due": add_workdays(now.date(), RECTIFICATION_WORKDAYS).day.isoformat(),
        },
    )
    days = (CONTACT, RATING_CONTACT_WORKDAYS) if named else (VERIFY, RATING_VERIFY_WORKDAYS)
    return [row, task(file, offices, row, *days, now)]


def begun(task: Row) -> Row:
    """Return the rectification of a task that was opened before there were rows of it: verified, nobody to be called."""
    data, due = task.data, (task.due or "")[:10]
    known = {name: data[name] for name in ("rating", "level", "reasons")}
    known |= {"named": False, "cycle": 1, "opened_on": data["opened_at"][:10], "due": due}
    return Row(task.case_no, f"{RECTIFICATION}#1", RECTIFICATION, str(State.RECTIFYING), data=known)


def task(
    file: CaseFile,
    offices: Offices,
    about: Row,
    kind: str,
    days: int,
    now: datetime,
    above: bool = False,
    **facts: Any,
) -> Row:
    """Return the task of a step, on the desk of the department in charge, or of who is `above` it. `about`: the rectification, or a
    rating that is held."""
    department = offices.above if above else offices.department
    key = tasks.next_key(file.rows, file.case.case_no, kind, department or offices.department)
    told = {
        "about": about.key,
        "level": about.data["level"],
        "reasons": about.data["reasons"],
        "apart": list(offices.apart),
        **({} if _named(about) else {"veiled": ANONYMOUS}),
        **facts,
    }
    return tasks.new(file.case, offices.service, kind, WORK[kind], key, days, now, **told)


def _named(about: Row) -> bool:
    """Tell whether who rated gave his name: of a rectification, or of a rating."""
    return bool(about.data.get("named", not about.data.get("anonymous", True)))


def left(row: Row, now: datetime) -> int:
    """Count the working days a rectification has left; none when its day is over."""
    due = date.fromisoformat(row.data["due"])
    return count_workdays(now.date(), due) if due > now.date() else 0


def to(row: Row, state: State, **data: Any) -> Row:
    """Return a rectification in another state. Raises ValueError for an edge there is not."""
    return moved(row, EDGES, state, desk=None, due=None, data=data)


def replied(row: Row, answer: str, words: str, now: datetime) -> Row:
    """Return it answered: the clock ends it where nobody says whether it is solved."""
    after = to(row, State.REPLIED, answer=answer, reply=words, replied_at=clock.iso(now))
    return after.with_(desk=round_desk(REVISITS, row.case_no), due=clock.iso(now + REVISIT_WINDOW))


def steps(file: CaseFile) -> list[dict[str, Any]]:
    """Write who did what when, oldest first."""
    found = [row for row in file.of(TASK) if row.data.get("kind") in WORK and "decided_at" in row.data]
    return sorted((_step(row) for row in found), key=lambda step: cast("str", step["at"]))


def _step(row: Row) -> dict[str, Any]:
    data = row.data
    shown = {"kind": data["kind"], "at": data["decided_at"], "by": data["decided_name"], "outcome": data["decision"]}
    words = data.get("opinion")
    return shown | {"department": data["department_name"]} | ({"words": words} if words else {})
