"""Every courier's far end before the product's own client and reader: one waybill for one order, and pushes that mean what was done."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import Response

from chalicelib.delivery.model import Address, Parcel, TrackKind
from chalicelib.kernel.clock import now
from chalicelib.kernel.errors import PartyFault, PartyRefused
from parties.registry import PARTIES
from parties.wire import Inbound
from sandbox.parcels import BUTTONS
from sandbox.registry import COURIERS
from tests.contract.sandbox.letters import PHONE
from tests.contract.sandbox.stack import Stack

NAMES = [each.name for each in COURIERS]
PARCEL = Parcel("260101123457S1", Address("王某", PHONE, "四川省成都市青羊区人民中路1号"), "证照")
MEANT: dict[str, TrackKind] = {"妥投": "delivered", "未妥投": "failed", "退回": "returned", "遗失": "lost"}


def ordered(stack: Stack, name: str, parcel: Parcel = PARCEL) -> str:
    """Order by the product's own client."""
    return str(PARTIES[name].roles["courier"](stack.parties[name]).order(parcel))


def test_every_courier_of_the_product_has_a_far_end() -> None:
    assert [name for name, party in PARTIES.items() if "courier" in party.roles] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_one_order_is_one_waybill_that_names_its_courier(stack: Stack, name: str) -> None:
    number = ordered(stack, name)
    assert ordered(stack, name) == number
    (row,) = stack.get("/state")["waybills"]
    assert (row["number"], row["courier"], row["receiver"]["name"]) == (number, name, "王某")
    assert row["carrier"] and tuple(row["buttons"]) == BUTTONS


@pytest.mark.parametrize("name", NAMES)
def test_what_happens_to_a_parcel_is_pushed_and_read_as_it_was_meant(stack: Stack, name: str) -> None:
    number, path = ordered(stack, name), f"delivery/{name}/track"
    reader = PARTIES[name].callbacks[path](stack.parties[name])
    for button in BUTTONS:
        stack.product.seen.clear()
        told = stack.post(f"/{name}/{number}", {"action": button}).json()["track"]
        ((_, headers, body, _),) = stack.until(lambda: list(stack.product.seen))
        key = headers["query"].removeprefix("key=")
        inbound = Inbound("POST", f"/channels/{path}", headers, {"key": key}, body)
        reader.verify(inbound, now())
        (track,) = reader.read(inbound, now())
        assert (track.courier, track.waybill, track.action) == (name, number, told["action"])
        assert track.kind == MEANT.get(button, "moving") and abs((track.at - now()).total_seconds()) < 60
    assert [each["action"] for each in stack.get("/state")["waybills"][0]["tracks"]][-1] == told["action"]


@pytest.mark.parametrize("name", NAMES)
def test_a_push_comes_again_until_it_is_taken(stack: Stack, name: str) -> None:
    number, path = ordered(stack, name), f"delivery/{name}/track"
    reader = PARTIES[name].callbacks[path](stack.parties[name])
    no = reader.refuse(Inbound("POST", path), PartyFault("忙"))
    unknown, yes = (reader.render(Inbound("POST", path), gone, now()) for gone in ([number], []))
    answers = [no, unknown, yes]
    stack.product.answers[f"/{path}"] = lambda count: Response(answers[count - 1].body, answers[count - 1].status)
    stack.post(f"/{name}/{number}", {"action": "揽收"})
    stack.until(lambda: len(stack.product.seen) == 3, 12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("action", "status"), [("99x", 400), (None, 400), ("", 400), ("揽收", 404)])
def test_what_cannot_happen(stack: Stack, name: str, action: Any, status: int) -> None:
    assert stack.post(f"/{name}/none", {"action": action}).status_code == status


@pytest.mark.parametrize(("mode", "waybills"), [("down", 0), ("error", 0), ("slow", 1)])
@pytest.mark.parametrize("name", NAMES)
def test_one_at_fault_took_nothing_or_is_late(stack: Stack, name: str, mode: str, waybills: int) -> None:
    stack.post("/faults", {"party": name, "mode": mode, "seconds": 30})
    if mode == "slow":
        ordered(stack, name)
    else:
        with pytest.raises((PartyFault, PartyRefused)):
            ordered(stack, name)
    assert len(stack.get("/state")["waybills"]) == waybills
