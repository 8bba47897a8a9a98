"""What a decision does to a case: one transaction that moves task, case and story, and wakes the workflow by its outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from chalicelib.approvals import asked, supplements
from chalicelib.cases.model import Case, CaseFile, Event, Row, closing
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel.errors import Conflict
from chalicelib.tasks.model import Decision, TaskKey, prefix
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
        match decision.outcome:
            case "approve":
                self._approve(file, row, decision.opinion, now)
            case "reject":
                self._reject(file, row, decision.opinion, now)
            case "correct":
                self._correct(file, row, decision, now)

    def _approve(self, file: CaseFile, row: Row, opinion: str, now: datetime) -> None:
        """Pass the stage: accepted (受理), reviewed, or granted (准予) when nothing is left to approve."""
        case = file.case
        service = self._catalogue.get(case.service, case.version)
        key = TaskKey.of(row)
        by = row.data["department_name"]
        case = case.with_(clock=case.clock.accept(now.date()))
        passed = not _open_beside(file, service, row)
        if passed:
            case = case.owing(now)
        if service.stages[-1].id == key.stage and passed:
            official = self._official(case, service, now)
            told = {"opinion": opinion, "fee_fen": service.fee_fen, **_promise(case, now), **official}
            event = Event(EventName.GRANTED, f"{by}已同意，准予办理", now, by, told)
            self._cases.record(case.plus(**official), event, Status.GRANTED, [row])
        elif row.data["kind"] == "acceptance":
            official = self._official(case, service, now)
            text = f"{by}已受理，办件编号{official['official_no']}，{case.clock.said()}"
            event = Event(EventName.ACCEPTED, text, now, by, official)
            self._cases.record(case.plus(**official), event, Status.ACCEPTED, [row])
        else:
            event = Event(EventName.REVIEWED, f"{by}{row.data['stage_name']}通过", now, by, {"opinion": opinion})
            to = None if case.status is Status.CORRECTION else Status.IN_REVIEW
            self._cases.record(case, event, to, [row])

    def _official(self, case: Case, service: Service, now: datetime) -> dict[str, str]:
        """Return the official number of a case, which it gets once."""
        known = case.facts.get("official_no")
        return {"official_no": known or self._numbers.official(service, now)}

    def _reject(self, file: CaseFile, row: Row, opinion: str, now: datetime) -> None:
        """Refuse: not accepted (不予受理) at acceptance, else denied (不予许可) with the way to appeal; work beside it ends."""
        case, by = file.case, row.data["department_name"]
        beside = [each for each in file.rows if each.key != row.key]
        if row.data["kind"] == "acceptance":
            row = row.with_(data={"output": {"result": str(Status.NOT_ACCEPTED)}})
        rows = [row, *closing(beside, "superseded")]
        if row.data["kind"] == "acceptance":
            told = {"reason": opinion, "promised_by": (row.due or "")[:10]}  # before acceptance: the day of the task
            event = Event(EventName.NOT_ACCEPTED, f"{by}不予受理：{opinion}", now, by, told)
            self._cases.record(case, event, Status.NOT_ACCEPTED, rows)
        else:
            text = f"{by}不予许可：{opinion}。如不服，可在收到决定之日起60日内申请行政复议，或6个月内提起行政诉讼"
            event = Event(EventName.DENIED, text, now, by, {"reason": opinion, **_promise(case, now)})
            self._cases.record(case, event, Status.DENIED, rows)

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
        case = case.with_(clock=case.clock.pause("supplement", now.date()))
        case = case.plus(before_correction=before, correction=correction)
        self._cases.record(case, event, Status.CORRECTION, [row, wait])


def _open_beside(file: CaseFile, service: Service, row: Row) -> bool:
    """Tell whether another department of the same stage has still to approve (its task may not even be open yet)."""
    key = TaskKey.of(row)
    beside = (each for each in service.stage(key.stage).departments if each != key.department)
    return any(all(each.outcome != "approve" for each in file.under(prefix(key.stage, name))) for name in beside)


def _promise(case: Case, now: datetime) -> dict[str, str]:
    """What supervision compares a decision with."""
    return {"promised_by": case.clock.until(now.date()).due.day.isoformat()}
