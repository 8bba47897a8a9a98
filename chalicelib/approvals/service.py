"""What clerks do: list, claim and decide tasks; one wins, the other is told who was first.

open ──claim──► claimed ──decide──► decided: approve | reject | correction
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.approvals.decisions import Decisions, Missing
from chalicelib.approvals.model import ROLE_OF, Outcome, TaskKey, desk, lamp
from chalicelib.cases.again import again
from chalicelib.cases.model import UNDECIDED, Row
from chalicelib.cases.service import Cases
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound


class Handover(Protocol):
    """What a pick-up task does when it is approved (delivery)."""

    def handed_over(self, case_no: str, by: str, now: datetime) -> Any: ...


class Approvals:
    """The desk of a department."""

    def __init__(self, cases: Cases, decisions: Decisions, handover: Handover) -> None:
        self._cases, self._decisions, self._handover = cases, decisions, handover

    def tasks(
        self, session: Session, now: datetime, after: str | None = None, limit: int = 50
    ) -> tuple[list[dict[str, Any]], str | None]:
        """List the clerk's desk by due date, and where to go on: one query."""
        rows = self._cases.on_desk(desk(session.department, session.region), limit, after)
        mine = [present(row, now, session) for row in rows if ROLE_OF.get(row.data.get("kind", "")) in session.roles]
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
        return present(row, now, session)

    def decide(
        self,
        session: Session,
        task_id: str,
        outcome: Outcome,
        opinion: str,
        missing: Missing,
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
        missing: Missing,
        now: datetime,
    ) -> dict[str, Any]:
        row = self.task(session, task_id)
        if row.outcome and row.data.get("decided_by") == session.subject and row.data.get("decision") == outcome:
            return present(row, now, session)
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
        moves = {
            "approve": self._decisions.approve,
            "reject": self._decisions.reject,
            "correct": self._decisions.correct,
        }
        moves[outcome](case, decided, opinion, missing, now)
        return present(decided, now, session)

    def _hand_over(self, session: Session, row: Row, outcome: Outcome, now: datetime) -> dict[str, Any]:
        if outcome != "approve":
            raise InvalidInput("领取只能确认已交付", [Fault("outcome", "enum", "领取只能确认已交付")])
        self._handover.handed_over(row.case_no, row.data["department_name"], now)
        return present(row.with_(status="decided", outcome="approve"), now, session)


def present(row: Row, now: datetime, session: Session) -> dict[str, Any]:
    """Write a task as the API shows it to a clerk: nothing personal in clear."""
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
        shown |= {"claimed_by": data["claimed_name"], "mine": data["claimed_by"] == session.subject}
    return shown


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
