"""Whoever plays a role, the road holds: each party of the registry is put to use in turn."""

from __future__ import annotations

import pytest

from parties.registry import PARTIES
from tests.journey.city import City
from tests.journey.using import using
from tools.stack import Stack


@pytest.mark.parametrize("name", [name for name, party in PARTIES.items() if "pay" in party.roles])
def test_a_fee_is_paid_by_every_payment_party(stack: Stack, city: City, name: str) -> None:
    """By a code to scan, on the web; the notice comes three times."""
    phone = City.phone()
    me = city.sms_session(phone)
    number = city.apply(me, "residence-permit-replacement", phone)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    with using(stack, pay=name):
        order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    again = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    assert order["party"] == PARTIES[name].schema["title"]
    assert order["code_url"] and again == order, "asked of the party that made it, whoever is in use"
    city.call("POST", "/sandbox/faults", json={"party": name, "mode": "duplicate", "seconds": 20})
    city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))
    case = city.status(me, number, "producing", "delivering", "ready_for_pickup", "delivered")
    assert case["payment"]["state"] == "paid"
    paid = next(entry for entry in case["timeline"] if entry["event"] == "paid")
    assert paid["by"] == order["party"]
    assert city.events(me, number).count("paid") == 1


@pytest.mark.parametrize("name", [name for name, party in PARTIES.items() if "courier" in party.roles])
def test_a_parcel_is_carried_by_every_courier(stack: Stack, city: City, name: str) -> None:
    """Begun with one, it stays with it; every other push comes in another form, and twice."""
    me, phone = city.wechat(), City.phone()
    home = {"method": "courier", "name": "张三", "phone": phone, "address": "四川省成都市青羊区人民中路1号"}
    number = city.apply(me, "residence-permit", phone, delivery=home)["case_no"]
    city.decide("zwzx", "clerk", number)
    for _ in range(2):
        city.decide("gaj", "approver", number)
    with using(stack, courier=name):
        city.make(number)
        waybill = city.until(lambda: city.case(me, number)["shipment"]["waybill"], "a waybill")
    assert city.post(me, number) == waybill
    city.call("POST", "/sandbox/faults", json={"party": f"{name}_track", "mode": "duplicate", "seconds": 20})
    city.carries(waybill, "揽收", "运输", "投递", "妥投")
    case = city.status(me, number, "delivered")
    assert case["shipment"]["carrier"] and city.events(me, number).count("dispatched") == 1
    assert [entry["event"] for entry in case["timeline"]].count("delivered") == 1
