"""The step of the approval workflow: put a stage's work on a department's desk. Its token waits for the department's last word.

open_task ──► a task on the desk ──(a clerk decides)──► outcome
                 └─ correct ──► a wait for the applicant (`supplements`), the token with it ──► the next round of the task
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.approvals.model import CORRECTION, SUPPLEMENTED, UNANSWERED, accepting, supplement_key
from chalicelib.cases.model import OWED, TASK, Case, Event, Row, answered, round_desk
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.retry import retried
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
        file = self._cases.whole(case_no)
        case = file.case
        latest = max(file.under(prefix(stage, department)), key=lambda row: TaskKey.of(row).round, default=None)
        if latest and latest.outcome == CORRECTION:
            latest = file.row(supplement_key(stage, department)) or latest
            if latest.outcome in (SUPPLEMENTED, UNANSWERED):  # the next round of the task came just now
                raise Conflict("补正刚刚交齐，请重试", code="changed_meanwhile")
        if latest:
            self._cases.keep(latest.with_(token=token))
            return
        key = TaskKey(case_no, stage, department)
        if case.status not in UNDECIDED:
            gone = "withdrawn" if case.status is Status.WITHDRAWN else "superseded"
            self._cases.keep(Row(case_no, key.row_key, TASK, str(State.CANCELLED), token=token, outcome=gone))
            return
        service = self._catalogue.get(case.service, case.version)
        name = service.department_name(department)
        row = task(case, service, key, now, token)
        to = Status.IN_REVIEW if case.status is Status.ACCEPTED else None
        told = {"stage": stage, "department": department}
        event = Event(EventName.ASSIGNED, f"已转{name}{row.data['stage_name']}", now, name, told)
        if case.desk == round_desk(OWED, case_no):  # no other desk: a special procedure may have begun meanwhile
            case = case.with_(desk=None, due=None)
        if row.data["kind"] == "acceptance" and case.status is Status.SUBMITTED:
            case = accepting(case, case.clock.since)
        self._cases.record(case, event, to, [row])


def task(case: Case, service: Service, key: TaskKey, now: datetime, token: str | None) -> Row:
    """Return the work of a stage."""
    stage = service.stage(key.stage)
    return tasks.new(case, service, stage.kind, stage.name, key, stage.limit_days, now, token)


def again(case: Case, service: Service, wait: Row, outcome: str, now: datetime) -> list[Row]:
    """Return a wait for the applicant, over, and its department's next task, which takes back the token."""
    _, _, stage, department = wait.key.split("#")
    fresh = task(case, service, TaskKey(case.case_no, stage, department, 2), now, wait.token)
    return [answered(wait.with_(token=None), outcome), fresh]
