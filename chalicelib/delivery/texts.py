"""Rows and sentences of delivering."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.cases.model import TASK, Case, Event, Row
from chalicelib.catalogue.model import Service
from chalicelib.certificates.model import Given, grouped
from chalicelib.delivery import days
from chalicelib.delivery.model import HANDOVER, MAKING, PICKUP, RETURNED, TRACING, State, Track
from chalicelib.kernel import clock
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.codes import TAKERS, Taker
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import HANDOVER_WORKDAYS, MAKING_WORKDAYS, RETURN_WORKDAYS, TRACING_WORKDAYS

HALL = "政务服务大厅"


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


def ready(service: Service, now: datetime, why: str) -> Event:
    """Tell where and when a result that is made can be fetched."""
    place = service.pickup
    where = {"address": place.address, "hours": place.hours} if place else {"address": HALL, "hours": "工作日上班时间"}
    text = f"{why}{service.result.name}已制好，请带有效证件到{where['address']}领取（{where['hours']}）"
    return Event(EventName.READY_FOR_PICKUP, text, now, office(service), where)


def taken(taker: Taker | None, seen: str = "") -> str:
    """Say that a result was handed over at the window, and where it is known, to whom, and what was looked at (`seen`)."""
    return (f"{TAKERS[taker]}已在窗口签收领取" if taker else "已在窗口领取") + (f"（{seen}）" if seen else "")


def tracked(track: Track, before: str = "快件") -> str:
    """Write a track as the timeline says it."""
    text = f"{before}{track.label}"
    if track.place:
        text += f"（{track.place}）"
    return text + (f"：{track.reason}" if track.reason else "")


# — tasks —


def making(case: Case, service: Service, row: Row, rows: Sequence[Row], now: datetime, name: str = "制证") -> Row:
    """The task of the department in charge: make the result (制证), or make it anew."""
    key = tasks.next_key(rows, case.case_no, MAKING, service.department)
    return tasks.new(case, service, MAKING, name, key, days.left(row, now, MAKING_WORKDAYS), now)


def pickup(case: Case, service: Service, row: Row, rows: Sequence[Row], now: datetime) -> Row:
    """The task of the window: hand the result to the applicant (领取), within what is left of the ten working days."""
    return _at_window(case, service, PICKUP, "领取", rows, days.left(row, now), now)


def handover(case: Case, service: Service, carrier: str, row: Row, rows: Sequence[Row], now: datetime) -> Row:
    """The task of the window: hand the parcel to the courier (交寄)."""
    given = days.left(row, now, HANDOVER_WORKDAYS)
    return _at_window(case, service, HANDOVER, f"交寄（{carrier}）", rows, given, now)


def returned(case: Case, service: Service, rows: Sequence[Row], now: datetime, reason: str) -> Row:
    """The task of the window: say what becomes of a parcel that came back (退回件)."""
    return _at_window(case, service, RETURNED, "退回件", rows, RETURN_WORKDAYS, now, reason=reason)


def tracing(case: Case, service: Service, rows: Sequence[Row], now: datetime, reason: str) -> Row:
    """The task of the window: find out where a parcel is (查件)."""
    return _at_window(case, service, TRACING, "查件", rows, TRACING_WORKDAYS, now, reason=reason)


def _at_window(
    case: Case, service: Service, kind: str, name: str, rows: Sequence[Row], given: int, now: datetime, **facts: str
) -> Row:
    """A task of the department that received the case."""
    key = tasks.next_key(rows, case.case_no, kind, service.stages[0].departments[0])
    return tasks.new(case, service, kind, name, key, given, now, **facts)


def still_open(rows: Sequence[Row], *kinds: str) -> list[Row]:
    """Return the tasks of these kinds that nobody has done."""
    return [row for row in rows if row.kind == TASK and row.data.get("kind") in kinds and row.outcome is None]
