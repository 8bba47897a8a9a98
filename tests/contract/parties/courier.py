"""Couriers under one contract: `<name>/far.py` says what each one's wire looks like, `test_orders` and `test_tracks` hold all to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from chalicelib.delivery.model import MAKING, Address, Parcel, Track, TrackKind
from chalicelib.delivery.party import Courier, Couriers
from chalicelib.delivery.service import Delivery
from chalicelib.tasks.model import Decision, TaskKey
from handlers.callbacks import take
from parties.registry import PARTIES
from parties.wire import Inbound, Outbound
from tests.contract.farend import Play
from tests.unit.certificates.fakes import certificates
from tests.unit.decided import HOME, Decided
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk

PARCEL = Parcel("510123456789S1", Address("张三丰", "13800001234", "四川省成都市青羊区人民中路1号"), "营业执照")
SENDER = {"name": "政务大厅", "phone": "02812345000", "address": "四川省成都市高新区锦城大道366号"}
SECRET = "callback-key"


@dataclass(frozen=True)
class Carriage:
    """One courier: its settings, a far end that takes a parcel and one that does not, and what it pushes."""

    name: str
    settings: Mapping[str, Any]
    takes: Play
    refuses: Play
    waybill: str
    """The waybill `takes` gives."""
    stranger: str
    """Another that might be its own."""
    track: Callable[[TrackKind, datetime, str], dict[str, Any]]
    """Write one track as it tells it: what happened, when, to which waybill."""
    push: Callable[[Any], Any]
    """Write a push of tracks, right or wrong."""
    taken: Callable[[Any], bool]
    """Tell whether our answer says that everything was taken."""
    spoilt: Mapping[str, Mapping[str, Any]]
    """What must not stand in a track, by why."""

    def client(self, url: str) -> Courier:
        """Make the product's own client of it."""
        return PARTIES[self.name].roles["courier"]({**self.settings, "base_url": url})  # type: ignore[no-any-return]

    def told(self, kind: TrackKind = "moving", hours: int = 24, waybill: str = "", **changes: Any) -> dict[str, Any]:
        """One track, some hours after the parcel was ordered."""
        return {**self.track(kind, NOW + timedelta(hours=hours), waybill or self.waybill), **changes}


class Post:
    """A courier that takes every parcel."""

    def __init__(self, name: str, waybill: str) -> None:
        self.name, self._waybill = name, waybill

    def order(self, parcel: Parcel) -> str:
        return self._waybill

    def routes(self, waybill: str) -> list[Track]:
        return []

    def cost(self, parcel: Parcel) -> int | None:
        return None

    def carries(self, waybill: str) -> bool:
        return True


class Road(Decided):
    """A parcel on its way with a courier, and the way its pushes take to it."""

    def __init__(self, courier: Carriage) -> None:
        super().__init__(delivery=HOME)
        self._courier = courier
        post = Post(courier.name, courier.waybill)
        couriers = Couriers(lambda: courier.name, lambda _: post)
        self.delivery = Delivery(self.cases, self.services, couriers, certificates(self.cases))
        self.delivery.start(self.case_no, "t1", NOW)
        task_id = TaskKey(self.case_no, MAKING, self.service.department).task_id
        makers = tasks(self.cases, {MAKING: self.delivery.made})
        makers.decide(clerk("制证", self.service.department), task_id, Decision("approve"), NOW)
        path = f"delivery/{courier.name}/track"
        self._reader = PARTIES[courier.name].callbacks[path]({**courier.settings, "callback_key": SECRET})

    def push(self, *tracks: Any) -> bool:
        """Push tracks that can be read; return whether all were taken."""
        answer = self.post(self._courier.push(list(tracks)))
        assert answer.status == 200
        return self._courier.taken(json.loads(answer.body))

    def post(self, body: Any, key: str | None = SECRET) -> Outbound:
        """Do what the route does."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        inbound = Inbound("POST", "/", {}, {"key": key} if key is not None else {}, raw)
        return take(self._reader, self.delivery.tracked, inbound, NOW + timedelta(days=2), self._courier.name)


def couriers() -> dict[str, Carriage]:
    """Every party that carries parcels, with its far end."""
    names = sorted(name for name, party in PARTIES.items() if "courier" in party.roles)
    return {name: import_module(f"tests.contract.parties.{name}.far").CARRIAGE for name in names}
