"""Rows and sentences of delivering."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import Case, Row
from chalicelib.catalogue.model import Service
from chalicelib.delivery.model import ACTIONS, FAILED_ACTION, PICKUP_DAYS, RATING_WINDOW, State, Track
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import add_workdays


def done(row: Row, now: datetime) -> Row:
    """Return the shipment as delivered, with the end of the rating window for the workflow."""
    output = {"closes_at": clock.iso(now + RATING_WINDOW)}
    return row.with_(status=str(State.DELIVERED), outcome="delivered", desk=None, due=None, data={"output": output})


def office(service: Service) -> str:
    """Name the department in charge."""
    return service.department_name(service.department)


def told(track: Track) -> str:
    """Write a track as the timeline says it."""
    text = f"快件{ACTIONS.get(track.action, '有新的动态')}"
    if track.place:
        text += f"（{track.place}）"
    return text + (f"：{track.reason}" if track.action == FAILED_ACTION and track.reason else "")


def task(case: Case, service: Service, now: datetime) -> Row:
    """The pick-up task of the department that received the case, in the shape of every task (approvals)."""
    department = service.stages[0].departments[0]
    due = add_workdays(now.date(), PICKUP_DAYS).day
    data = {
        "kind": "pickup",
        "service": case.service,
        "service_name": case.service_name,
        "stage": "pickup",
        "stage_name": "领取",
        "department": department,
        "department_name": service.department_name(department),
        "region": case.region,
        "applicant": case.applicant_masked,
        "opened_at": clock.iso(now),
    }
    key, place = f"task#pickup#{department}#1", f"{department}@{case.region}"
    return Row(
        case.case_no,
        key,
        "task",
        "open",
        desk=place,
        due=f"{due.isoformat()}#{clock.iso(now)}#{case.case_no}",
        data=data,
    )
