"""POST /channels/delivery/{courier}/track: what every courier may push, right and wrong, down to the parcel."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.model import KEY
from chalicelib.vocabulary.statuses import Status
from tests.contract.parties.courier import SECRET, Carriage, Road, couriers

COURIERS = couriers()


@pytest.fixture(params=sorted(COURIERS))
def carriage(request: pytest.FixtureRequest) -> Carriage:
    return COURIERS[request.param]


def test_a_parcel_on_its_way_in_one_push_out_of_order_and_twice(carriage: Carriage) -> None:
    way = Road(carriage)
    pushed = [carriage.told("delivered", 32), carriage.told("moving", 24), carriage.told("failed", 28)]
    for _ in range(2):
        assert way.push(*pushed, pushed[0])
    assert way.case.status is Status.DELIVERED and way.row(KEY).outcome == "delivered"
    assert way.events[-3:] == ["tracked", "tracked", "delivered"]
    assert way.file.events[-2].data["reason"]


def test_unknown_waybills_are_pushed_again_and_the_others_taken(carriage: Carriage) -> None:
    way = Road(carriage)
    assert not way.push(carriage.told(waybill=carriage.stranger), carriage.told())
    assert way.events[-1] == "tracked"


@pytest.mark.parametrize("key", [None, "", "wrong", SECRET + "x"])
def test_without_the_key_nothing_is_read(carriage: Carriage, key: str | None) -> None:
    way = Road(carriage)
    before = way.file
    assert way.post(carriage.push([carriage.told("delivered")]), key).status == 401 and way.file == before


BODIES: dict[str, tuple[int, bytes]] = {
    "empty": (400, b""),
    "no JSON": (400, b"<xml/>"),
    "no UTF-8": (415, b"\xff"),
    "too large": (413, b" " * 70_000),
    "deep": (400, b"[" * 60_000),
    "a list": (400, b"[]"),
    "nothing": (400, b"{}"),
}


@pytest.mark.parametrize("why", BODIES)
def test_what_is_no_push_is_refused(carriage: Carriage, why: str) -> None:
    status, body = BODIES[why]
    assert _refused(carriage, body) == status


PUSHES: dict[str, Any] = {
    "no tracks": [],
    "too many": [{}] * 201,
    "tracks no list": "x",
    "track no object": ["x"],
}


@pytest.mark.parametrize("why", PUSHES)
def test_what_holds_no_tracks_is_refused(carriage: Carriage, why: str) -> None:
    assert _refused(carriage, carriage.push(PUSHES[why])) == 400


@pytest.mark.parametrize("hours", [24 * 30, -24 * 400])
def test_a_day_to_come_and_one_long_gone_are_refused(carriage: Carriage, hours: int) -> None:
    assert _refused(carriage, carriage.push([carriage.told("moving", hours)])) == 400


@pytest.mark.parametrize(("name", "why"), [(name, why) for name, each in COURIERS.items() for why in each.spoilt])
def test_what_cannot_be_read_is_refused_whole(name: str, why: str) -> None:
    carriage = COURIERS[name]
    tracks = [carriage.told(), carriage.told("delivered", 30, **carriage.spoilt[why])]
    assert _refused(carriage, carriage.push(tracks)) == 400


def _refused(carriage: Carriage, body: Any) -> int:
    """Push what must not be taken; return the status."""
    way = Road(carriage)
    before = way.file
    answer = way.post(body)
    assert way.file == before
    return answer.status


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_body_breaks_it(body: Any) -> None:
    for carriage in COURIERS.values():
        assert Road(carriage).post(carriage.push([body])).status in (200, 400)
