"""What a decision does to a case: one transaction that moves task, case and story, and wakes the workflow by its outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from chalicelib.approvals import asked, supplements
from chalicelib.approvals.model import OPINED, PASSED
from chalicelib.cases.model import TASK, Case, CaseFile, Event, Row, closing
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.tasks.model import Decision, TaskKey, prefix, proposed
from chalicelib.vocabulary.codes import GROUNDS, STAGE_KINDS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status


class Numbers(Protocol):
    """Gives the official number (办件编号) of a case when it is accepted."""

    def official(self, service: Service, now: datetime) -> str: ...


class Decisions:
    """Approve, reject, ask for a correction. Each raises Conflict if the case moved meanwhile."""

    def __init__(self, cases: Cases, catalogue: Services, numbers: Numbers) -> None:
        self._cases, self._catalogue, self._numbers = cases, catalogue, numbers

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Carry out what a department decided at acceptance, review or decision."""
        if file.case.status not in UNDECIDED:
            raise Conflict("这个办件已经不在办理中", code="illegal_state")
        if file.case.status is Status.SUSPENDED:
            raise Conflict("特别程序期间不能办理，请先结束特别程序", code="suspended")
        apart(file, row, row.data["decided_by"])
        match decision.outcome, row.data["kind"]:
            case "correct", _:
                self._correct(file, row, decision, now)
            case "reject", "acceptance":
                self._not_accepted(file, row, decision, now)
            case "reject", "decision":
                self._deny(file, row, decision.opinion, now)
            case "reject", _:  # an opinion is an opinion: the department that decides has it before it
                self._approve(file, row.with_(outcome=OPINED), decision.opinion, now)
            case _:
                self._approve(file, row, decision.opinion, now)

    def _approve(self, file: CaseFile, row: Row, opinion: str, now: datetime) -> None:
        """Pass the stage: accepted (受理), reviewed, or granted (准予) when nothing is left to approve."""
        case = file.case
        service = self._catalogue.get(case.service, case.version)
        key = TaskKey.of(row)
        by = row.data["department_name"]
        passed, accepts = not _open_beside(file, service, row), row.data["kind"] == "acceptance"
        if passed:
            case = case.with_(clock=case.clock.accept(now.date()), desk=None, due=None).owing(now)
        if service.stages[-1].id == key.stage and passed:
            official = official_no(self._numbers, case, service, now)
            told = {"opinion": opinion, "fee_fen": service.fee_fen, **_promise(case, now), **official}
            event = Event(EventName.GRANTED, f"{by}已同意，准予办理", now, by, told)
            self._cases.record(case.plus(**official), event, Status.GRANTED, [row])
        elif accepts and passed:
            official = official_no(self._numbers, case, service, now)
            text = f"{by}已受理，办件编号{official['official_no']}，{case.clock.said()}"
            event = Event(EventName.ACCEPTED, text, now, by, official)
            self._cases.record(case.plus(**official), event, Status.ACCEPTED, [row])
        else:
            told = {"outcome": row.outcome}
            event = Event(EventName.REVIEWED, f"{by}已提出{row.data['stage_name']}意见", now, by, told)
            to = None if accepts or case.status is Status.CORRECTION else Status.IN_REVIEW
            self._cases.record(case, event, to, [row])

    def _not_accepted(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Do not accept (不受理, 不予受理), on one of the law's grounds; work beside it ends."""
        by = row.data["department_name"]
        verdict = "不受理" if decision.ground == "not_required" else "不予受理"
        why = [decision.opinion.rstrip("。."), *([GROUNDS[decision.ground]] if decision.ground != "not_met" else [])]
        reason = "，".join(why) + (f"，请向{decision.organ}申请" if decision.ground == "not_competent" else "")
        told = {"reason": reason, "verdict": verdict, "ground": decision.ground, "organ": decision.organ}
        told["promised_by"] = (row.due or "")[:10]  # before acceptance: the day of the task
        row = row.with_(data={"output": {"result": str(Status.NOT_ACCEPTED)}})
        event = Event(EventName.NOT_ACCEPTED, f"{by}{verdict}：{reason}", now, by, told)
        self._cases.record(file.case, event, Status.NOT_ACCEPTED, [row, *beside(file, row)])

    def _deny(self, file: CaseFile, row: Row, opinion: str, now: datetime) -> None:
        """Refuse the licence (不予许可) in the name of the department that decides, with the way to appeal."""
        by, reason = row.data["department_name"], opinion.rstrip("。.")
        text = f"{by}不予许可：{reason}。如不服，可在收到决定之日起60日内申请行政复议，或6个月内提起行政诉讼"
        event = Event(EventName.DENIED, text, now, by, {"reason": reason, **_promise(file.case, now)})
        self._cases.record(file.case, event, Status.DENIED, [row, *beside(file, row)])

    def _correct(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Ask the applicant, once, for all that is missing (《行政许可法》第32条: 一次告知)."""
        case, by = file.case, row.data["department_name"]
        service = self._catalogue.get(case.service, case.version)
        row, wait = supplements.waiting(row, asked.grouped(decision.missing, service, file), now)
        stands = "（补正期间不计时）" if case.clock.accepted else ""
        told = {"opinion": decision.opinion, **asked.told([wait])}
        event = Event(EventName.CORRECTION_REQUESTED, f"{by}请您{asked.said([wait])}{stands}", now, by, told)
        before = case.facts["before_correction"] if case.status is Status.CORRECTION else str(case.status)
        correction = asked.said(asked.in_order([*asked.open_waits(file), wait]))
        case = case.with_(clock=case.clock.pause("supplement", now.date()), desk=None, due=None)
        case = case.plus(before_correction=before, correction=correction)
        self._cases.record(case, event, Status.CORRECTION, [row, wait])


def official_no(numbers: Numbers, case: Case, service: Service, now: datetime) -> dict[str, str]:
    """Return the official number of a case, which it gets once, as a fact."""
    return {"official_no": case.facts.get("official_no") or numbers.official(service, now)}


def _open_beside(file: CaseFile, service: Service, row: Row) -> bool:
    """Tell whether another department of the same stage has still to approve (its task may not even be open yet)."""
    key = TaskKey.of(row)
    beside = (each for each in service.stage(key.stage).departments if each != key.department)
    return any(all(each.outcome not in PASSED for each in file.under(prefix(key.stage, name))) for name in beside)


def beside(file: CaseFile, row: Row) -> list[Row]:
    """Return all other work on a case, ended; what a colleague is to confirm is none that the decision ends."""
    return closing((each for each in file.rows if each.key != row.key and not proposed(each)), "superseded")


def apart(file: CaseFile, row: Row, who: str) -> None:
    """Raise Forbidden where who decides had this case on the other side of acceptance (受审分离), whatever posts he has."""
    accepts = row.data["kind"] == "acceptance"
    others = (
        each
        for each in file.of(TASK)
        if each.data["kind"] in STAGE_KINDS and (each.data["kind"] == "acceptance") != accepts
    )
    if any(each.data.get("decided_by") == who for each in others):
        raise Forbidden("受理和审批由不同的人办理，这件的前一环节是您办的，请交给同事")


def _promise(case: Case, now: datetime) -> dict[str, str]:
    """What supervision compares a decision with."""
    return {"promised_by": case.clock.until(now.date()).due.day.isoformat()}
