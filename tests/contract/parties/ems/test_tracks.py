"""POST /channels/delivery/ems/track: the bodies EMS pushes, right and wrong, down to the parcel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.model import KEY, Parcel
from chalicelib.delivery.service import Delivery
from chalicelib.vocabulary.statuses import Status
from handlers.callbacks import take
from parties.ems.tracks import Tracks
from parties.wire import Inbound, Outbound
from tests.unit.decided import HOME, Decided
from tests.unit.samples import NOW

SECRET = "callback-key-of-ems"
WAYBILL = "1175642270178"


class Post:
    name = "EMS"

    def order(self, parcel: Parcel) -> str:
        return WAYBILL


@dataclass
class Road:
    """A parcel on its way, and the way a push takes to it."""

    counter: Decided
    delivery: Delivery
    tracks: Tracks

    def post(self, body: Any, key: str | None = SECRET) -> tuple[Outbound, dict[str, str]]:
        """Do what the route does."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        inbound, now = Inbound("POST", "/", {}, {"key": key} if key is not None else {}, raw), NOW + timedelta(days=2)
        answer = take(self.tracks, self.delivery.tracked, inbound, now, "ems")
        return answer, json.loads(answer.body)["response"]


def road() -> Road:
    counter = Decided(delivery=HOME)
    delivery = Delivery(counter.cases, counter.services, Post, "https://ryb.example")
    delivery.start(counter.case_no, "t1", NOW)
    return Road(counter, delivery, Tracks({"callback_key": SECRET}))


def mail(action: str = "60", time: str = "101500", **changes: Any) -> dict[str, Any]:
    told = {
        "serialnumber": "20260702101500000001",
        "mailnum": WAYBILL,
        "procdate": "20260702",
        "proctime": time,
        "orgfullname": "成都市城区投递部",
        "action": action,
        "description": "已揽收",
        "effect": "1",
    }
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def test_a_parcel_on_its_way_in_one_push_out_of_order_and_twice() -> None:
    way = road()
    pushed = [
        mail("10", "180000", properdelivery="10"),
        mail(),
        mail("20", "120000", description="收件人不在", notproperdelivery="101"),
    ]
    for _ in range(2):
        answer, told = way.post({"listexpressmail": [*pushed, pushed[0]]})
        assert (answer.status, told) == (200, {"success": "1", "failmailnums": "", "remark": ""})
    assert way.counter.case.status is Status.DELIVERED and way.counter.row(KEY).outcome == "delivered"
    assert way.counter.events[-3:] == ["tracked", "tracked", "delivered"]
    assert "收件人不在" in way.counter.file.events[-2].text


def test_unknown_waybills_are_named_and_the_others_taken() -> None:
    way = road()
    answer, told = way.post({"listexpressmail": [mail(mailnum="LK434266003CN"), mail()]})
    assert (answer.status, told["success"], told["failmailnums"]) == (200, "0", "LK434266003CN")
    assert way.counter.events[-1] == "tracked"


def test_a_record_taken_back_is_accepted_and_forgotten() -> None:
    way = road()
    before = way.counter.file
    assert way.post({"listexpressmail": [mail("10", effect="0")]})[1]["success"] == "1"
    assert way.counter.file == before


@pytest.mark.parametrize("key", [None, "", "wrong", SECRET + "x"])
def test_without_the_key_nothing_is_read(key: str | None) -> None:
    way = road()
    before = way.counter.file
    answer, told = way.post({"listexpressmail": [mail("10")]}, key)
    assert (answer.status, told["success"]) == (401, "0") and way.counter.file == before


BAD: dict[str, tuple[int, Any]] = {
    "empty": (400, b""),
    "no JSON": (400, b"<xml/>"),
    "no UTF-8": (415, b"\xff"),
    "too large": (413, b" " * 70_000),
    "deep": (400, b"[" * 60_000),
    "a list": (400, []),
    "nothing": (400, {}),
    "no tracks": (400, {"listexpressmail": []}),
    "too many": (400, {"listexpressmail": [{}] * 201}),
    "tracks no list": (400, {"listexpressmail": "x"}),
    "track no object": (400, {"listexpressmail": ["x"]}),
    **{
        f"no {name}": (400, {"listexpressmail": [{**mail(), name: None}]})
        for name in ("mailnum", "procdate", "proctime", "effect")
    },
    "no action": (400, {"listexpressmail": [{**mail(), "action": ""}]}),
    "number for text": (400, {"listexpressmail": [mail(mailnum=1175642270178)]}),
    "waybill": (400, {"listexpressmail": [mail(mailnum="117564227017' --")]}),
    "a day that does not exist": (400, {"listexpressmail": [mail(procdate="20260230")]}),
    "a time that does not exist": (400, {"listexpressmail": [mail(time="250000")]}),
    "a day to come": (400, {"listexpressmail": [mail(procdate="99991231")]}),
    "a day long gone": (400, {"listexpressmail": [mail(procdate="00010101")]}),
    "waybill in other digits": (400, {"listexpressmail": [mail(mailnum="١" * 13)]}),
    "an unknown action": (400, {"listexpressmail": [mail("99")]}),
    "effect": (400, {"listexpressmail": [mail(effect="2")]}),
    "description no text": (400, {"listexpressmail": [mail(description=[])]}),
    "one bad among good": (400, {"listexpressmail": [mail(), mail("10", procdate="x")]}),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pushes_are_refused_whole(name: str) -> None:
    status, body = BAD[name]
    way = road()
    before = way.counter.file
    answer, told = way.post(body)
    assert (answer.status, told["success"]) == (status, "0") and told["remark"]
    assert way.counter.file == before


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_body_breaks_it(body: Any) -> None:
    way = road()
    answer, _ = way.post({"listexpressmail": [body]})
    assert answer.status in (200, 400)
