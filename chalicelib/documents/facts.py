"""The facts a document may name, from the case as the event left it: what moved later is not its matter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.cases.appeals import appeal
from chalicelib.cases.clock import AWAITED, Clock, written
from chalicelib.cases.model import Case, Event
from chalicelib.cases.page import materials
from chalicelib.cases.rights import Act, able
from chalicelib.catalogue.elements import Department
from chalicelib.catalogue.model import Service
from chalicelib.certificates.model import grouped
from chalicelib.certificates.renewals import renewal_of
from chalicelib.documents import bill
from chalicelib.documents.model import Fact, Template
from chalicelib.kernel import clock
from chalicelib.kernel.formats import keyed_four
from chalicelib.vocabulary import events
from chalicelib.vocabulary.codes import DELIVERY_METHODS, LICENCE, TAKERS, power
from chalicelib.vocabulary.events import EventName

SAID = ("procedure", "reason", "opinion", "organ", "undone", "waybill")
"""Facts of an event that stand in a document as they are."""
UNHEARD = "到期前没有作出是否准予延续的决定，依据《中华人民共和国行政许可法》第五十条第二款，视为准予延续"

SILENCE = "《中华人民共和国行政许可法》第三十二条第一款第（四）项"
ACCEPTED = "自收到申请材料之日起即为受理"
GRANTED = events.NAMES[EventName.GRANTED]


def issuer(service: Service, event: Event) -> Department:
    """Return in whose name a document is: the organ that acted, where a window or none did the one in charge."""
    acted = _acted(service, event)
    return service.organ(acted.code if acted else service.department)


def _acted(service: Service, event: Event) -> Department | None:
    return next((each for each in service.departments.values() if each.name == event.by), None)


def window(service: Service, by: Department) -> Department:
    """Return where something can be handed in: the window that accepts, else the organ that acted."""
    first = service.stages[0]
    return service.departments[first.departments[0]] if first.kind == "acceptance" else by


def facts(case: Case, event: Event, service: Service, template: Template) -> dict[str, Fact]:
    """Return every fact a template may name; "" or () where there is nothing to say. `case` is opened."""
    acted = _acted(service, event)
    by, licence, basis = issuer(service, event), service.task_type == LICENCE, "、".join(service.legal_basis)
    accepts = any(stage.kind == "acceptance" for stage in service.stages)
    found: dict[str, Fact] = {
        **_of_case(case, service),
        **_of_act(case, event),
        "power": power(service.task_type),
        "law": template.law if licence and _of_what_was_granted(event) else "",
        "basis": basis,
        "deemed": (f"依据{SILENCE}，" if licence else "") + ACCEPTED if event.data.get("deemed") else "",
        "accepting": "受理" if accepts else "",
        "accepted": "" if accepts else "受理",
        "conditions": () if event.data.get("unmet") else service.conditions,  # all of them only where none is named
        "result": service.result.name,
        "handed": "" if _gave_nothing(service, event) else service.result.name,
        **bill.of_fee(case, event, service),
        **_of_appeal(event.data.get("appeal") or appeal(by, _day(event.at)).told()["appeal"]),
        "phone": by.phone,
        "counter": acted.name if acted and acted.window else "",
        "window": window(service, by).address,
    }
    return {name: _tidy(fact) if isinstance(fact, str) else tuple(map(_tidy, fact)) for name, fact in found.items()}


def _of_what_was_granted(event: Event) -> bool:
    """Tell whether a decision that is undone granted something: 第69条 is about no other."""
    return str(event.data.get("undone", GRANTED)) == GRANTED


def _gave_nothing(service: Service, event: Event) -> bool:
    """Tell whether no certificate came of a case though it was to: what it renewed had been revoked meanwhile."""
    return service.result.certified and "result" in event.data and "certificate_no" not in event.data


def _of_case(case: Case, service: Service) -> dict[str, Fact]:
    private = case.private or {}
    return {
        "case_no": case.case_no,
        "service_name": case.service_name,
        "applicant": str(private["applicant"]["name"]) or "申请人",
        "you": "你" if private["applicant"]["type"] == "person" else "你单位",
        "ways": "小程序、网页、短信或者拨打12345" if keyed_four(private["applicant"]["id"]) else "小程序、网页或者短信",
        "received_on": clock.long_day(_day(case.received_at)),
        "promise": f"{case.clock.promised}个工作日内" if case.clock.promised else "当场",
        "statutory_days": str(case.clock.statutory or ""),
        "materials": tuple(each["name"] for each in materials(service, private["materials"])),
        "lacking": tuple(str(each["name"]) for each in case.facts.get("lacking", ())),
        "renewal": _renewal(case),
        "readers": able(case, Act.READ),
    }


def _of_act(case: Case, event: Event) -> dict[str, Fact]:
    data, day = event.data, _day(event.at)
    due = Clock(case.clock.promised, case.clock.statutory, case.clock.since, accepted=True).due
    return {
        **{name: str(data.get(name) or "") for name in SAID},
        "official_no": str(data.get("official_no") or case.facts.get("official_no") or ""),
        "happened_on": clock.long_day(day),
        "accepted_on": clock.long_day(case.clock.since),
        "due": f"{due.day.year}年{written(due)}",
        "decided": "" if data.get("deemed") or case.facts.get("lacking") else "决定予以受理",
        "tolerated": "决定予以受理" if not data.get("deemed") and case.facts.get("lacking") else "",
        "granting": "" if data.get("deemed") else "决定准予",
        "unheard": UNHEARD if data.get("deemed") else "",
        "verdict": str(data.get("verdict") or "不予受理"),
        "hearing": f"{_until(data['held_on'])}，{data['place']}" if "held_on" in data else "",
        "fields": tuple(map(str, data.get("fields", ()))),
        "ends": tuple(map(str, data.get("ends", ()))),
        "certificate_no": grouped(data["certificate_no"]) if "certificate_no" in data else "",
        "unmet": tuple(map(str, data.get("unmet", ()))),
        "missing": tuple(str(each["text"]) for each in data.get("missing", ())),
        "unanswered": "按已有材料继续办理" if case.clock.accepted else "按退件处理，需要时可以重新申请",
        "until": _until(data.get("due")) + (AWAITED if data.get("provisional") else ""),
        "delivery": DELIVERY_METHODS.get(str(data.get("method") or case.facts.get("delivery")), ""),
        "how": event.text,
        "taker": _taker(case, event),
        "signature": "",
        "signed_on": "",
        **bill.of_payment(event),
    }


def _of_appeal(way: dict[str, Any]) -> dict[str, Fact]:
    """The way to appeal as the event told it; events older than that tell none."""
    awaited = AWAITED if way["provisional"] else ""
    return {
        "reviewed_by": way["reviewed_by"],
        "court": way["court"],
        "reconsider_by": _until(way["reconsider_by"]),
        "sue_by": _until(way["sue_by"]) + awaited,
    }


def _taker(case: Case, event: Event) -> str:
    """Name who signed for a result: the names of an agent and of who came in his stead are in the sealed part."""
    taker, private = event.data.get("taker"), case.private or {}
    names = {"agent": (private.get("agent") or {}).get("name"), "other": private.get("taker")}
    told = [str(name)] if (name := names.get(str(taker))) else []
    told += [f"证件尾号{private['taker_id']}"] if taker == "other" and told and private.get("taker_id") else []
    return (TAKERS[taker] + (f"（{'，'.join(told)}）" if told else "")) if taker else ""


def _renewal(case: Case) -> str:
    asked = renewal_of(case)
    return f"编号{grouped(asked['number'])}，提出延续时有效期至{_until(asked['runs_to'])}" if asked else ""


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()


def _until(text: Any) -> str:
    """2026-07-22 or 2026-07-22T… → 2026年7月22日."""
    return clock.long_day(date.fromisoformat(str(text)[:10])) if text else ""


def _tidy(text: str) -> str:
    """Leave out what cannot be set, and full stops at the end: the template has its own."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split()).rstrip("。.")
