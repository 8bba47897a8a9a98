"""The steps of the approval workflow: put work on a department's desk, await a supplement (补正), let it lapse.

open_task ──► a task on the desk ──(a clerk decides)──► outcome
await_supplement ──► (the applicant supplements, or `lapse_due` ends it) ──► outcome
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.approvals.model import SUPPLEMENTS, supplement_key
from chalicelib.cases.model import TASK, WAIT, Event, Row, WaitState, closing
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel.retry import retried
from chalicelib.kernel.workdays import add_workdays
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import State, TaskKey, prefix
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
        case = self._cases.head(case_no)
        rounds = self._cases.rows(case_no, prefix(stage, department))
        latest = max(rounds, key=lambda row: TaskKey.of(row).round, default=None)
        if latest and not (latest.outcome == "correction" and self._supplemented(case_no, stage, department)):
            self._cases.keep(latest.with_(token=token))
            return
        key = TaskKey(case_no, stage, department, TaskKey.of(latest).round + 1 if latest else 1)
        if case.status not in UNDECIDED:
            gone = "withdrawn" if case.status is Status.WITHDRAWN else "superseded"
            self._cases.keep(Row(case_no, key.row_key, TASK, str(State.CANCELLED), token=token, outcome=gone))
            return
        service = self._catalogue.get(case.service)
        step, name = service.stage(stage), service.department_name(department)
        due = min(add_workdays(now.date(), step.limit_days).day, max(case.promised_by, now.date()))
        row = tasks.new(case, service, step.kind, step.name, key, due, now, token)
        to = Status.IN_REVIEW if case.status is Status.ACCEPTED else None
        told = {"stage": stage, "department": department}
        event = Event(EventName.ASSIGNED, f"已转{name}{step.name}", now, name, told)
        self._cases.record(case, event, to, [row], desk=None, due=None)

    def _supplemented(self, case_no: str, stage: str, department: str) -> bool:
        wait = self._cases.row(case_no, supplement_key(stage, department))
        return wait is not None and wait.outcome == "supplemented"

    def await_supplement(self, case_no: str, stage: str, department: str, token: str, now: datetime) -> None:
        """Keep the workflow's token on the wait that the decision `correct` made."""
        key = supplement_key(stage, department)

        def keep() -> None:
            wait = self._cases.row(case_no, key) or Row(case_no, key, WAIT, str(WaitState.OPEN))
            self._cases.keep(wait.with_(token=token))

        retried(keep)

    def lapse_due(self, now: datetime) -> int:
        """Return (退件) every case whose time for supplementing has passed. Called by the clock; returns how many."""
        return self._cases.round(SUPPLEMENTS, now.date().isoformat(), lambda row: self.lapse(row.case_no, now))

    def lapse(self, case_no: str, now: datetime) -> None:
        """Return the case (退件) when the applicant let the time for supplementing pass."""

        def end() -> None:
            case = self._cases.head(case_no)
            if case.status is not Status.CORRECTION:
                return
            rows = closing(self._cases.rows(case_no, ""), "lapsed")
            event = Event(EventName.LAPSED, "逾期未补正，本次申请已退回，您可以重新申请", now, "系统")
            self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None)

        retried(end)
