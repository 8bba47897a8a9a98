"""What an applicant hands in after the application (补交, 补正), and the day by which what was asked for must be there.

A department asks once for all that is missing (`asked`); its wait stays open until each item is in, or its day passes. The token
of the department's task lies on the wait meanwhile, and goes on to the next round of the task.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from chalicelib.approvals.model import CORRECTION, SUPPLEMENTS, supplement_key
from chalicelib.approvals.stages import task
from chalicelib.cases import rights
from chalicelib.cases.model import TASK, WAIT, Case, Event, Row, WaitState, answered, closing, round_desk
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.intake.applications import (
    CheckedServices,
    Files,
    applicant,
    check_materials,
    handed_in,
    identified,
    missing_materials,
)
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.kernel.workdays import add_workdays
from chalicelib.tasks.model import Missing, TaskKey, retimed
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import CORRECTION_WORKDAYS
from chalicelib.vocabulary.statuses import UNDECIDED, Status


def asked(row: Row, missing: Missing, now: datetime) -> tuple[Row, Row]:
    """Return a task decided `correct` and the wait for the applicant that follows it, which takes over the token.

    Raises Conflict for a department that asked before (《行政许可法》第32条: 一次告知).
    """
    key = TaskKey.of(row)
    if key.round > 1:
        raise Conflict("补正应当一次告知，本部门已经要求过补正", code="corrected_before")
    due = add_workdays(now.date(), CORRECTION_WORKDAYS).day.isoformat()
    wait = Row(
        row.case_no,
        supplement_key(key.stage, key.department),
        WAIT,
        str(WaitState.OPEN),
        desk=round_desk(SUPPLEMENTS, row.case_no),
        due=f"{due}#{row.case_no}",
        token=row.token,
        data={"missing": missing},
    )
    return row.with_(outcome=CORRECTION, token=None), wait


class Supplements:
    """Take what was missing, and return cases whose applicants let the day pass."""

    def __init__(self, cases: Cases, catalogue: CheckedServices, case_key: bytes, files: Callable[[], Files]) -> None:
        self._cases, self._catalogue, self._key, self._files = cases, catalogue, case_key, files

    def hand_in(self, intake: Intake, now: datetime) -> Reply:
        """Take materials at any time before the decision, and changes of the form where they were asked for.

        The same again gets the same answer. Raises InvalidInput, NotFound, Forbidden for another's case, Conflict where it is too
        late, Unavailable.
        """
        # once, however often somebody else is first
        files = cache(lambda code, version: handed_in(intake, self._catalogue.get(code, version), self._files))
        return retried(lambda: self._hand_in(intake, files, now))

    def _hand_in(self, intake: Intake, files: Callable[[str, str], list[dict[str, str]]], now: datetime) -> Reply:
        file, asker = self._cases.whole(intake.body["case_no"]), intake.asker
        act = Act.AMEND if intake.body.get("form") else Act.SUPPLEMENT
        by = rights.called(file.case, self._cases.allow(file.case, asker, act, file.of(TASK)))
        case = self._cases.open(file.case)
        given = ids.keyed(self._key, ids.canonical(intake.body))
        if given == case.facts.get("supplement_hash"):
            return Reply("材料已收到", public(case))
        waits = [row for row in file.of(WAIT) if row.outcome is None]
        form, materials = intake.body.get("form", {}), intake.body.get("materials", [])
        _wanted(case, waits, form, materials)
        service = self._catalogue.get(case.service, case.version)
        named = {item["code"] for row in waits for item in row.data["missing"] if "code" in item}
        check_materials(service, materials, named)
        private = self._private(case, service, intake, files(case.service, case.version))
        came = {each["code"] for each in materials}
        left = {row.key: _left(row.data["missing"], came, beside=bool(form or came - named)) for row in waits}
        open_texts = [_text(item) for items in left.values() for item in items]
        before = case.clock
        if not open_texts:
            case = case.with_(clock=before.resume("supplement", now.date()))
        rows = [row for wait in waits for row in self._after(case, service, wait, left[wait.key], now)]
        rows += [] if case.clock.due == before.due else retimed(file.of(TASK), case)  # of the other departments
        missing = missing_materials(service, private)
        facts = {"supplement_hash": given, "missing": missing, "correction": open_texts}
        case = self._cases.sealed(identified(self._cases, case.plus(**facts), service, private, self._key), private)
        back = Status(case.facts["before_correction"]) if waits and not open_texts else None
        said = _said(bool(waits), open_texts) + case.clock.moved_to(before)
        event = Event(EventName.SUPPLEMENTED, by + said, now, by, actor=asker.sender if asker.staff else "")
        return Reply(said, public(self._cases.record(case, event, back, rows)))

    def _private(self, case: Case, service: Service, intake: Intake, handed: list[dict[str, str]]) -> dict[str, Any]:
        private = dict(case.private or {})
        codes = {each["code"] for each in handed}
        kept = [each for each in private["materials"] if each["code"] not in codes]
        private["materials"] = kept + handed
        private["form"] = self._catalogue.check_form(service, {**private["form"], **intake.body.get("form", {})})
        private["applicant"] = applicant(service, private["form"], private["contact"])
        return private

    def _after(self, case: Case, service: Service, wait: Row, left: Missing, now: datetime) -> list[Row]:
        """Return the wait with what is left to come; once nothing is, closed, and the department's next task."""
        if left:
            return [wait.with_(data={"missing": left})]
        stage, department = wait.key.split("#")[2:]
        again = task(case, service, TaskKey(case.case_no, stage, department, 2), now, wait.token)
        return [answered(wait.with_(token=None), "supplemented"), again]

    # — clock —

    def lapse_due(self, now: datetime) -> int:
        """Return (退件) every case whose time for supplementing has passed. Called by the clock; returns how many."""
        return self._cases.round(SUPPLEMENTS, now.date().isoformat(), lambda row: self.lapse(row.case_no, now))

    def lapse(self, case_no: str, now: datetime) -> None:
        """Return the case (退件) when the applicant let the time for supplementing pass."""

        def end() -> None:
            file = self._cases.whole(case_no)
            if file.case.status is not Status.CORRECTION:
                return
            event = Event(EventName.RETURNED, "逾期未补正，本次申请已退回，您可以重新申请", now, "系统")
            rows = closing(file.rows, "lapsed")
            self._cases.record(file.case, event, Status.RETURNED, rows, desk=None, due=None)

        retried(end)


def _wanted(case: Case, waits: list[Row], form: dict[str, Any], materials: list[dict[str, Any]]) -> None:
    """Raise InvalidInput where nothing is handed in, Conflict where it is not wanted (any more)."""
    if not (form or materials):
        raise InvalidInput("请上传要补的材料，或者填写要改的内容", [Fault("materials", "required", "没有要补的内容")])
    if case.status not in UNDECIDED or (form and not waits):
        raise Conflict("这个办件现在不需要补正", code="illegal_state")


def _left(missing: Missing, came: set[str], beside: bool) -> Missing:
    """Return the items that have not come: a material by its code; what was asked for in words by whatever came beside those."""
    return [item for item in missing if (item["code"] not in came if "code" in item else not beside)]


def _text(item: dict[str, str]) -> str:
    return item.get("text") or item.get("code", "")


def _said(asked_for: bool, left: list[str]) -> str:
    if left:
        return f"已补交部分材料，还需补正：{'、'.join(left)}"
    return "已补正材料，继续办理" if asked_for else "已补交材料"
