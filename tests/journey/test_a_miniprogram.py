"""(a) Mini-program, paid, courier, five stars."""

from __future__ import annotations

import uuid

from tests.journey.city import City

COURIER = {"method": "courier", "name": "王小明", "phone": "13800010001", "address": "成都市锦江区东大街1号2单元301"}


def test_replace_a_residence_permit(city: City) -> None:
    openid, phone = f"oMini{uuid.uuid4().hex[:16]}", City.phone()
    me = city.wechat(openid)
    receipt = city.apply(me, "residence-permit-replacement", phone, delivery=COURIER)
    number = receipt["case_no"]
    assert city.case(me, number)["status"] == "submitted"
    assert number in [each["case_no"] for each in city.call("GET", "/v1/cases", me)["cases"]]

    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    case = city.status(me, number, "awaiting_payment")
    assert case["payment"]["amount_fen"] == 2000 and "pay" in case["can"]

    order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    assert order["amount_fen"] == 2000 and order["params"]["package"].startswith("prepay_id=")
    city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))

    city.make(number)
    case = city.status(me, number, "dispatching")
    assert "dispatched" not in city.events(me, number), "nothing is said to be sent before somebody says so"
    waybill = city.post(me, number)
    city.status(me, number, "delivering")
    city.carries(waybill, "揽收", "投递", "妥投")
    city.status(me, number, "delivered")

    rated = city.call("POST", f"/v1/cases/{number}/rating", me, 201, json={"level": 5, "reasons": ["514"]})
    assert rated["case_no"] == number
    case = city.case(me, number)
    assert case["status"] == "delivered" and case["rating"]["levels"] == [5]
    names = city.events(me, number)
    for name in ("submitted", "accepted", "granted", "payment_requested", "paid", "dispatched", "delivered", "rated"):
        assert names.count(name) == 1, names

    cards = city.call("GET", f"/sandbox/wechat/{openid}")["cards"]
    assert cards, "subscribe messages reached WeChat"
    fates = {entry["event"]: entry["notice"] for entry in case["timeline"] if "notice" in entry}
    told = [event for event, fate in fates.items() if fate["status"] in ("sent", "delivered")]
    assert told == ["accepted", "payment_requested", "dispatched", "delivered"], "four, not eight"
    assert all(fates[event]["reason"] for event in ("submitted", "granted", "paid")), "and each skipped one says why"


def test_refused_wechat_falls_back_to_sms(city: City) -> None:
    openid, phone = f"oNo{uuid.uuid4().hex[:16]}", City.phone()
    me = city.wechat(openid)
    city.call("POST", f"/sandbox/wechat/{openid}/refuse", json={"all": True}, expect=(200, 201, 204))
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.heard(phone, number)
    notice = next(entry for entry in city.case(me, number)["timeline"] if entry["event"] == "delivered")["notice"]
    assert notice["channel"] == "sms"
