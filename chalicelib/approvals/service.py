"""Approving: steps open tasks and wait, clerks list, claim and decide; one wins, the other is told who was first.

open_task ──► open ──claim──► claimed ──decide──► decided: approve | reject | correction
                                                    correction ──► await_supplement ──► open_task (next round)
A decision moves task, case and event in one transaction; the outcome on the task wakes the workflow.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.approvals.model import (
    CORRECTION_DAYS,
    ROLE_OF,
    SUPPLEMENTS,
    Outcome,
    TaskKey,
    desk,
    lamp,
    prefix,
    supplement_key,
)
from chalicelib.cases.again import again
from chalicelib.cases.model import SHARDS, UNDECIDED, Case, Event, Row, Status, shard
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Stage
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound
from chalicelib.kernel.workdays import add_workdays


class Catalogue(Protocol):
    """What approving asks of the catalogue."""

    def get(self, code: str) -> Service: ...


class Handover(Protocol):
    """What a pick-up task does when it is approved (delivery)."""

    def handed_over(self, case_no: str, by: str, now: datetime) -> Any: ...


class Numbers(Protocol):
    """Gives the official number (办件编号) of a case when it is accepted."""

    def official(self, service: Service, now: datetime) -> str: ...


class Approvals:
    """The use cases of approving."""

    def __init__(self, cases: Cases, catalogue: Catalogue, handover: Handover, numbers: Numbers) -> None:
        self._cases, self._catalogue, self._handover, self._numbers = cases, catalogue, handover, numbers

    # — steps of the workflow —

    def open_task(self, case_no: str, stage: str, department: str, token: str, now: datetime) -> None:
        """Put work on a department's desk and keep the workflow's token on it. Calling again is harmless."""
        again(lambda: self._open_task(case_no, stage, department, token, now))

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
            self._cases.keep(Row(case_no, key.row_key, "task", "cancelled", token=token, outcome=gone))
            return
        service = self._catalogue.get(case.service)
        row = _new_task(case, service, service.stage(stage), key, token, now)
        name = row.data["department_name"]
        to = Status.IN_REVIEW if case.status is Status.ACCEPTED else None
        event = Event(
            "assigned", f"已转{name}{row.data['stage_name']}", now, name, {"stage": stage, "department": department}
        )
        self._cases.record(case, event, to, [row], desk=None, due=None)

    def _supplemented(self, case_no: str, stage: str, department: str) -> bool:
        wait = self._cases.row(case_no, supplement_key(stage, department))
        return wait is not None and wait.outcome == "supplemented"

    def await_supplement(self, case_no: str, stage: str, department: str, token: str, now: datetime) -> None:
        """Keep the workflow's token on the wait that the decision `correct` made."""
        key = supplement_key(stage, department)

        def keep() -> None:
            wait = self._cases.row(case_no, key) or Row(case_no, key, "wait", "open")
            self._cases.keep(wait.with_(token=token))

        again(keep)

    def lapse_due(self, now: datetime) -> int:
        """Return (退件) every case whose time for supplementing has passed. Called by the clock; returns how many."""
        found = 0
        for number in range(SHARDS):
            for row in self._cases.on_desk(f"{SUPPLEMENTS}#{number}", until=now.date().isoformat()):
                self.lapse(row.case_no, now)
                found += 1
        return found

    def lapse(self, case_no: str, now: datetime) -> None:
        """Return the case (退件) when the applicant let the time for supplementing pass."""

        def end() -> None:
            case = self._cases.head(case_no)
            if case.status is not Status.CORRECTION:
                return
            rows = _closing(self._cases.rows(case_no, ""), "lapsed")
            event = Event("lapsed", "逾期未补正，本次申请已退回，您可以重新申请", now, "系统")
            self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None)

        again(end)

    # — clerks —

    def tasks(
        self, session: Session, now: datetime, after: str | None = None, limit: int = 50
    ) -> tuple[list[dict[str, Any]], str | None]:
        """List the clerk's desk by due date, and where to go on: one query."""
        rows = self._cases.on_desk(desk(session.department, session.region), limit, after)
        mine = [present(row, now) for row in rows if ROLE_OF.get(row.data.get("kind", "")) in session.roles]
        return mine, rows[-1].due if len(rows) == limit else None

    def task(self, session: Session, task_id: str) -> Row:
        """Return a task the clerk may see. Raises NotFound, Forbidden."""
        key = TaskKey.parse(task_id)
        row = self._cases.row(key.case_no, key.row_key) if key else None
        if key is None or row is None or row.kind != "task":
            raise NotFound("没有找到这项任务")
        if (key.department, row.data.get("region")) != (session.department, session.region):
            raise Forbidden("这是其他部门的任务")
        if ROLE_OF.get(row.data.get("kind", "")) not in session.roles:
            raise Forbidden("受理和审批由不同的人办理，您的岗位不能办这项任务")
        return row

    def claim(self, session: Session, task_id: str, now: datetime) -> dict[str, Any]:
        """Take a task; a colleague who was faster is named. Raises Conflict."""
        row = self.task(session, task_id)
        _free(row, session)
        if row.data.get("claimed_by") != session.subject:
            held = {"claimed_by": session.subject, "claimed_name": session.name, "claimed_at": clock.iso(now)}
            try:
                row = self._cases.keep(row.with_(status="claimed", data=held))
            except Conflict:
                row = self.task(session, task_id)
                _free(row, session)
        return present(row, now)

    def decide(
        self,
        session: Session,
        task_id: str,
        outcome: Outcome,
        opinion: str,
        missing: list[dict[str, str]],
        now: datetime,
    ) -> dict[str, Any]:
        """Decide a task (同意、不同意、补正). Raises InvalidInput, Conflict naming who was first."""
        if outcome == "reject" and not opinion.strip():
            raise InvalidInput("不予同意应当说明理由", [Fault("opinion", "required", "不予同意应当说明理由")])
        if outcome == "correct" and not missing:
            raise InvalidInput("请列出需要补正的内容", [Fault("missing", "required", "请一次列全需要补正的内容")])
        return again(lambda: self._decide(session, task_id, outcome, opinion.strip(), missing, now))

    def _decide(
        self,
        session: Session,
        task_id: str,
        outcome: Outcome,
        opinion: str,
        missing: list[dict[str, str]],
        now: datetime,
    ) -> dict[str, Any]:
        row = self.task(session, task_id)
        if row.outcome and row.data.get("decided_by") == session.subject and row.data.get("decision") == outcome:
            return present(row, now)
        _free(row, session)
        if row.data["kind"] == "pickup":
            return self._hand_over(session, row, outcome, now)
        case = self._cases.head(row.case_no)
        if case.status not in UNDECIDED:
            raise Conflict("这个办件已经不在办理中", code="illegal_state")
        decided = row.with_(
            status="decided",
            outcome="correction" if outcome == "correct" else outcome,
            desk=None,
            data={
                "decision": outcome,
                "opinion": opinion,
                "decided_by": session.subject,
                "decided_name": session.name,
                "decided_at": clock.iso(now),
            },
        )
        move = {"approve": self._approve, "reject": self._reject, "correct": self._correct}[outcome]
        move(case, decided, opinion, missing, now)
        return present(decided, now)

    def _hand_over(self, session: Session, row: Row, outcome: Outcome, now: datetime) -> dict[str, Any]:
        if outcome != "approve":
            raise InvalidInput("领取只能确认已交付", [Fault("outcome", "enum", "领取只能确认已交付")])
        self._handover.handed_over(row.case_no, row.data["department_name"], now)
        return present(row.with_(status="decided", outcome="approve"), now)

    def _approve(self, case: Case, row: Row, opinion: str, missing: list[dict[str, str]], now: datetime) -> None:
        service = self._catalogue.get(case.service)
        key = TaskKey.of(row)
        by = row.data["department_name"]
        if service.stages[-1].id == key.stage and not self._open_beside(case, row):
            official = {} if "official_no" in case.facts else {"official_no": self._numbers.official(service, now)}
            event = Event(
                "granted", f"{by}已同意，准予办理", now, by, {"opinion": opinion, **_promise(case), **official}
            )
            self._cases.record(case.plus(**official), event, Status.GRANTED, [row])
        elif row.data["kind"] == "acceptance":
            official = {"official_no": self._numbers.official(service, now)}
            event = Event("accepted", f"{by}已受理，办件编号{official['official_no']}", now, by, official)
            self._cases.record(case.plus(**official), event, Status.ACCEPTED, [row])
        else:
            event = Event("reviewed", f"{by}{row.data['stage_name']}通过", now, by, {"opinion": opinion})
            to = None if case.status is Status.CORRECTION else Status.IN_REVIEW
            self._cases.record(case, event, to, [row])

    def _open_beside(self, case: Case, row: Row) -> bool:
        """Tell whether another department of the same stage has still to approve (its task may not even be open yet)."""
        stage = self._catalogue.get(case.service).stage(TaskKey.of(row).stage)
        for department in stage.departments:
            rows = [
                each for each in self._cases.rows(case.case_no, prefix(stage.id, department)) if each.key != row.key
            ]
            if department != TaskKey.of(row).department and not any(each.outcome == "approve" for each in rows):
                return True
        return False

    def _reject(self, case: Case, row: Row, opinion: str, missing: list[dict[str, str]], now: datetime) -> None:
        by = row.data["department_name"]
        beside = [each for each in self._cases.rows(case.case_no, "") if each.key != row.key]
        if row.data["kind"] == "acceptance":
            row = row.with_(data={"output": {"result": str(Status.NOT_ACCEPTED)}})
        rows = [row, *_closing(beside, "superseded")]
        if row.data["kind"] == "acceptance":
            event = Event("not_accepted", f"{by}不予受理：{opinion}", now, by, {"reason": opinion, **_promise(case)})
            self._cases.record(case, event, Status.NOT_ACCEPTED, rows)
        else:
            text = f"{by}不予许可：{opinion}。如不服，可在收到决定之日起60日内申请行政复议，或6个月内提起行政诉讼"
            event = Event("denied", text, now, by, {"reason": opinion, **_promise(case)})
            self._cases.record(case, event, Status.DENIED, rows)

    def _correct(self, case: Case, row: Row, opinion: str, missing: list[dict[str, str]], now: datetime) -> None:
        key, by = TaskKey.of(row), row.data["department_name"]
        if key.round > 1:
            raise Conflict("补正应当一次告知，本部门已经要求过补正", code="corrected_before")
        asked = [each.get("text") or each.get("code", "") for each in missing]
        due = add_workdays(now.date(), CORRECTION_DAYS).day.isoformat()
        wait = Row(
            case.case_no,
            supplement_key(key.stage, key.department),
            "wait",
            "open",
            desk=f"{SUPPLEMENTS}#{shard(case.case_no)}",
            due=f"{due}#{case.case_no}",
            data={"missing": missing},
        )
        event = Event(
            "correction_requested",
            f"{by}请您补正：{'、'.join(asked)}（请在{due}前补齐）",
            now,
            by,
            {"missing": missing, "asked": asked, "due": due, "opinion": opinion},
        )
        before = case.facts.get("before_correction", str(case.status))
        if case.status is not Status.CORRECTION:
            before = str(case.status)
        changed = case.plus(before_correction=before, correction=[*case.facts.get("correction", []), *asked])
        self._cases.record(changed, event, Status.CORRECTION, [row, wait])


def present(row: Row, now: datetime) -> dict[str, Any]:
    """Write a task as the API shows it: nothing personal in clear."""
    data = row.data
    shown = {
        "task_id": TaskKey.of(row).task_id,
        "case_no": row.case_no,
        "status": row.status,
        "due": row.due[:10] if row.due else None,
        "lamp": lamp(row.due, now.date()) if not row.outcome else "normal",
    }
    names = (
        "service",
        "service_name",
        "stage",
        "stage_name",
        "department",
        "kind",
        "applicant",
        "opened_at",
        "decision",
    )
    shown |= {name: data[name] for name in names if name in data}
    if "claimed_name" in data:
        shown["claimed_by"] = data["claimed_name"]
    return shown


def _new_task(case: Case, service: Service, stage: Stage, key: TaskKey, token: str, now: datetime) -> Row:
    due = min(add_workdays(now.date(), stage.limit_days).day, max(case.promised_by, now.date()))
    data = {
        "kind": stage.kind,
        "service": case.service,
        "service_name": case.service_name,
        "stage": stage.id,
        "stage_name": stage.name,
        "department": key.department,
        "department_name": service.department_name(key.department),
        "region": case.region,
        "applicant": case.applicant_masked,
        "opened_at": clock.iso(now),
    }
    # the end of the due keeps apart what falls due on one day, so that the cursor of the work list never skips
    due_key = f"{due.isoformat()}#{clock.iso(now)}#{case.case_no}"
    return Row(
        case.case_no,
        key.row_key,
        "task",
        "open",
        desk=desk(key.department, case.region),
        due=due_key,
        token=token,
        data=data,
    )


def _closing(rows: list[Row], outcome: str) -> list[Row]:
    """Close every task and wait that is still open."""
    waiting = [row for row in rows if row.kind in ("task", "wait") and row.outcome is None]
    return [row.with_(status="cancelled", outcome=outcome, desk=None) for row in waiting]


def _promise(case: Case) -> dict[str, str]:
    """What supervision compares a decision with."""
    return {"promised_by": case.promised_by.isoformat()}


def _free(row: Row, session: Session) -> None:
    """Raise Conflict unless the task is open to this clerk."""
    words = {"approve": "同意", "reject": "不予同意", "correct": "要求补正"}
    if row.outcome and row.status == "decided":
        who, at = row.data.get("decided_name", "同事"), row.data.get("decided_at", "")[11:16]
        raise Conflict(f"{who}已在{at}办理：{words.get(row.data.get('decision', ''), '已办')}", code="already_decided")
    if row.outcome:
        raise Conflict("这项任务已经取消", code="cancelled")
    if row.data.get("claimed_by") not in (None, session.subject):
        raise Conflict(f"{row.data.get('claimed_name', '同事')}正在办理这项任务", code="claimed_by_other")
