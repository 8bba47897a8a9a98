"""What a decision does to a case: one transaction that moves task, case and story, and wakes the workflow by its outcome."""

from __future__ import annotations

from datetime import datetime

from chalicelib.approvals import acceptance, asked, referrals, refusals, supplements
from chalicelib.approvals.model import COUNTERSIGN, OPINED, PASSED, silent
from chalicelib.approvals.numbers import Giver, official_no
from chalicelib.cases import fee
from chalicelib.cases.appeals import Appeal, appeal
from chalicelib.cases.model import TASK, Case, CaseFile, Event, Row, closing, proposed
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates.renewals import Renewals
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.tasks.model import Decision, TaskKey, prefix
from chalicelib.vocabulary.codes import ground, refusal
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import ACCEPTANCE_WORKDAYS
from chalicelib.vocabulary.statuses import UNDECIDED, Status


class Decisions:
    """Approve, reject, ask for a correction. Each raises Conflict if the case moved meanwhile."""

    def __init__(self, cases: Cases, catalogue: Services, numbers: Giver) -> None:
        self._cases, self._catalogue, self._numbers = cases, catalogue, numbers

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Carry out what a department decided at acceptance, review or decision."""
        if file.case.status not in UNDECIDED:
            raise Conflict("这个办件已经不在办理中", code="illegal_state")
        if file.case.status is Status.SUSPENDED:
            raise Conflict("特别程序期间不能办理，请先结束特别程序", code="suspended")
        apart(file, row, row.data["decided_by"])
        match decision.outcome, row.data["kind"]:
            case "return" | "countersign", _:
                self._refer(file, row, decision, now)
            case _ if row.data.get("referral"):
                self._answer(file, row, decision, now)
            case "correct" | "reject", "acceptance" if silent(file.case, row, now):
                raise Conflict(
                    f"收到材料已满{ACCEPTANCE_WORKDAYS}个工作日没有告知，依法视为受理，不能再要求补正或者不予受理",
                    code="deemed",
                )
            case "correct", _:
                self._correct(file, row, decision, now)
            case "reject", "acceptance":
                self._not_accepted(file, row, decision, now)
            case "reject", "decision":
                self._deny(file, row, decision, now)
            case "reject", _:  # an opinion is an opinion: the department that decides has it before it
                self._approve(file, row.with_(outcome=OPINED), decision.opinion, now)
            case _:
                self._approve(file, row, decision.opinion, now)

    def _refer(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Ask other departments first: an earlier review again, or an opinion on it."""
        case = file.case
        service = self._service(case)
        rows = referrals.asking(file, service, row, decision, now)
        name, text = referrals.said(service, row, decision)
        event = Event(name, text, now, row.data["department_name"], {"to": list(dict.fromkeys(decision.to))})
        self._cases.record(case, event, None, rows)

    def _answer(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Take the opinion of a department that was asked; the last one brings the case back to who asked."""
        if decision.outcome == "correct":
            raise Conflict("补正应当一次告知，重新审查时不再要求补正，请写在意见里", code="corrected_before")
        service = self._service(file.case)
        row = row.with_(outcome=OPINED) if decision.outcome == "reject" else row
        by = row.data["department_name"]
        event = Event(EventName.REVIEWED, f"{by}已提出{row.data['stage_name']}意见", now, by, {"outcome": row.outcome})
        self._cases.record(file.case, event, None, referrals.answering(file, service, row, now))

    def _approve(self, file: CaseFile, row: Row, opinion: str, now: datetime) -> None:
        """Pass the stage: accepted (受理), reviewed, or granted (准予) when nothing is left to approve."""
        case = file.case
        service = self._service(case)
        key = TaskKey.of(row)
        by = row.data["department_name"]
        passed, accepts = not _open_beside(file, service, row), row.data["kind"] == "acceptance"
        if accepts and acceptance.overdue(case, now):
            self._cases.record(*acceptance.deemed(self._numbers, file, service, now, row))
            return
        if passed:
            case = case.with_(clock=case.clock.accept(now.date()), desk=None, due=None).owing(now)
        if service.stages[-1].id == key.stage and passed:
            if Renewals(self._cases, self._catalogue).lost(case):
                raise Conflict("要延续的证照已经注销，不能准予延续，请作出不予许可的决定", code="illegal_state")
            official = official_no(self._numbers, case, service, now)
            counted = fee.due(self._cases, case, service)
            way = fee.granted(counted) | {"delivery": case.facts.get("delivery", "electronic")}
            told = {"opinion": opinion, **way, **_promise(case, now), **official}
            event = Event(EventName.GRANTED, f"{by}已同意，准予办理{fee.spared(counted)}", now, by, told)
            self._cases.record(case.plus(**official, **fee.kept(counted)), event, Status.GRANTED, [row])
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
        """Do not accept (不受理, 不予受理), on one of the law's grounds, with the way to appeal; work beside it ends."""
        by, way = row.data["department_name"], self._way_to_appeal(file.case, row, now)
        service, verdict = self._service(file.case), "不受理" if decision.ground == "not_required" else "不予受理"
        also = f"，{ground(decision.ground, service.task_type)}" if decision.ground != "not_met" else ""
        turn = f"，请向{decision.organ}申请" if decision.ground == "not_competent" else ""
        reason = decision.opinion.rstrip("。.") + also + turn
        told = {"reason": reason, "verdict": verdict, "ground": decision.ground, "organ": decision.organ}
        told["promised_by"] = (row.due or "")[:10]  # before acceptance: the day of the task
        unmet, named = refusals.named(service, decision, on_ground=True)
        row = row.with_(data={"output": {"result": str(Status.NOT_ACCEPTED)}})
        text = f"{by}{verdict}：{reason}{unmet}。{way.said()}"
        event = Event(EventName.NOT_ACCEPTED, text, now, by, told | named | way.told())
        self._cases.record(file.case, event, Status.NOT_ACCEPTED, [row, *beside(file, row)])

    def _deny(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Refuse (不予许可, 不予办理) in the name of the department that decides, with what was not met and the way to appeal."""
        by, reason = row.data["department_name"], decision.opinion.rstrip("。.")
        service, way = self._service(file.case), self._way_to_appeal(file.case, row, now)
        verdict = refusal(service.task_type)
        unmet, named = refusals.named(service, decision, on_ground=False)
        told = {"reason": reason, "verdict": verdict, **named, **way.told(), **_promise(file.case, now)}
        event = Event(EventName.DENIED, f"{by}{verdict}：{reason}{unmet}。{way.said()}", now, by, told)
        self._cases.record(file.case, event, Status.DENIED, [row, *beside(file, row)])

    def _way_to_appeal(self, case: Case, row: Row, now: datetime) -> Appeal:
        """Return where to turn against what the department of a task decides today, or the one in whose name it does."""
        return appeal(self._service(case).organ(row.data["department"]), now.date())

    def _service(self, case: Case) -> Service:
        """Return the service of a case, in the version it was filed under."""
        return self._catalogue.get(case.service, case.version)

    def _correct(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Ask the applicant, once, for all that is missing (《行政许可法》第32条: 一次告知)."""
        case, by = file.case, row.data["department_name"]
        service = self._service(case)
        row, wait = supplements.waiting(file, row, service, asked.grouped(decision.missing, service, file), now)
        stands = "（补正期间不计时）" if case.clock.accepted else ""
        told = {"opinion": decision.opinion, **asked.told([wait])}
        event = Event(EventName.CORRECTION_REQUESTED, f"{by}请您{asked.said([wait])}{stands}", now, by, told)
        before = case.facts["before_correction"] if case.status is Status.CORRECTION else str(case.status)
        waits = asked.in_order([*asked.open_waits(file), wait])
        case = case.with_(clock=case.clock.pause("supplement", now.date()))
        if case.clock.accepted or not _at_work_beside(file, row):
            case = case.with_(desk=None, due=None)
        case = case.plus(before_correction=before, **asked.kept(waits))
        self._cases.record(case, event, Status.CORRECTION, [row, wait])


def _open_beside(file: CaseFile, service: Service, row: Row) -> bool:
    """Tell whether another department of the same stage has still to approve (its task may not even be open yet)."""
    key = TaskKey.of(row)
    beside = (each for each in service.stage(key.stage).departments if each != key.department)
    return any(all(each.outcome not in PASSED for each in file.under(prefix(key.stage, name))) for name in beside)


def _at_work_beside(file: CaseFile, row: Row) -> bool:
    """Tell whether another department has this stage on its desk."""
    tasks = file.under(prefix(TaskKey.of(row).stage))
    return any(each.outcome is None for each in tasks if each.key != row.key)


def beside(file: CaseFile, row: Row) -> list[Row]:
    """Return all other work on a case, ended; what a colleague is to confirm is none that the decision ends."""
    return closing((each for each in file.rows if each.key != row.key and not proposed(each)), "superseded")


APART = (
    ("acceptance", {"review", "decision", COUNTERSIGN}, "受理和审批由不同的人办理，这件的前一环节是您办的"),
    (COUNTERSIGN, {"decision"}, "会签和决定由不同的人办理，这件的另一环节是您办的"),
)
"""Which kinds of tasks of one case nobody does who did one of the others, and what he is told."""


def apart(file: CaseFile, row: Row, who: str) -> None:
    """Raise Forbidden where who decides had this case on the other side (受审分离), whatever posts he has."""
    kind = row.data["kind"]
    mine = {each.data["kind"] for each in file.of(TASK) if each.data.get("decided_by") == who}
    for one, others, why in APART:
        if (kind == one and mine & others) or (kind in others and one in mine):
            raise Forbidden(f"{why}，请交给同事")


def _promise(case: Case, now: datetime) -> dict[str, str]:
    """What supervision compares a decision with."""
    return {"promised_by": case.clock.until(now.date()).due.day.isoformat()}
