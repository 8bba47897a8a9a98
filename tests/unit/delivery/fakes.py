"""A courier in memory, and tracks as EMS tells them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.delivery.model import Parcel, Track
from chalicelib.kernel.errors import PartyFault
from parties.ems.tracks import ACTIONS
from tests.unit.samples import NOW

WAYBILL = "LK434266003CN"


class Post:
    """A courier in memory: the same order number is the same parcel."""

    name = "EMS"

    def __init__(self) -> None:
        self.parcels: dict[str, Parcel] = {}
        self.fault: Exception | None = None
        self.lose_answer = False

    def order(self, parcel: Parcel) -> str:
        if self.fault:
            raise self.fault
        self.parcels.setdefault(parcel.order_no, parcel)
        if self.lose_answer:
            raise PartyFault("no answer")
        return WAYBILL


def track(action: str, hours: int = 1, **changes: Any) -> Track:
    """One track, some hours from now."""
    label, kind = ACTIONS[action]
    at = NOW + timedelta(hours=hours)
    values = {"waybill": WAYBILL, "action": action, "kind": kind, "label": label, "at": at}
    return Track(**{**values, "place": "青羊", "text": "", **changes})


TRACKS = [track("60", 1), track("30", 2), track("20", 3), track("51", 4), track("10", 5)]
