"""Delivering, put together: the workflow's steps, the round that offers parcels again, two kinds of tasks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.delivery.model import HANDOVER, PICKUP
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.roles import Role

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.cases.service import Cases
    from chalicelib.catalogue.model import Service
    from chalicelib.delivery.service import Delivery


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


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    """Show the shipment once it has a waybill."""
    from chalicelib.delivery.model import KIND
    from chalicelib.kernel import clock

    row = next(iter(file.of(KIND)), None)
    if row is None or not row.data.get("waybill"):
        return {"shipment": None}
    tracks = [
        {"at": clock.iso(event.at), "text": event.text, "action": event.data.get("action", "")}
        for event in file.events
        if event.data.get("waybill") == row.data["waybill"]
    ]
    return {"shipment": {"waybill": row.data["waybill"], "carrier": row.data.get("carrier", ""), "tracks": tracks}}


def _bars(file: CaseFile) -> str | None:
    """A result that is more than waited for, or has a waybill, is not taken back."""
    from chalicelib.delivery.model import KEY, State

    row = file.row(KEY)
    return None if row is None or row.status == State.QUEUED else "结果已经制作或者发出，不能撤回"


def _voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    from chalicelib.delivery.voiding import ended

    return ended(file)


CAPABILITY = Capability(
    steps={"deliver": lambda event, now: delivery().start(event["case_no"], event["token"], now)},
    rounds={"dispatched": lambda now: delivery().dispatch(now)},
    tasks=(
        Kind(
            PICKUP,
            "领取",
            Role.CLERK,
            {"approve": Choice("已交付", paper=True, signed=True)},
            lambda *it: delivery().collected(*it),
            over=lambda cases: delivery_over(cases).collected,
        ),
        Kind(
            HANDOVER, "交寄", Role.CLERK, {"approve": Choice("已交寄")}, lambda *it: delivery().handed_to_courier(*it)
        ),
    ),
    page=_page,
    bars=_bars,
    voids=_voids,
)
