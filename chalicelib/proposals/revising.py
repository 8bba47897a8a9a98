"""更正: what was recorded wrongly of a form is put right, by two supervisors, and whose data it is is told (《个人信息保护法》第46条).

What is proposed is personal: it lies sealed on its task with what was on record before, is read in clear for a purpose on record only,
and stays there. In the transaction that confirms it who applies is derived anew, and a certificate that says otherwise is replaced.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.approvals.numbers import LATER
from chalicelib.cases.model import TASK, Case, CaseFile, Event, Row
from chalicelib.cases.page import Audit, public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.certificates.model import FACT, Certificate, grouped
from chalicelib.identity.model import Session
from chalicelib.intake.applications import CheckedServices, applicant, identified, lacking_materials
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.proposals import model
from chalicelib.tasks.model import Decision, retimed
from chalicelib.vocabulary.events import EventName


class Sealing(Protocol):
    """Seals what is proposed, and opens it (`kernel.seal`)."""

    def seal(self, value: Any, place: str) -> bytes: ...
    def open(self, sealed: bytes, place: str) -> Any: ...


class Reissuing(Protocol):
    """Replaces a certificate whose holder is otherwise on record than it says (`certificates.service`)."""

    def revised(self, case: Case, was: Case, now: datetime) -> tuple[Certificate | None, list[Row]]: ...


class Overpaid(Protocol):
    """What of a fee goes back where what it was counted by says otherwise now (多退), and what is told of it (`payments`)."""

    def __call__(
        self, file: CaseFile, service: Service, private: dict[str, Any], now: datetime
    ) -> tuple[list[Row], list[str]]: ...


class Unnumbered:
    """Replaces one where that is only looked at: the number is drawn when it is done."""

    def __init__(self, certificates: Reissuing) -> None:
        self._certificates = certificates

    def revised(self, case: Case, was: Case, now: datetime) -> tuple[Certificate | None, list[Row]]:
        """Return it without a number."""
        fresh, rows = self._certificates.revised(case, was, now)
        return (replace(fresh, number=LATER) if fresh else None), rows


class Revising:
    """Propose what a field of the form should say, and confirm it. `key` is the one heads are verified by (`intake.applications`)."""

    def __init__(
        self,
        cases: Cases,
        catalogue: CheckedServices,
        certificates: Callable[[], Reissuing],
        sealer: Sealing,
        audit: Callable[[], Audit],
        key: bytes,
        overpaid: Overpaid,
    ) -> None:
        self._cases, self._catalogue, self._certificates = cases, catalogue, certificates
        self._sealer, self._audit, self._key, self._overpaid = sealer, audit, key, overpaid

    def propose(
        self, case_no: str, who: Session, form: dict[str, Any], reason: str, now: datetime
    ) -> dict[str, object]:
        """Put it on the desk of the department for another supervisor; nobody else hears of it.

        `form`: the fields as they should be. Raises NotFound, Forbidden, Conflict, InvalidInput naming `form.<field>`.
        """
        return retried(lambda: self._propose(case_no, who, form, reason, now))

    def _propose(
        self, case_no: str, who: Session, form: dict[str, Any], reason: str, now: datetime
    ) -> dict[str, object]:
        file = self._cases.whole(case_no)
        case, service = file.case, self._catalogue.get(file.case.service, file.case.version)
        model.check("revise", file, service, who)
        was: dict[str, Any] = (self._cases.open(case).private or {})["form"]
        checked = self._catalogue.check_form(service, {**was, **form})
        changed = {name: checked[name] for name in form if checked.get(name) != was.get(name)}
        if not changed:
            message = "要更正的内容和现在登记的一样"
            raise InvalidInput(message, [Fault(f"form.{name}", "unchanged", message) for name in form])
        place = model.key("revise", file, who)
        both = {"was": {name: was.get(name) for name in changed}, "now": changed}
        sealed = self._sealer.seal(both, f"{case_no}|{place.row_key}")
        about = {"fields": [_title(service, name) for name in changed], "sealed": base64.b64encode(sealed).decode()}
        row = model.task("revise", place, case, service, who, reason, now, **about)
        return public(self._cases.amend(case, [row]))

    def proposed(self, file: CaseFile, row: Row) -> list[dict[str, Any]]:
        """Open what is proposed, field by field: for who confirms it, once the look is on record."""
        service = self._catalogue.get(file.case.service, file.case.version)
        opened = self._opened(row)
        return [
            {"name": name, "title": _title(service, name), "was": opened["was"].get(name), "now": value}
            for name, value in opened["now"].items()
        ]

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Carry out what the second supervisor said. Raises Conflict where nothing of the case holds any more, or the field was changed
        since."""
        if decision.outcome == "reject":
            self._cases.keep(row)
            return
        model.unless_ended("revise", file.case)
        service = self._catalogue.get(file.case.service, file.case.version)
        opened, case = self._opened(row), self._cases.open(file.case)
        before = case.private or {}
        _unchanged(service, opened["was"], before["form"])
        case = self._revised(case, service, before, opened["now"])
        by, fields, reason = row.data["department_name"], row.data["fields"], row.data["reason"]
        text, told = (
            f"{by}更正了登记的{'、'.join(fields)}：{reason.rstrip('。.')}",
            {"fields": fields, "reason": reason},
        )
        rows = [row, *retimed((each for each in file.of(TASK) if each.key != row.key), case)]
        same = (case.private or {})["applicant"] == before["applicant"]
        fresh, changed = (None, []) if same else self._certificates().revised(case, file.case, now)
        rows += changed
        if fresh:
            case, told = case.plus(**{FACT: fresh.number}), told | {"certificate_no": fresh.number}
            text += f"；{fresh.type}已换发，新编号{grouped(fresh.number)}，旧证不再有效"
        back, said = self._overpaid(file, service, case.private or {}, now)
        rows, text = rows + back, text + "".join(f"；{each}" for each in said)
        who, names = row.data["decided_by"], [f"form.{name}" for name in opened["now"]]
        self._audit().note(case.case_no, who, f"更正：{reason}", names, now)
        self._cases.record(case, Event(EventName.REVISED, text, now, by, told, who), rows=rows)

    def _revised(self, case: Case, service: Service, before: dict[str, Any], changed: dict[str, Any]) -> Case:
        """Return the head with the form as it should be, found, shown and verified by who applies then."""
        form = self._catalogue.check_form(service, {**before["form"], **changed})
        private = before | {"form": form, "applicant": applicant(service, form, before["contact"])}
        case = case.plus(lacking=lacking_materials(service, private))
        return self._cases.sealed(identified(self._cases, case, service, private, self._key), private)

    def _opened(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = self._sealer.open(base64.b64decode(row.data["sealed"]), f"{row.case_no}|{row.key}")
        return found


def _title(service: Service, name: str) -> str:
    return str(service.field(name).get("title", name))


def _unchanged(service: Service, was: dict[str, Any], form: dict[str, Any]) -> None:
    """Raise Conflict where a field was changed (补正) since its revision was proposed."""
    changed = [_title(service, name) for name, value in was.items() if form.get(name) != value]
    if changed:
        message = f"提出更正以后{'、'.join(changed)}又有改动，请选“不同意”，核对后重新提出"
        raise Conflict(message, code="illegal_state")
