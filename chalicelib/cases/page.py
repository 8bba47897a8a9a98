"""A case as people may see it: whoever filed it in full, others masked, staff in clear only for a purpose that is kept on record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.capability import Acts, Beside, Can, InClear, Page, StaffPage, Veils
from chalicelib.cases import fee, masking, rights
from chalicelib.cases.acts import open_to
from chalicelib.cases.model import TASK, Case, CaseFile, Event
from chalicelib.cases.rights import Act, Asker, Standing
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.identity.model import Session
from chalicelib.kernel import clock, mask
from chalicelib.kernel.errors import NotFound
from chalicelib.vocabulary.events import EVENTS

PAGE = 20  # cases on one page of a list
OPENED = "打开材料"  # the purpose on record where a clerk opens a file
Entry = Callable[[Event], dict[str, Any]]
"""Writes an event as an entry of the timeline."""
IN_CLEAR = ("form", "contact", "applicant", "delivery", "agent")


class Audit(Protocol):
    """Where every reading of personal data in clear is written (《个人信息保护法》第55条, GB/T 22239-2019)."""

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None: ...


def public(case: Case) -> dict[str, Any]:
    """Where a case stands, with nothing personal in it."""
    return {
        "case_no": case.case_no,
        "status": str(case.status),
        "status_name": case.status_name,
        "service": case.service,
        "service_name": case.service_name,
        "version": case.version,
        "received_at": clock.iso(case.received_at),
        "promised_by": case.clock.due.day.isoformat(),
        "clock": case.clock.shown(),
    }


def summary(case: Case) -> dict[str, Any]:
    """One line of a list; nothing personal in clear."""
    return public(case) | {"channel": case.channel, "applicant": case.applicant_masked}


def listed(found: Sequence[Case]) -> dict[str, Any]:
    """A page of summaries, with `next` where there may be more."""
    page: dict[str, Any] = {"cases": [summary(case) for case in found]}
    if len(found) == PAGE:
        page["next"] = clock.iso(found[-1].received_at)
    return page


class Pages:
    """Put a case together for who asks.

    `parts` are what the capabilities show of it, `own_parts` what citizens alone see, `staff_parts` what clerks alone see, `sealed`
    what is seen in clear only; `beside` stands beside entries of the timeline, `can` says what may be done now, `acts` what an office may
    do, `veils` which events are not for a reader in office.
    """

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        audit: Audit,
        parts: Sequence[Page] = (),
        staff_parts: Sequence[StaffPage] = (),
        sealed: Sequence[InClear] = (),
        beside: Sequence[Beside] = (),
        can: Sequence[Can] = (),
        acts: Sequence[Acts] = (),
        veils: Sequence[Veils] = (),
        own_parts: Sequence[Page] = (),
    ) -> None:
        self._cases, self._catalogue, self._audit = cases, catalogue, audit
        self._parts, self._own_parts, self._staff_parts, self._sealed = parts, own_parts, staff_parts, sealed
        self._beside, self._can, self._acts, self._veils = beside, can, acts, veils

    def mine(self, case_no: str, who: Session) -> dict[str, Any]:
        """Show a case of theirs to a citizen, in clear or masked, and what they may do. Raises NotFound for another's."""
        file = self._cases.whole(case_no)
        standing = self._cases.allow(file.case, Asker.of(who), Act.LOOK)
        private = self._cases.open(file.case).private or {}
        service = self._catalogue.get(file.case.service, file.case.version)
        page = self._whole(file, service, private, _entry)
        for part in self._own_parts:
            page |= part(file, service)
        masked = not rights.may(standing, Act.READ)
        shown = _masked(service, private) if masked else {name: private[name] for name in ("form", "delivery")}
        return page | shown | {"masked": masked, "can": self._open(file, standing)}

    def staff(self, case_no: str, who: Session) -> dict[str, Any]:
        """Show a case to a clerk who works on it, masked, and what the clerk's window may do. Raises Forbidden."""
        file, standing = self._for_staff(case_no, who, Act.LOOK)
        private = self._cases.open(file.case).private or {}
        service, contact = self._catalogue.get(file.case.service, file.case.version), private["contact"]
        veiled = {str(name) for veil in self._veils for name in veil(file, who)}
        page = self._whole(file, service, private, _staff_entry)
        page["timeline"] = [entry for entry in page["timeline"] if entry["event"] not in veiled]
        for part in self._staff_parts:
            page |= part(file, service, who)
        page["acts"] = [act for checks in self._acts for act in open_to(checks(), file, service, who)]
        masked = {"name": mask.name(contact.get("name", "")), "phone": mask.phone(contact["phone"])}
        may = {"can": self._open(file, standing), "clear": rights.may(standing, Act.READ)}
        return page | _masked(service, private) | {"contact": masked} | may

    def reveal(self, case_no: str, who: Session, purpose: str, now: datetime) -> dict[str, Any]:
        """Show personal data in clear to who works on the case, once the reading is on record. Raises Forbidden."""
        file, _ = self._for_staff(case_no, who, Act.READ)
        sealed = {name: opening for each in self._sealed for name, opening in each(file, who).items()}
        shown = (*IN_CLEAR, *(name for name, opening in sealed.items() if opening))
        self._audit.note(case_no, who.subject, purpose, shown, now)
        private = self._cases.open(file.case).private or {}
        opened = {name: opening() if opening else None for name, opening in sealed.items()}
        return {name: private.get(name) for name in IN_CLEAR} | opened

    def handed_in(self, case_no: str, material_id: str, who: Session, now: datetime) -> dict[str, str]:
        """Return one file of a case, as it was handed in, to whoever may open its files; staff on record. Raises NotFound, Forbidden."""
        case = self._cases.head(case_no)
        self._cases.allow(case, Asker.of(who), Act.FILES)
        kept: list[dict[str, str]] = (self._cases.open(case).private or {})["materials"]
        found = [each for each in kept if each["material_id"] == material_id]
        if not found:
            raise NotFound("没有找到这份材料")
        if who.staff:
            self._audit.note(case_no, who.subject, OPENED, [f"materials.{found[0]['code']}"], now)
        return found[0] | materials(self._catalogue.get(case.service, case.version), found)[0]

    def find(self, case_no: str | None, phone: str | None, number: str | None, before: str | None) -> dict[str, Any]:
        """Find cases for a clerk by number, phone or ID: masked."""
        if case_no:
            return listed([self._cases.head(case_no)])
        found = (
            self._cases.by_phone(phone, before, PAGE) if phone else self._cases.by_applicant(number or "", before, PAGE)
        )
        return listed(found)

    def _for_staff(self, case_no: str, who: Session, act: Act) -> tuple[CaseFile, Collection[Standing]]:
        file = self._cases.whole(case_no)
        return file, self._cases.allow(file.case, Asker.of(who), act, file.of(TASK))

    def _open(self, file: CaseFile, standing: Collection[Standing]) -> list[str]:
        """Name what may be done with a case now by who is this on it."""
        return [act for each in self._can for act in each(file) if rights.may(standing, Act(act))]

    def _whole(self, file: CaseFile, service: Service, private: dict[str, Any], entry: Entry) -> dict[str, Any]:
        page = summary(file.case) | {"timeline": self._timeline(file, entry)}
        page["materials"] = materials(service, private["materials"])
        page["fee"] = fee.shown(file, service, private)
        for part in self._parts:
            page |= part(file, service)
        return page

    def _timeline(self, file: CaseFile, entry: Entry) -> list[dict[str, Any]]:
        """Write the story, oldest first."""
        entries = {number: entry(event) for number, event in zip(file.numbers, file.events, strict=True)}
        for beside in self._beside:
            for number, more in beside(file).items():
                entries[number] |= more
        return list(entries.values())


def _entry(event: Event) -> dict[str, Any]:
    """Write what happened as anybody on the case sees it: an opinion, say, is the offices' own."""
    entry: dict[str, Any] = {"at": clock.iso(event.at), "event": str(event.name), "text": event.text}
    data = EVENTS[event.name].told(event.data)
    return entry | ({"by": event.by} if event.by else {}) | ({"data": data} if data else {})


def _staff_entry(event: Event) -> dict[str, Any]:
    """Write what happened as the offices see it, with its codes by the 办件 standard."""
    codes = EVENTS[event.name].standard.of(event.data)
    return _entry(event) | ({"data": event.data} if event.data else {}) | ({"codes": codes} if codes else {})


def _masked(service: Service, private: dict[str, Any]) -> dict[str, Any]:
    return {"form": masking.form(service, private["form"]), "delivery": masking.delivery(private["delivery"])}


def materials(service: Service, handed_in: list[dict[str, str]]) -> list[dict[str, str]]:
    """Name what was handed in: by the service, or as who asked for it in words named it."""
    names = {material.code: material.name for material in service.materials}
    return [
        {
            "code": each["code"],
            "material_id": each["material_id"],
            "name": each.get("name") or names.get(each["code"], each["code"]),
        }
        for each in handed_in
    ]
