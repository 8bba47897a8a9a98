"""What an office may do to a case besides its tasks: stop its time for a special procedure (特别程序), lengthen it once (延长), and wait no
longer for the departments it asked (收回).

accepted, in_review ──suspend──► suspended ──resume, or its day is over──► as before; the days between do not count (第45条)
                                  only who began it ends it; a hearing that is not held yet is called off by that (取消听证)
before the decision ──extend──► the same, later by at most ten working days, fifteen where departments decide together (第42条)
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.approvals import extensions, referrals
from chalicelib.approvals.examinations import to_examine
from chalicelib.approvals.model import SUSPENSIONS
from chalicelib.approvals.special import Procedure
from chalicelib.approvals.transfers import to_transfer
from chalicelib.capability import Check
from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import TASK, CaseFile, Event, Row
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import retimed, stood, timed
from chalicelib.vocabulary.codes import PROCEDURES, OfficeAct
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status


class Procedures:
    """Suspend, resume, extend, recall. Each raises Forbidden for whose case it is not, Conflict where the case is not there for it."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    def _open(self, act: OfficeAct, case_no: str, who: Session) -> tuple[CaseFile, Service]:
        """Read a case for an act. Raises Forbidden, Conflict where it is not open to who asks."""
        file = self._cases.whole(case_no)
        service = self._catalogue.get(file.case.service, file.case.version)
        CHECKS[act](file, service, who)
        return file, service

    # — special procedures —

    def suspend(self, case_no: str, who: Session, procedure: Procedure, now: datetime) -> dict[str, object]:
        """Stop the clock from the next working day on, by who reviews or decides the case. Raises InvalidInput for a day that is over,
        or too far to be looked for, and for a hearing that is not told in time."""
        if faults := list(procedure.faults(now.date())):
            raise InvalidInput("；".join(fault.message for fault in faults), faults)
        return retried(lambda: self._suspend(case_no, who, procedure, now))

    def _suspend(self, case_no: str, who: Session, procedure: Procedure, now: datetime) -> dict[str, object]:
        file, service = self._open("suspend", case_no, who)
        case, by, name = file.case, service.department_name(who.department), PROCEDURES[procedure.kind]
        if Role.SUPERVISOR not in who.roles and procedure.kind in _held(file):
            raise Forbidden(f"这件已经进行过{name}，再次进行由本部门负责人（监督人员）提出")
        day, told = clock.day(procedure.until), procedure.told()
        held = f"{clock.day(procedure.asked_on)}提出要求，" if procedure.asked_on else ""
        held += f"{clock.day(procedure.held_on)}举行，{procedure.place}；" if procedure.held_on else ""
        text = f"{by}依法进行{name}：{procedure.reason.rstrip('。.')}（{held}至{day}，所需时间不计入办理期限）"
        desk = round_desk(SUSPENSIONS, case_no)
        case = case.with_(clock=case.clock.pause("suspension", now.date()), desk=desk, due=f"{told['due']}#{case_no}")
        case = case.plus(before_suspension=str(case.status), procedure=name, until=told["due"])
        event = Event(EventName.SUSPENDED, text, now, by, told | {"department": who.department}, who.subject)
        halted = retimed(file.of(TASK), case.with_(status=Status.SUSPENDED))
        return public(self._cases.record(case, event, Status.SUSPENDED, halted))

    def resume(self, case_no: str, who: Session, result: str, now: datetime) -> dict[str, object]:
        """Let the clock run again: the procedure is over, with this result. A hearing (听证) before its day is called off, and the result
        is why."""

        def act() -> dict[str, object]:
            file, service = self._open("resume", case_no, who)
            by = service.department_name(who.department)
            return self._resumed(
                file, by, _ended(_began(file).data, result.rstrip("。."), now.date()), now.date(), now, who.subject
            )

        return retried(act)

    def resume_due(self, now: datetime) -> int:
        """Let every clock run again whose procedure has had its days. Called by the clock; returns how many."""

        def end(row: Row) -> None:
            retried(lambda: self._end(row.case_no, now))

        return self._cases.round(SUSPENSIONS, now.date().isoformat(), end)

    def _end(self, case_no: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        if file.case.status is Status.SUSPENDED and (file.case.due or "~")[:10] < now.date().isoformat():
            told: dict[str, object] = {"ended": "所需时间已到"}
            self._resumed(file, "系统", told, date.fromisoformat((file.case.due or "")[:10]), now)

    def _resumed(
        self, file: CaseFile, by: str, told: dict[str, object], until: date, now: datetime, actor: str = ""
    ) -> dict[str, object]:
        case = file.case
        after = case.with_(clock=case.clock.resume("suspension", until), desk=None, due=None)
        began = next(day for why, day in case.clock.held if why == "suspension")
        tasks = [stood(row, began, until) for row in file.of(TASK) if row.outcome is None]
        told = {"procedure": case.facts["procedure"], **told}
        text = f"{told['procedure']}{told['ended']}，继续办理{after.clock.moved_to(case.clock)}"
        event = Event(EventName.RESUMED, text, now, by, told, actor)
        back = Status(case.facts["before_suspension"])
        return public(self._cases.record(after, event, back, [timed(row, after.with_(status=back)) for row in tasks]))

    # — extension —

    def extend(
        self, case_no: str, who: Session, days: int, reason: str, now: datetime, approval: str = ""
    ) -> dict[str, object]:
        """Lengthen the time once (`extensions`), by the head of the organ: its supervisor. Raises InvalidInput for too many."""

        def act() -> dict[str, object]:
            file, service = self._open("extend", case_no, who)
            after, event = extensions.extended(file, service, who, days, reason, approval, now)
            return public(self._cases.record(after, event, None, retimed(file.of(TASK), after)))

        return retried(act)

    # — referrals —

    def recall(self, case_no: str, who: Session, reason: str, now: datetime) -> dict[str, object]:
        """Wait no longer for the departments that were asked (会签、退回): what came stays, who asked goes on."""

        def act() -> dict[str, object]:
            file, service = self._open("recall", case_no, who)
            wait = referrals.of_department(file, who)
            if wait is None:
                raise Conflict("意见刚刚到齐，请刷新后再办", code="changed_meanwhile")
            by = service.department_name(who.department)
            names = "、".join(row.data["department_name"] for row in referrals.unanswered(file, wait.key))
            text, told = f"{by}不再等{names}的意见，继续办理", {"reason": reason}
            event = Event(EventName.RECALLED, text, now, by, told, who.subject)
            return public(self._cases.record(file.case, event, None, referrals.recalling(file, service, wait, now)))

        return retried(act)


def _to_suspend(file: CaseFile, service: Service, who: Session) -> None:
    _own(file, who)
    if file.case.status not in (Status.ACCEPTED, Status.IN_REVIEW) or file.case.desk:
        raise Conflict("办件现在的状态不能进入特别程序", code="illegal_state")


def _to_resume(file: CaseFile, service: Service, who: Session) -> None:
    _own(file, who)
    if file.case.status is not Status.SUSPENDED:
        raise Conflict("这个办件现在没有特别程序", code="illegal_state")
    began = _began(file)
    if who.department != began.data.get(
        "department", who.department
    ):  # begun before that was kept: by whoever is at work
        raise Forbidden(f"这次特别程序由{began.by}提出，由{began.by}结束")


CHECKS: dict[OfficeAct, Check] = {
    "suspend": _to_suspend,
    "resume": _to_resume,
    "extend": extensions.to_extend,
    "recall": referrals.to_recall,
    "examine": to_examine,
    "transfer": to_transfer,
}
"""Whose each act is and when: raises Forbidden for whose case it is not, Conflict where the case is not there for it."""


def _own(file: CaseFile, who: Session) -> None:
    """Raise Forbidden for who has no open task of review or decision on this case, and asked nobody before one."""
    if not {Role.APPROVER, Role.SUPERVISOR} & set(who.roles) or not referrals.at_work(file, who):
        raise Forbidden("特别程序由正在审查或者决定这个办件的部门提出，由提出的部门结束")


def _held(file: CaseFile) -> set[str]:
    """Return the kinds of special procedures a case has been through."""
    return {event.data["kind"] for event in file.events if event.name is EventName.SUSPENDED}


def _began(file: CaseFile) -> Event:
    """Return by what the special procedure of a case that stands in one began."""
    return next(event for event in reversed(file.events) if event.name is EventName.SUSPENDED)


def _ended(began: dict[str, Any], result: str, today: date) -> dict[str, object]:
    """Return what is told of a procedure that ends today: a hearing whose day is to come is not held, and whoever was told to come
    is told that."""
    held_on = began.get("held_on", "")
    if held_on <= today.isoformat():
        return {"ended": f"结束：{result}", "reason": result}
    day = clock.day(date.fromisoformat(held_on))
    off = {"held_on": held_on, "place": began["place"], "called_off": True}
    return {"ended": f"取消：原定{day}（{began['place']}）的听证不举行，{result}", "reason": result, **off}
