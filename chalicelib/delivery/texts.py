"""Rows and sentences of delivering."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import Case, Row
from chalicelib.catalogue.model import Service
from chalicelib.certificates.model import Given, grouped
from chalicelib.delivery.model import HANDOVER, PICKUP, State, Track
from chalicelib.kernel import clock
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.codes import TAKERS, Taker
from chalicelib.vocabulary.periods import HANDOVER_WORKDAYS


def done(row: Row) -> Row:
    """Return the shipment as delivered."""
    return row.with_(status=str(State.DELIVERED), outcome="delivered", desk=None, due=None)


def office(service: Service) -> str:
    """Name the department in charge."""
    return service.department_name(service.department)


def given(service: Service, what: Given | None) -> str:
    """Say that an electronic result is there, and where; or that what was to be renewed was revoked meanwhile."""
    if what is None and service.result.certified:
        return f"要延续的{service.result.name}已经注销，没有证照发出"
    if what is None:
        return f"{service.result.name}已办好，可在“我的办件”中查看"
    certificate, last = what.certificate, what.certificate.valid_to
    if what.renewed:
        until = f"有效期至{clock.long_day(last)}" if last else "长期有效"
        return f"{service.result.name}已延续，{until}，编号{grouped(certificate.number)}不变，可在“我的办件”中出示"
    return f"{service.result.name}已发出，编号{grouped(certificate.number)}，可在“我的办件”中出示"


def taken(taker: Taker | None) -> str:
    """Say that a result was handed over at the window, and where it is known, to whom."""
    return f"{TAKERS[taker]}已在窗口签收领取" if taker else "已在窗口领取"


def tracked(track: Track) -> str:
    """Write a track as the timeline says it."""
    text = f"快件{track.label}"
    if track.place:
        text += f"（{track.place}）"
    return text + (f"：{track.reason}" if track.reason else "")


def pickup(case: Case, service: Service, days: int, now: datetime) -> Row:
    """The task of the department that received the case: hand the result to the applicant (领取), within so many working days."""
    return tasks.new(case, service, PICKUP, "领取", _key(case, service, PICKUP), days, now)


def handover(case: Case, service: Service, carrier: str, waybill: str, now: datetime) -> Row:
    """The task of the same department: hand the parcel to the courier (交寄)."""
    key = _key(case, service, HANDOVER)
    return tasks.new(case, service, HANDOVER, f"交寄（{carrier}）", key, HANDOVER_WORKDAYS, now, waybill=waybill)


def _key(case: Case, service: Service, kind: str) -> TaskKey:
    return TaskKey(case.case_no, kind, service.stages[0].departments[0])
