"""A courier in memory, and tracks as it tells them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.delivery.model import Parcel, Track, TrackKind
from chalicelib.delivery.party import Couriers
from chalicelib.kernel.errors import PartyFault
from tests.unit.samples import NOW

WAYBILL = "C1000000001"
ACTIONS: dict[str, tuple[str, TrackKind]] = {
    "taken": ("已揽收", "moving"),
    "passed": ("转运中", "moving"),
    "missed": ("未妥投", "failed"),
    "back": ("已退回", "returned"),
    "lost": ("已遗失", "lost"),
    "word": ("客服备注", "noted"),
    "out": ("正在投递", "moving"),
    "handed": ("已妥投", "delivered"),
}


class Post:
    """A courier in memory: the same order number is the same parcel."""

    def __init__(self, name: str = "城市快递") -> None:
        self.name = name
        self.parcels: dict[str, Parcel] = {}
        self.fault: Exception | None = None
        self.lose_answer = False
        self.says: list[Track] = []

    def order(self, parcel: Parcel) -> str:
        if self.fault:
            raise self.fault
        self.parcels.setdefault(parcel.order_no, parcel)
        if self.lose_answer:
            raise PartyFault("no answer")
        return waybill_of(parcel.order_no)

    def routes(self, waybill: str) -> list[Track]:
        if self.fault:
            raise self.fault
        return self.says

    def cost(self, parcel: Parcel) -> int | None:
        return 1200

    def carries(self, waybill: str) -> bool:
        return waybill.startswith("C")


def waybill_of(order_no: str) -> str:
    """The first parcel of a case has `WAYBILL`, each further one its own."""
    return f"C100000000{order_no.partition('S')[2]}"


class Contracts:
    """The couriers the city has contracts with; `used` takes new parcels."""

    def __init__(self) -> None:
        self.posts = {"city": Post(), "other": Post("另一家")}
        self.used = "city"
        self.couriers = Couriers(lambda: self.used, lambda name: self.posts[name])


def track(action: str, hours: int = 1, **changes: Any) -> Track:
    """One track, some hours from now."""
    label, kind = ACTIONS[action]
    at = NOW + timedelta(hours=hours)
    values = {"courier": "city", "waybill": WAYBILL, "action": action, "kind": kind, "label": label, "at": at}
    return Track(**{**values, "place": "青羊", "text": "", **changes})


TRACKS = [track(action, hours) for hours, action in enumerate(("taken", "passed", "missed", "out", "handed"), 1)]
