"""A case as people may see it: its owner in full, a clerk masked, and in clear only for a stated purpose that is kept on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.model import RATEABLE, STATUS_NAMES, UNDECIDED, Case, CaseFile, Event, Row, Status
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.kernel import clock, mask
from chalicelib.kernel.errors import Forbidden, NotFound

PAGE = 20


class Catalogue(Protocol):
    """What the view asks of the catalogue."""

    def get(self, code: str) -> Service: ...


class Audit(Protocol):
    """Where every reading of personal data in clear is written (《个人信息保护法》第55条, GB/T 22239-2019)."""

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None: ...


def summary(case: Case) -> dict[str, Any]:
    """One line of a list; nothing personal in clear."""
    return {
        "case_no": case.case_no,
        "status": str(case.status),
        "status_name": STATUS_NAMES[case.status],
        "service": case.service,
        "service_name": case.service_name,
        "received_at": clock.iso(case.received_at),
        "promised_by": case.promised_by.isoformat(),
        "channel": case.channel,
        "applicant": case.applicant_masked,
    }


def listed(found: Sequence[Case]) -> dict[str, Any]:
    """A page of summaries, with `next` where there may be more."""
    page: dict[str, Any] = {"cases": [summary(case) for case in found]}
    if len(found) == PAGE:
        page["next"] = clock.iso(found[-1].received_at)
    return page


class View:
    """Put a case together for who asks."""

    def __init__(self, cases: Cases, catalogue: Catalogue, audit: Audit) -> None:
        self._cases, self._catalogue, self._audit = cases, catalogue, audit

    def mine(self, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
        """Show a case to the one who filed it. Raises NotFound for anybody else's."""
        file = self._cases.whole(case_no)
        if not self._cases.may_read(file.case, who.subject, who.phone):
            raise NotFound("没有找到这个办件，请核对办件号")
        case = self._cases.open(file.case)
        private = case.private or {}
        return self._whole(file, private) | {
            "form": private["form"],
            "delivery": private["delivery"],
            "can": _can(file),
        }

    def staff(self, case_no: str, who: Session) -> dict[str, Any]:
        """Show a case to a clerk who works on it, masked. Raises Forbidden."""
        file = self._for_staff(case_no, who)
        private = self._cases.open(file.case).private or {}
        service = self._catalogue.get(file.case.service)
        return self._whole(file, private) | {
            "form": _masked_form(service, private["form"]),
            "contact": {
                "name": mask.name(private["contact"].get("name", "")),
                "phone": mask.phone(private["contact"]["phone"]),
            },
            "delivery": _masked_delivery(private["delivery"]),
            "branches": [_branch(row) for row in file.of("task")],
        }

    def reveal(self, case_no: str, who: Session, purpose: str, now: datetime) -> dict[str, Any]:
        """Show personal data in clear to who works on the case, once the reading is on record. Raises Forbidden."""
        file = self._for_staff(case_no, who, in_clear=True)
        self._audit.note(case_no, who.subject, purpose, ["form", "contact", "applicant", "delivery", "agent"], now)
        private = self._cases.open(file.case).private or {}
        return {name: private.get(name) for name in ("form", "contact", "applicant", "delivery", "agent")}

    def handed_in_by(self, case_no: str, material_id: str, who: Session) -> str:
        """Tell a clerk who works on the case who handed in one of its files. Raises NotFound, Forbidden."""
        private = self._cases.open(self._for_staff(case_no, who, in_clear=True).case).private or {}
        by = next((each["by"] for each in private["materials"] if each["material_id"] == material_id), None)
        if by is None:
            raise NotFound("没有找到这份材料")
        return str(by)

    def find(
        self, who: Session, case_no: str | None, phone: str | None, number: str | None, before: str | None
    ) -> dict[str, Any]:
        """Find cases for a clerk by number, phone or ID: masked."""
        if case_no:
            return listed([self._cases.head(case_no)])
        found = (
            self._cases.by_phone(phone, before, PAGE) if phone else self._cases.by_applicant(number or "", before, PAGE)
        )
        return listed(found)

    def _for_staff(self, case_no: str, who: Session, in_clear: bool = False) -> CaseFile:
        """Read a case for who works on it; windows and supervisors see any case, but masked."""
        file = self._cases.whole(case_no)
        mine = (who.department, who.region)
        working = any((row.data.get("department"), row.data.get("region")) == mine for row in file.of("task"))
        if not working and (in_clear or not {"supervisor", "clerk"} & set(who.roles)):
            raise Forbidden("这个办件不在您的部门办理")
        return file

    def _whole(self, file: CaseFile, private: dict[str, Any]) -> dict[str, Any]:
        case = file.case
        service = self._catalogue.get(case.service)
        names = {material.code: material.name for material in service.materials}
        payment = next((row for row in file.of("payment")), None)
        shipment = next((row for row in file.of("shipment")), None)
        levels = [row.data["level"] for row in file.of("rating")]
        return summary(case) | {
            "timeline": timeline(file),
            "materials": [_material(each, names) for each in private["materials"]],
            "missing_materials": case.facts.get("missing", []),
            "missing": [{"text": text} for text in case.facts.get("correction", [])],
            "official_no": case.facts.get("official_no"),
            "payment": _payment(payment) if payment else None,
            "shipment": _shipment(shipment, file.events) if shipment and shipment.data.get("waybill") else None,
            "rating": {"levels": levels} if levels else None,
        }


def timeline(file: CaseFile) -> list[dict[str, Any]]:
    """Write the story, oldest first; the fate of a notice stands beside the event it told."""
    numbers = {row.key: row for row in file.rows}
    entries = []
    for number, event in _numbered(file):
        entry: dict[str, Any] = {"at": clock.iso(event.at), "event": event.name, "text": event.text}
        entry |= {"by": event.by} if event.by else {}
        entry |= {"data": event.data} if event.data else {}
        notice = numbers.get(f"notice#{number:06d}")
        if notice:
            entry["notice"] = {"channel": notice.data.get("channel") or "none", "status": notice.status}
            entry["notice"] |= {"reason": notice.data["reason"]} if notice.data.get("reason") else {}
        entries.append(entry)
    return entries


def _numbered(file: CaseFile) -> list[tuple[int, Event]]:
    return list(zip(file.numbers, file.events, strict=True))


def _can(file: CaseFile) -> list[str]:
    case = file.case
    can = ["supplement"] if case.status is Status.CORRECTION else []
    can += ["withdraw"] if case.status in UNDECIDED else []
    can += ["pay"] if case.status is Status.AWAITING_PAYMENT else []
    return can + (["rate"] if case.status in RATEABLE and len(file.of("rating")) < 2 else [])


def _material(handed_in: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    code = handed_in["code"]
    return {"code": code, "material_id": handed_in["material_id"], "name": names.get(code, code)}


def _payment(row: Row) -> dict[str, Any]:
    shown = {
        "amount_fen": row.data["amount_fen"],
        "state": row.status.lower(),
        "out_trade_no": row.data.get("out_trade_no"),
    }
    return shown | ({"paid_at": row.data["paid_at"]} if row.data.get("paid_at") else {})


def _shipment(row: Row, events: Sequence[Event]) -> dict[str, Any]:
    tracks = [
        {"at": clock.iso(event.at), "text": event.text, "action": event.data.get("action", "")}
        for event in events
        if event.data.get("waybill") == row.data["waybill"]
    ]
    return {"waybill": row.data["waybill"], "carrier": row.data.get("carrier", "EMS"), "tracks": tracks}


def _branch(row: Row) -> dict[str, Any]:
    data = row.data
    return {
        "task_id": f"{row.case_no}.{'.'.join(row.key.split('#')[1:])}",
        "stage": data.get("stage", ""),
        "stage_name": data.get("stage_name", ""),
        "department": data.get("department", ""),
        "department_name": data.get("department_name", ""),
        "status": "done" if row.outcome else row.status,
        "due": row.due[:10] if row.due else None,
        "outcome": data.get("decision"),
        "opinion": data.get("opinion"),
        "decided_at": data.get("decided_at"),
    }


def _masked_form(service: Service, form: dict[str, Any]) -> dict[str, Any]:
    """Mask names, numbers, phones and addresses of a form by what its schema says they are."""
    shown = {}
    for name, value in form.items():
        schema = service.form["properties"].get(name, {})
        shown[name] = _masked(name == service.applicant.name, schema, value) if isinstance(value, str) else value
    return shown


def _masked(is_name: bool, schema: dict[str, Any], value: str) -> str:
    kind = schema.get("x-personal") or schema.get("format")
    if is_name or kind == "name":
        return mask.name(value)
    if kind == "mobile":
        return mask.phone(value)
    if kind in ("id-number", "account"):
        return mask.id_number(value)
    return value[:6] + "****" if kind == "address" and len(value) > 6 else value


def _masked_delivery(delivery: dict[str, Any] | None) -> dict[str, Any] | None:
    if not delivery:
        return None
    shown = {"method": delivery["method"]}
    rules: dict[str, Callable[[str], str]] = {
        "name": mask.name,
        "phone": mask.phone,
        "address": lambda text: text[:6] + "****",
    }
    return shown | {key: rule(delivery[key]) for key, rule in rules.items() if delivery.get(key)}
