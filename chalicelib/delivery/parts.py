"""Delivering, put together: the workflow's step, the round of the clock, the kinds of tasks, and what a case's page shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.delivery.model import HANDOVER, KEY, MAKING, PICKUP, RETURNED, TRACING
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.roles import Role

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.cases.service import Cases
    from chalicelib.catalogue.model import Service
    from chalicelib.delivery.choices import Choices
    from chalicelib.delivery.postage import Postage
    from chalicelib.delivery.service import Delivery
    from chalicelib.tasks.model import Follow


@cache
def delivery() -> Delivery:
    """Make the use cases of delivering, with the couriers the city has a contract with."""
    from chalicelib.cases.parts import cases

    return delivery_over(cases())


def delivery_over(cases: Cases) -> Delivery:
    """Make the same over these cases."""
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.certificates.parts import certificates
    from chalicelib.delivery.party import Couriers
    from chalicelib.delivery.service import Delivery
    from parties.registry import in_use, playing

    couriers = Couriers(lambda: in_use("courier"), lambda name: playing("courier", name))
    return Delivery(cases, catalogue(), couriers, certificates())


@cache
def choices() -> Choices:
    """Make what lets an applicant change where his result goes."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.delivery.choices import Choices

    return Choices(cases(), catalogue(), delivery().parcels)


@cache
def postage() -> Postage:
    """Make the monthly sheets of what carriage costs."""
    from chalicelib.cases.parts import cases
    from chalicelib.delivery.postage import Postage

    return Postage(cases())


def _looked_at(cases: Cases) -> Follow:
    """Look at handing over: nothing is written there, so no code is tried there."""
    collected = delivery_over(cases).collected
    return lambda file, task, decision, now: collected(file, task, replace(decision, code=""), now)


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    """Show where a thing that is made and carried is."""
    from chalicelib.kernel import clock

    row = file.row(KEY)
    if row is None or row.data["method"] == "electronic":
        return {"shipment": None}
    waybill = row.data.get("waybill")
    tracks = [
        {"at": clock.iso(event.at), "text": event.text, "action": event.data.get("action", "")}
        for event in file.events
        if waybill and event.data.get("waybill") == waybill
    ]
    shown = {"state": row.status, "waybill": waybill, "carrier": row.data.get("carrier", ""), "tracks": tracks}
    names = {"until": "choose_by", "wish": "wish"} if row.status == "returned" else {}
    return {"shipment": shown | {name: row.data[key] for key, name in names.items() if row.data.get(key)}}


def _own_page(file: CaseFile, service: Service) -> dict[str, Any]:
    """Show who may fetch a result the code he says at the window."""
    from chalicelib.cases.parts import cases

    row = file.row(KEY)
    waits = row is not None and row.status == "ready"
    return {"pickup_code": cases().pickup_code(file.case.case_no) if waits else None}


def _can(file: CaseFile) -> list[str]:
    from chalicelib.delivery.model import fixed

    return [] if fixed(file.case, file.row(KEY)) else ["deliver"]


def _bars(file: CaseFile) -> str | None:
    """A result that was made or given out is not taken back."""
    from chalicelib.delivery.model import made

    return "结果已经制作或者发出，不能撤回" if made(file.row(KEY)) else None


def _voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    from chalicelib.delivery.voiding import ended

    return ended(file)


_SENT_BACK: dict[Outcome, Choice] = {
    "resend": Choice("再次寄送", sent=True),
    "collect": Choice("改为窗口领取"),
    "reissue": Choice("重新制发", "请写明为什么要重新制发，申请人会看到它"),
}

CAPABILITY = Capability(
    steps={"deliver": lambda event, now: delivery().start(event["case_no"], event["token"], now)},
    rounds={"dispatched": lambda now: delivery().dispatch(now)},
    tasks=(
        Kind(MAKING, "制证", Role.CLERK, {"approve": Choice("已制好")}, lambda *it: delivery().made(*it)),
        Kind(
            HANDOVER,
            "交寄",
            Role.CLERK,
            {"approve": Choice("已交寄", posted=True)},
            lambda *it: delivery().handed_to_courier(*it),
        ),
        Kind(RETURNED, "退回件", Role.CLERK, _SENT_BACK, lambda *it: delivery().settled(*it)),
        Kind(
            TRACING,
            "查件",
            Role.CLERK,
            {"approve": Choice("仍在寄送", "请写明查询的结果，申请人会看到它"), **_SENT_BACK},
            lambda *it: delivery().settled(*it),
        ),
        Kind(
            PICKUP,
            "领取",
            Role.CLERK,
            {"approve": Choice("已交付", paper=True, signed=True)},
            lambda *it: delivery().collected(*it),
            over=_looked_at,
        ),
    ),
    page=_page,
    bars=_bars,
    own_page=_own_page,
    can=_can,
    voids=_voids,
)
