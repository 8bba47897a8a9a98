"""The step of the approval workflow: put a stage's work on a department's desk. Its token waits for the department's last word.

open_task ──► a task on the desk ──(a clerk decides)──► outcome
                 ├─ correct ──► a wait for the applicant (`supplements`), the token with it ──► the next round of the task
                 └─ return, countersign ──► a wait for other departments (`referrals`), the token with it ──► the same
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from chalicelib.approvals import asked
from chalicelib.approvals.model import (
    ANSWERED,
    ASKED,
    CORRECTION,
    RECALLED,
    REFERRED,
    SUPPLEMENTED,
    UNANSWERED,
    accepting,
    offers,
    referral_key,
    supplement_key,
)
from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import OWED, TASK, Case, CaseFile, Event, Row, answered
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.retry import retried
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import State, TaskKey, next_key, prefix
from chalicelib.vocabulary.codes import Outcome, StageKind
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status


class Stages:
    """Open the stages of a service, one after the other."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    def open_task(self, case_no: str, stage: str, department: str, token: str, now: datetime) -> None:
        """Put work on a department's desk and keep the workflow's token on it. Calling again is harmless."""
        retried(lambda: self._open_task(case_no, stage, department, token, now))

    def _open_task(self, case_no: str, stage: str, department: str, token: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        case = file.case
        holder = _holder(file, stage, department)
        if holder:
            self._cases.keep(holder.with_(token=token))
            return
        key = TaskKey(case_no, stage, department)
        service = self._catalogue.get(case.service, case.version)
        if gone := _gone(case, service.stage(stage).kind):
            self._cases.keep(Row(case_no, key.row_key, TASK, str(State.CANCELLED), token=token, outcome=gone))
            return
        name = service.department_name(department)
        row = task(case, service, key, now, token, ["correct"] if asked.before(file, department) else ())
        to = Status.IN_REVIEW if case.status is Status.ACCEPTED else None
        told = {"stage": stage, "department": department}
        event = Event(EventName.ASSIGNED, f"已转{name}{row.data['stage_name']}", now, name, told)
        if case.desk == round_desk(OWED, case_no):  # no other desk: a special procedure may have begun meanwhile
            case = case.with_(desk=None, due=None)
        if row.data["kind"] == "acceptance" and not case.clock.accepted:
            case = accepting(case, case.clock.since)
        self._cases.record(case, event, to, [row])


def _holder(file: CaseFile, stage: str, department: str) -> Row | None:
    """Return the row that holds the token of a department's work at a stage: its last task, or what that waits for; None where there is
    none yet. What other departments asked of it at that stage never holds one: the stage has passed."""
    rounds = (row for row in file.under(prefix(stage, department)) if not row.data.get("referral"))
    latest = max(rounds, key=lambda row: TaskKey.of(row).round, default=None)
    if latest is None or latest.outcome not in (CORRECTION, REFERRED):
        return latest
    corrected = latest.outcome == CORRECTION
    wait = file.row(supplement_key(stage, department) if corrected else referral_key(TaskKey.of(latest))) or latest
    if wait.outcome in (SUPPLEMENTED, UNANSWERED, ANSWERED, RECALLED):  # the next round of the task came just now
        raise Conflict("这项任务刚刚有变化，请重试", code="changed_meanwhile")
    return wait


def _gone(case: Case, kind: StageKind) -> str | None:
    """Return the outcome of work that comes too late to be done: the case is over, or silence has accepted it before (第32条)."""
    if case.status not in UNDECIDED:
        return "withdrawn" if case.status is Status.WITHDRAWN else "superseded"
    return "approve" if kind == "acceptance" and case.clock.accepted else None


def task(
    case: Case, service: Service, key: TaskKey, now: datetime, token: str | None, spent: Sequence[Outcome] = ()
) -> Row:
    """Return the work of a stage. `spent`: decisions it has no more."""
    stage = service.stage(key.stage)
    facts: dict[str, Any] = {"spent": list(spent)} if spent else {}
    open_to = offers(service, key.stage, key.department)
    if any(open_to.values()):
        facts["offers"] = {outcome: _named(service, to) for outcome, to in open_to.items() if to}
    return tasks.new(case, service, stage.kind, stage.name, key, stage.limit_days, now, token, **facts)


def _named(service: Service, departments: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": code, "name": service.department_name(code)} for code in departments]


def again(file: CaseFile, case: Case, service: Service, wait: Row, outcome: str, now: datetime) -> list[Row]:
    """Return a wait for the applicant, over, and its department's next task, which takes back the token and asks for nothing more."""
    key = next_key(file.of(TASK), case.case_no, *wait.key.removeprefix(ASKED).split("#"))
    fresh = task(case, service, key, now, wait.token, ["correct"])
    return [answered(wait.with_(token=None), outcome), fresh]
