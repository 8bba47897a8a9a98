"""What an applicant hands in after the application (补交, 补正).

A department asks once for all that is missing; its wait stays open until each item is in, or its day passes
(`lapses`). The token of the department's task lies on the wait meanwhile, and goes on to the next round of the task.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from chalicelib.approvals import asked
from chalicelib.approvals.model import CORRECTION, SUPPLEMENTED, SUPPLEMENTS, accepting, supplement_key
from chalicelib.approvals.stages import again
from chalicelib.cases import rights
from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import TASK, WAIT, Case, CaseFile, Event, Row, WaitState
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
    lacking_materials,
)
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import Missing, TaskKey, retimed
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status

MOST = 100  # files of one case


def waiting(file: CaseFile, row: Row, service: Service, missing: Missing, now: datetime) -> tuple[Row, Row]:
    """Return a task decided `correct` and the wait for the applicant that follows it, which takes over the token.

    Raises Conflict for a department that asked before, at any stage (《行政许可法》第32条: 一次告知).
    """
    key = TaskKey.of(row)
    if asked.before(file, key.department):
        raise Conflict("补正应当一次告知，本部门已经要求过补正", code="corrected_before")
    office = service.departments.get(key.department)
    data = {
        "missing": missing,
        "department": key.department,
        "department_name": row.data["department_name"],
        "address": office.address if office else "",
        "asked_at": clock.iso(now),
    }
    wait = Row(
        row.case_no,
        supplement_key(key.stage, key.department),
        WAIT,
        str(WaitState.OPEN),
        desk=round_desk(SUPPLEMENTS, row.case_no),
        token=row.token,
        data=data,
    )
    return row.with_(outcome=CORRECTION, token=None), asked.timed(wait)


class Supplements:
    """Take what was missing."""

    def __init__(self, cases: Cases, catalogue: CheckedServices, case_key: bytes, files: Callable[[], Files]) -> None:
        self._cases, self._catalogue, self._key, self._files = cases, catalogue, case_key, files

    def hand_in(self, intake: Intake, now: datetime) -> Reply:
        """Take materials at any time before the decision, and of the form what was asked for.

        The same again gets the same answer: the case, `text` what was taken and what is left, `missing` what is left. Raises
        InvalidInput, NotFound, Forbidden for another's case, Conflict where it is too late, Unavailable.
        """
        # once, however often somebody else is first
        files = cache(lambda code, version: handed_in(intake, self._catalogue.get(code, version), self._files))
        return retried(lambda: self._hand_in(intake, files, now))

    def _hand_in(self, intake: Intake, files: Callable[[str, str], list[dict[str, str]]], now: datetime) -> Reply:
        file, asker = self._cases.whole(intake.body["case_no"]), intake.asker
        act = Act.AMEND if intake.body.get("form") else Act.SUPPLEMENT
        by = rights.called(file.case, self._cases.allow(file.case, asker, act, file.of(TASK)))
        service = self._catalogue.get(file.case.service, file.case.version)
        given = ids.keyed(self._key, ids.canonical(intake.body))
        if known := _known(file, given):
            return _reply(file.case, asked.open_waits(file), known.text.removeprefix(known.by))
        case, waits = self._cases.open(file.case), asked.open_waits(file)
        _wanted(case, waits, intake.body)
        named = asked.items(asked.still_taken(file))
        check_materials(service, intake.body.get("materials", []), {item["code"] for item in named})
        handed = _named(files(case.service, case.version), service, named)
        private, changed = self._private(case, service, intake.body.get("form", {}), handed, waits)
        left = asked.left_after(file, {each["code"] for each in handed}, changed, intake.body.get("form", {}))
        _moves(handed, changed, waits, left)
        still = [wait for wait in left if wait.data["missing"]]
        before, here = case.clock, {each["code"] for each in private["materials"]}
        lacking = asked.lacking(lacking_materials(service, private), file.of(WAIT), here)
        case = case.plus(lacking=lacking, **asked.kept(still))
        case = case if still else case.with_(clock=before.resume("supplement", now.date()))
        if waits and not still and not case.clock.accepted:
            case = accepting(case, now.date())  # the office has its five days again
        case = self._cases.sealed(identified(self._cases, case, service, private, self._key), private)
        rows = [row for wait in left for row in _after(file, case, service, wait, now)] + retimed(file.of(TASK), case)
        said = _said(bool(waits), still, _taken(service, changed, handed)) + case.clock.moved_to(before)
        actor = asker.sender if asker.staff else ""
        event = Event(EventName.SUPPLEMENTED, by + said, now, by, asked.told(still), actor, given)
        back = Status(case.facts["before_correction"]) if waits and not still else None
        return _reply(self._cases.record(case, event, back, rows), still, said)

    def _private(
        self, case: Case, service: Service, form: dict[str, Any], handed: list[dict[str, str]], waits: list[Row]
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the private part with what came, and the fields that changed. Raises InvalidInput."""
        private = dict(case.private or {})
        before = private["form"]
        private["form"] = self._catalogue.check_form(service, {**before, **form})
        changed = [name for name, value in private["form"].items() if before.get(name) != value]
        _asked_for([name for name in changed if before.get(name) not in (None, "")], service, waits)
        anew = {each["code"] for each in handed} & {item["code"] for item in asked.items(waits)}
        private["materials"] = [each for each in private["materials"] if each["code"] not in anew] + handed
        if len(private["materials"]) > MOST:
            raise InvalidInput(f"一个办件最多{MOST}份材料", [Fault("materials", "maxItems", f"最多{MOST}份")])
        private["applicant"] = applicant(service, private["form"], private["contact"])
        return private, changed


def _after(file: CaseFile, case: Case, service: Service, wait: Row, now: datetime) -> list[Row]:
    """Return the wait with what is left to come; once nothing is, closed, and the department's next task."""
    return [wait] if wait.data["missing"] else again(file, case, service, wait, SUPPLEMENTED, now)


def _wanted(case: Case, waits: list[Row], body: dict[str, Any]) -> None:
    """Raise InvalidInput where nothing is handed in, Conflict where it is not wanted (any more)."""
    if not (body.get("form") or body.get("materials")):
        raise InvalidInput("请上传要补的材料，或者填写要改的内容", [Fault("materials", "required", "没有要补的内容")])
    if case.status not in UNDECIDED or (body.get("form") and not waits):
        raise Conflict("这个办件现在不需要补正", code="illegal_state")


def _moves(handed: list[dict[str, str]], changed: list[str], waits: list[Row], left: list[Row]) -> None:
    """Raise InvalidInput for a form that is sent as it was and answers nothing that was asked."""
    if not handed and not changed and left == waits:
        words = "填写的内容没有改动，请修改要补正的内容，或者上传材料"
        raise InvalidInput(words, [Fault("form", "unchanged", words)])


def _asked_for(changed: list[str], service: Service, waits: list[Row]) -> None:
    """Raise InvalidInput for a field that has an answer nobody asked to change; what is asked in words may mean any."""
    if asked.in_words(waits):
        return
    strange = [name for name in changed if name not in {item["code"] for item in asked.items(waits)}]
    faults = [Fault(f"form.{name}", "not_asked", f"“{service.field(name)['title']}”没有要求更改") for name in strange]
    if faults:
        raise InvalidInput("；".join(fault.message for fault in faults), faults)


def _named(handed: list[dict[str, str]], service: Service, wanted: Missing) -> list[dict[str, str]]:
    """Name each file: one that the service does not know, by the words in which it was asked for."""
    names = {item["code"]: item["text"] for item in wanted}
    names |= {each.code: each.name for each in service.materials}
    return [{**each, "name": names[each["code"]]} for each in handed]


def _said(asked_for: bool, still: list[Row], taken: str) -> str:
    if still:
        return f"已补交部分材料{taken}，还需{asked.said(still)}"
    return ("已补正材料，继续办理" if asked_for else "已补交材料") + taken


def _taken(service: Service, changed: list[str], handed: list[dict[str, str]]) -> str:
    """Name what came, to follow a sentence: whoever decides sees which answers are no longer the first ones."""
    files = dict.fromkeys(each["name"] for each in handed)
    fields = [str(service.field(name)["title"]) for name in changed]
    parts = [f"更改：{'、'.join(fields)}"] * bool(fields) + [f"材料：{'、'.join(files)}"] * bool(files)
    return f"（{'；'.join(parts)}）" if parts else ""


def _reply(case: Case, waits: list[Row], said: str) -> Reply:
    return Reply(said, public(case) | {"text": said, "missing": asked.shown(waits)})


def _known(file: CaseFile, given: str) -> Event | None:
    """Return the event by which this was handed in already; what was asked for since then, it does not answer."""
    for event in reversed(file.events):
        if event.mark == given or event.name is EventName.CORRECTION_REQUESTED:
            return event if event.mark == given else None
    return None
