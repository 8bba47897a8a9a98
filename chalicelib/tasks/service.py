"""What clerks do with tasks: list, claim, release, hand over, decide; one wins, the other is told who was first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.model import TASK, Row, moved
from chalicelib.cases.service import Cases
from chalicelib.identity.model import Session
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import EDGES, Choice, Decision, Kind, State, TaskKey, desk, lit
from chalicelib.tasks.present import present
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.roles import Role

PAGE = 50  # tasks on one page of a work list
READ = 500  # rows of a desk that are looked through for one page; the cursor goes on from there
COUNTED = 2000  # tasks of a desk that are counted one by one; more than that is said as such


class Colleagues(Protocol):
    """Knows the accounts of staff (identity)."""

    def colleague(self, username: str) -> Session | None:
        """Return who has this account, as a session of theirs would say; None for nobody, or one switched off."""


class Tasks:
    """The desks of departments. `kinds` are all kinds of tasks by code."""

    def __init__(self, cases: Cases, kinds: Mapping[str, Kind], colleagues: Callable[[], Colleagues]) -> None:
        self._cases, self._kinds, self._colleagues = cases, kinds, colleagues

    # — look —

    def mine(
        self, session: Session, now: datetime, after: str | None = None, limit: int = PAGE
    ) -> tuple[list[dict[str, Any]], str | None]:
        """List what this clerk may do by due date, and where to go on. A supervisor also sees what is overdue (escalation)."""
        found: list[dict[str, Any]] = []
        for read, row in enumerate(self._desk(session, after), 1):
            if self._sees(session, row, now):
                found.append(present(row, self._kinds[row.data["kind"]], now, session))
            if len(found) == limit or read == READ:
                return found, row.due
        return found, None

    def counts(self, session: Session, now: datetime) -> dict[str, Any]:
        """Count this clerk's work list: by kind, by lamp, and how much of it is claimed. `more`: there is more than was counted."""
        kinds: Counter[str] = Counter()
        lamps: Counter[str] = Counter()
        claimed = seen = 0
        for row in self._desk(session, None):
            if seen == COUNTED:
                break
            seen += 1
            if self._sees(session, row, now):
                kinds[row.data["kind"]] += 1
                lamps[lit(row, now.date())] += 1
                claimed += row.status == State.CLAIMED
        total = sum(kinds.values())
        return {"total": total, "claimed": claimed, "kinds": dict(kinds), "lamps": dict(lamps), "more": seen == COUNTED}

    def _desk(self, session: Session, after: str | None) -> Iterator[Row]:
        """Read a desk page by page to its end."""
        place = desk(session.department, session.region)
        while True:
            rows = self._cases.on_desk(place, PAGE, after)
            yield from rows
            if len(rows) < PAGE:
                return
            after = rows[-1].due

    def _sees(self, session: Session, row: Row, now: datetime) -> bool:
        """Tell whether a task is on this clerk's list. One that is not whole is on nobody's, and hides no other."""
        kind = self._kinds.get(row.data.get("kind", ""))
        if session.subject in row.data.get("apart", ()):
            return False
        try:
            overdue = lit(row, now.date()) == "overdue"
        except (LookupError, TypeError, ValueError) as fault:
            log.error("task not whole", fault, case_no=row.case_no, row=row.key)
            return False
        return kind is not None and (kind.role in session.roles or (overdue and Role.SUPERVISOR in session.roles))

    def _found(self, session: Session, task_id: str) -> tuple[Row, Kind]:
        """Return a task of the session's own department. Raises NotFound, Forbidden."""
        key = TaskKey.parse(task_id)
        return self._known(session, key, self._cases.row(key.case_no, key.row_key) if key else None)

    def _known(self, session: Session, key: TaskKey | None, row: Row | None) -> tuple[Row, Kind]:
        kind = self._kinds.get(row.data.get("kind", "")) if row else None
        if key is None or row is None or row.kind != TASK or kind is None:
            raise NotFound("没有找到这项任务")
        if (key.department, row.data.get("region")) != (session.department, session.region):
            raise Forbidden("这是其他部门的任务")
        if session.subject in row.data.get("apart", ()):
            raise Forbidden(OWN_WORK, code="own_work")
        return row, kind

    def _workable(self, session: Session, task_id: str) -> tuple[Row, Kind]:
        """Return a task that is this clerk's to work on. Raises NotFound, Forbidden."""
        row, kind = self._found(session, task_id)
        _posted(row, kind, session)
        return row, kind

    # — take and give back —

    def claim(self, session: Session, task_id: str, now: datetime) -> dict[str, Any]:
        """Take a task; a colleague who was faster is named. Raises Conflict."""
        row, kind = self._workable(session, task_id)
        _free(row, kind, session)
        if row.data.get("claimed_by") != session.subject:
            try:
                row = self._cases.keep(moved(row, EDGES, State.CLAIMED, data=_held_by(session, now)))
            except Conflict:
                row, kind = self._workable(session, task_id)
                _free(row, kind, session)
        return present(row, kind, now, session)

    def release(self, session: Session, task_id: str, now: datetime) -> dict[str, Any]:
        """Give a task back to the desk: by who holds it, or by a supervisor for one who left. Raises Conflict, Forbidden."""
        row, kind = self._movable(session, task_id)
        if row.status == State.CLAIMED:
            row = self._cases.keep(moved(row, EDGES, State.OPEN, data=_NOBODY | _passed(row, session, "", now)))
        return present(row, kind, now, session)

    def hand_over(self, session: Session, task_id: str, to: str, now: datetime) -> dict[str, Any]:
        """Give a task to a colleague of the same desk and post, by who holds it or a supervisor.

        Raises InvalidInput naming `to`, Conflict, Forbidden.
        """
        row, kind = self._movable(session, task_id)
        colleague = self._colleagues().colleague(to)
        same_desk = colleague and (colleague.department, colleague.region) == (session.department, session.region)
        if colleague is None or not same_desk or kind.role not in colleague.roles:
            message = "只能转交给本部门同一岗位的同事"
            raise InvalidInput(message, [Fault("to", "unknown", message)])
        if row.data.get("proposed_by") == colleague.subject:
            raise InvalidInput(OWN, [Fault("to", "own", OWN)])
        if colleague.subject in row.data.get("apart", ()):
            raise InvalidInput(OWN_WORK, [Fault("to", "own_work", OWN_WORK)])
        held = _held_by(colleague, now) | _passed(row, session, colleague.subject, now)
        row = self._cases.keep(moved(row, EDGES, State.CLAIMED, data=held))
        return present(row, kind, now, session)

    def _movable(self, session: Session, task_id: str) -> tuple[Row, Kind]:
        row, kind = self._found(session, task_id)
        _undecided(row, kind)
        holds = row.data.get("claimed_by") == session.subject and kind.role in session.roles
        if not holds and Role.SUPERVISOR not in session.roles:
            raise Forbidden("只有正在办理的人或监督人员能退回、转交这项任务")
        return row, kind

    # — decide —

    def decide(self, session: Session, task_id: str, decision: Decision, now: datetime) -> dict[str, Any]:
        """Decide a task. Raises InvalidInput, Forbidden, Conflict naming who was first."""
        return retried(lambda: self._decide(session, task_id, decision, now))

    def _decide(self, session: Session, task_id: str, decision: Decision, now: datetime) -> dict[str, Any]:
        key = TaskKey.parse(task_id)
        file = self._cases.whole(key.case_no if key else "")
        row, kind = self._known(session, key, file.row(key.row_key) if key else None)
        _posted(row, kind, session, decision.outcome)
        _complete(kind, decision)
        if row.outcome and (row.data.get("decided_by"), row.data.get("decision")) == (
            session.subject,
            decision.outcome,
        ):
            return present(row, kind, now, session)
        _free(row, kind, session)
        data = {
            "decision": decision.outcome,
            "opinion": decision.opinion,
            "decided_by": session.subject,
            "decided_name": session.name,
            "decided_at": clock.iso(now),
        }
        decided = moved(row, EDGES, State.DECIDED, outcome=decision.outcome, desk=None, data=data)
        kind.follow(file, decided, decision, now)
        return present(decided, kind, now, session)


OWN = "谁提出的，由本部门另一位监督人员复核"
OWN_WORK = "这个办件经这位工作人员办理过，它的评价由其他监督人员处理"


def _posted(row: Row, kind: Kind, session: Session, outcome: Outcome | None = None) -> None:
    """Raise Forbidden for who has not the post that does such tasks, and for who proposed what is to be confirmed: he may take it back."""
    if kind.role not in session.roles:
        raise Forbidden("受理和审批由不同的人办理，您的岗位不能办这项任务")
    if row.data.get("proposed_by") == session.subject and outcome != "reject":
        raise Forbidden(OWN, code="own_proposal")


_NOBODY = {"claimed_by": None, "claimed_name": None, "claimed_at": None}


def _held_by(session: Session, now: datetime) -> dict[str, Any]:
    return {"claimed_by": session.subject, "claimed_name": session.name, "claimed_at": clock.iso(now)}


def _passed(row: Row, by: Session, to: str, now: datetime) -> dict[str, Any]:
    """Keep on record who took a task from whom and gave it to whom."""
    entry = {"from": row.data.get("claimed_by"), "to": to, "by": by.subject, "at": clock.iso(now)}
    return {"passed": [*row.data.get("passed", []), entry]}


def _complete(kind: Kind, decision: Decision) -> None:
    """Raise InvalidInput for a decision this kind of task does not have, or one without its reason."""
    choice = kind.choices.get(decision.outcome)
    if choice is None:
        names = "、".join(each.name for each in kind.choices.values())
        raise InvalidInput(f"{kind.name}只能：{names}", [Fault("outcome", "enum", f"{kind.name}只能：{names}")])
    if choice.why and not decision.opinion.strip():
        raise InvalidInput(choice.why, [Fault("opinion", "required", choice.why)])
    if choice.to and not decision.to:
        raise InvalidInput(f"请选择要{choice.name}的部门", [Fault("to", "required", f"请选择要{choice.name}的部门")])
    _asked_for(kind, choice, decision)
    _paid(choice, decision)
    if decision.outcome == "correct" and not decision.missing:
        raise InvalidInput("请列出需要补正的内容", [Fault("missing", "required", "请一次列全需要补正的内容")])


def _asked_for(kind: Kind, choice: Choice, decision: Decision) -> None:
    """Raise InvalidInput naming what was given and this decision does not take."""
    signing, taking = f"{kind.name}不用填写领取人", f"{kind.name}不收款"
    given = (
        ("taker", decision.taker, choice.signed, signing),
        ("taker_id", decision.taker_id, choice.signed, signing),
        ("code", decision.code, choice.signed, signing),
        ("id_seen", decision.id_seen is not None, choice.signed, signing),
        ("unmet", decision.unmet, choice.refuses, "只有不予受理、不予许可的，才写明不符合的条件"),
        ("waybill", decision.waybill, choice.posted, f"{kind.name}不用填写运单号"),
        ("address", decision.address, choice.sent, "只有再次寄送的，才填写收件地址"),
        ("pay_way", decision.pay_way, choice.takes, taking),
        ("receipt_no", decision.receipt_no, choice.takes, taking),
    )
    wrong = [Fault(name, "unknown", message) for name, value, taken, message in given if value and not taken]
    if wrong:
        raise InvalidInput("；".join(dict.fromkeys(fault.message for fault in wrong)), wrong)


def _paid(choice: Choice, decision: Decision) -> None:
    """Raise InvalidInput where money is taken without saying how and against which receipt."""
    words = {"pay_way": "请选择现金或者刷卡", "receipt_no": "请填写开给缴费人的票据号"}
    given = {"pay_way": decision.pay_way, "receipt_no": decision.receipt_no}
    wrong = [Fault(name, "required", words[name]) for name, value in given.items() if choice.takes and not value]
    if wrong:
        raise InvalidInput("；".join(fault.message for fault in wrong), wrong)


def _undecided(row: Row, kind: Kind) -> None:
    """Raise Conflict for a task that is over."""
    if row.outcome and row.status == State.DECIDED:
        who, at = row.data.get("decided_name", "同事"), row.data.get("decided_at", "")[11:16]
        choice = kind.choices.get(row.data.get("decision", ""))
        word = choice.name if choice else "已办"
        raise Conflict(f"{who}已在{at}办理：{word}", code="already_decided")
    if row.outcome:
        raise Conflict("这项任务已经取消", code="cancelled")


def _free(row: Row, kind: Kind, session: Session) -> None:
    """Raise Conflict unless the task is open to this clerk."""
    _undecided(row, kind)
    if row.data.get("claimed_by") not in (None, session.subject):
        raise Conflict(f"{row.data.get('claimed_name') or '同事'}正在办理这项任务", code="claimed_by_other")
