"""What an applicant sends after the application: a supplement (补正), a withdrawal (撤回). One transaction each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.model import Case, Event, answered, closing
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.intake.applications import CheckedServices, check_materials, handed_in, missing_materials
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status


class FollowUps:
    """Follow up an application on its applicant's word. Each raises NotFound for another's case, Conflict where it is too late."""

    def __init__(self, cases: Cases, catalogue: CheckedServices, case_key: bytes) -> None:
        self._cases, self._catalogue, self._key = cases, catalogue, case_key

    def supplement(self, intake: Intake, now: datetime) -> Reply:
        """Take what was missing; the same again gets the same answer. Raises InvalidInput."""
        return retried(lambda: self._supplement(intake, now))

    def withdraw(self, intake: Intake, now: datetime) -> Reply:
        """End the case before it is decided; work on it ends."""
        return retried(lambda: self._withdraw(intake, now))

    def _mine(self, intake: Intake) -> Case:
        case = self._cases.head(intake.body["case_no"])
        if not self._cases.may_read(case, intake.sender, intake.body.get("phone")):
            raise NotFound("没有找到这个办件，请核对办件号")
        return case

    def _supplement(self, intake: Intake, now: datetime) -> Reply:
        case = self._cases.open(self._mine(intake))
        given = ids.keyed(self._key, ids.canonical(intake.body))
        if given == case.facts.get("supplement_hash"):
            return Reply("补正材料已收到", public(case))
        if case.status is not Status.CORRECTION:
            raise Conflict("这个办件现在不需要补正", code="illegal_state")
        open_waits = [row for row in self._cases.rows(case.case_no, "wait#supplement#") if row.outcome is None]
        named = {str(each.get("code", "")) for row in open_waits for each in row.data.get("missing", [])}
        check_materials(self._catalogue.get(case.service), intake.body.get("materials", []), named)
        private = dict(case.private or {})
        private["form"] = {**private["form"], **intake.body.get("form", {})}
        private["materials"] = _replaced(private["materials"], handed_in(intake))
        self._catalogue.check_form(case.service, private["form"])
        rows = [answered(row, "supplemented") for row in open_waits]
        back = Status(case.facts.get("before_correction", Status.SUBMITTED))
        missing = missing_materials(self._catalogue.get(case.service), private)
        case = self._cases.sealed(case.plus(supplement_hash=given, missing=missing, correction=[]), private)
        event = Event(EventName.SUPPLEMENTED, "申请人已补正材料，继续办理", now, "申请人")
        return Reply("补正材料已收到，我们继续办理", public(self._cases.record(case, event, back, rows)))

    def _withdraw(self, intake: Intake, now: datetime) -> Reply:
        case = self._mine(intake)
        if case.status is Status.WITHDRAWN:
            return Reply("申请已撤回", public(case))
        if case.status not in UNDECIDED:
            raise Conflict("这个办件已经作出决定，不能撤回", code="illegal_state")
        rows = closing(self._cases.rows(case.case_no, ""), "withdrawn")
        reason = intake.body.get("reason", "")
        event = Event(EventName.WITHDRAWN, "申请人撤回了申请" + (f"：{reason}" if reason else ""), now, "申请人")
        return Reply("申请已撤回", public(self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None)))


def _replaced(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes = {each["code"] for each in new}
    return [each for each in old if each["code"] not in codes] + new
