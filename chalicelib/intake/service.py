"""The desk (前台综合受理): one place where every submission of every channel arrives, and one answer for each kind.

Intake ──► application ──► one conditional write ──► receipt
       ├─► supplement, withdrawal ──► one transaction on the case
       ├─► query ──► one read
       └─► rating ──► ratings
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.again import again
from chalicelib.cases.model import UNDECIDED, Case, Event, Status
from chalicelib.cases.service import Cases
from chalicelib.intake.applications import Applications, Catalogue, check_materials, handed_in, missing_materials
from chalicelib.intake.model import Intake, Reply
from chalicelib.intake.standing import Standing, present
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput, NotFound


class Ratings(Protocol):
    """What the desk asks of the ratings."""

    def rate(
        self,
        case_no: str,
        *,
        sender: str | None,
        ticket: str | None,
        channel: str,
        level: int,
        reasons: list[str],
        text: str,
        now: datetime,
        phone: str | None,
    ) -> Reply: ...


class Desk:
    """Receive any Intake and answer with a Reply."""

    def __init__(self, cases: Cases, catalogue: Catalogue, ratings: Ratings, case_key: bytes) -> None:
        self._cases, self._catalogue, self._ratings, self._key = cases, catalogue, ratings, case_key
        self._applications = Applications(cases, catalogue, case_key)
        self._standing = Standing(cases, case_key)

    def receive(self, intake: Intake, now: datetime) -> Reply:
        """Take one submission. Raises AppError with the Chinese reason and the fields at fault; then nothing was written."""
        match intake.kind:
            case "application":
                return self._applications.accept(intake)
            case "supplement":
                return again(lambda: self._supplement(intake, now))
            case "withdrawal":
                return again(lambda: self._withdraw(intake, now))
            case "query":
                return self._standing.tell(intake, now)
            case "rating":
                return self._rate(intake, now)
            case _:
                raise InvalidInput("这类诉求请拨打12345", [Fault("kind", "unknown", "没有这类业务")])

    # — on a case that is there —

    def _mine(self, intake: Intake) -> Case:
        case = self._cases.head(intake.body["case_no"])
        if not self._cases.may_read(case, intake.sender, intake.body.get("phone")):
            raise NotFound("没有找到这个办件，请核对办件号")
        return case

    def _supplement(self, intake: Intake, now: datetime) -> Reply:
        case = self._cases.open(self._mine(intake))
        given = ids.keyed(self._key, ids.canonical(intake.body))
        if given == case.facts.get("supplement_hash"):
            return Reply("补正材料已收到", present(case))
        if case.status is not Status.CORRECTION:
            raise Conflict("这个办件现在不需要补正", code="illegal_state")
        open_waits = [row for row in self._cases.rows(case.case_no, "wait#supplement#") if row.outcome is None]
        named = {str(each.get("code", "")) for row in open_waits for each in row.data.get("missing", [])}
        check_materials(self._catalogue.get(case.service), intake.body.get("materials", []), named)
        private = dict(case.private or {})
        private["form"] = {**private["form"], **intake.body.get("form", {})}
        private["materials"] = _replaced(private["materials"], handed_in(intake))
        self._catalogue.check_form(case.service, private["form"])
        rows = [row.with_(status="done", outcome="supplemented", desk=None) for row in open_waits]
        back = Status(case.facts.get("before_correction", Status.SUBMITTED))
        missing = missing_materials(self._catalogue.get(case.service), private)
        case = self._cases.sealed(case.plus(supplement_hash=given, missing=missing, correction=[]), private)
        event = Event("supplemented", "申请人已补正材料，继续办理", now, "申请人")
        return Reply("补正材料已收到，我们继续办理", present(self._cases.record(case, event, back, rows)))

    def _withdraw(self, intake: Intake, now: datetime) -> Reply:
        case = self._mine(intake)
        if case.status is Status.WITHDRAWN:
            return Reply("申请已撤回", present(case))
        if case.status not in UNDECIDED:
            raise Conflict("这个办件已经作出决定，不能撤回", code="illegal_state")
        waiting = [
            row for row in self._cases.rows(case.case_no, "") if row.kind in ("task", "wait") and row.outcome is None
        ]
        rows = [row.with_(status="cancelled", outcome="withdrawn", desk=None) for row in waiting]
        reason = intake.body.get("reason", "")
        event = Event("withdrawn", "申请人撤回了申请" + (f"：{reason}" if reason else ""), now, "申请人")
        return Reply("申请已撤回", present(self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None)))

    def _rate(self, intake: Intake, now: datetime) -> Reply:
        body = intake.body
        return self._ratings.rate(
            body["case_no"],
            sender=intake.sender,
            ticket=body.get("ticket"),
            channel=intake.channel,
            level=body["level"],
            reasons=list(body.get("reasons", [])),
            text=body.get("text", ""),
            now=now,
            phone=body.get("phone"),
        )


def _replaced(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes = {each["code"] for each in new}
    return [each for each in old if each["code"] not in codes] + new
