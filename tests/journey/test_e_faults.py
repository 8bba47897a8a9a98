"""Duplicates, races, reordered callbacks and parties that are down are normal life."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.journey.city import City

PHONE = City.phone()


def test_the_same_message_three_times_is_one_case(city: City) -> None:
    me, key = city.wechat(), uuid.uuid4().hex
    with ThreadPoolExecutor(3) as pool:
        receipts = list(pool.map(lambda _: city.apply(me, "elder-card", PHONE, key), range(3)))
    assert receipts[0] == receipts[1] == receipts[2]
    assert len(city.call("GET", "/v1/cases", me)["cases"]) == 1
    body = {
        "service": "elder-card",
        "form": {"id_number": "510105194209120026", "household": "local"},
        "contact": {"phone": PHONE},
    }
    refused = city.call("POST", "/v1/applications", me, 409, json=body, headers={"Idempotency-Key": key})
    assert refused["code"] == "idempotency_conflict"


def test_two_clerks_at_once_one_decision(city: City) -> None:
    me = city.wechat()
    number = city.apply(me, "elder-card", PHONE)["case_no"]
    _, task = city.task("mzj", "approver", number)
    posts = [each for each in city.endpoints["staff"] if each["department"] == "mzj" and "approver" in each["roles"]]
    tokens = [city.sign_in(each) for each in posts[:2]]
    assert len(set(tokens)) == 2

    def decide(how: tuple[str, str]) -> int:
        body = {"outcome": how[1], "opinion": "经核查"}
        headers = {"Authorization": f"Bearer {how[0]}"}
        return city.http.post(f"/v1/tasks/{task['task_id']}/decision", json=body, headers=headers).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(decide, zip(tokens, ("approve", "reject"), strict=False)))
    assert codes == [200, 409]
    city.status(me, number, "delivered", "denied")
    names = city.events(me, number)
    assert names.count("granted") + names.count("denied") == 1


def test_payment_told_three_times_out_of_order_is_paid_once(city: City) -> None:
    me = city.wechat()
    number = city.apply(me, "residence-permit-replacement", PHONE)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    assert city.call("POST", f"/v1/cases/{number}/payment", me, json={})["out_trade_no"] == order["out_trade_no"]
    city.call(
        "POST", "/sandbox/faults", json={"party": "wechat_pay", "mode": "duplicate", "seconds": 20}, expect=(200, 201)
    )
    city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))
    city.make(number)
    city.status(me, number, "ready_for_pickup")
    city.call(
        "POST", "/sandbox/faults", json={"party": "wechat_pay", "mode": "duplicate", "seconds": 0}, expect=(200, 201)
    )
    assert city.events(me, number).count("paid") == 1
    city.decide("zwzx", "clerk", number)  # hands it over at the window
    city.status(me, number, "delivered")


def test_the_sms_gateway_down_for_a_while_and_every_notice_arrives_once(city: City) -> None:
    phone = City.phone()
    _, me = city.neighbour()
    city.call("POST", "/sandbox/faults", json={"party": "sms", "mode": "down", "seconds": 12}, expect=(200, 201))
    number = city.apply(me, "restaurant-opening", phone)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("xfj", "approver", number)
    city.decide("scjgj", "approver", number)
    city.decide("scjgj", "approver", number)
    city.status(me, number, "delivered")

    def arrived() -> list[str]:
        fates = [entry["notice"] for entry in city.case(me, number)["timeline"] if "notice" in entry]
        sent = [each["status"] for each in fates if each["status"] != "skipped"]
        return sent if all(status in ("sent", "delivered") for status in sent) else []

    told = city.until(arrived, "every notice to arrive")
    texts = [each["text"] for each in city.told(phone) if number in each["text"]]
    assert len(texts) == len(set(texts)) == len(told) >= 2


def test_a_slow_gateway_sends_once(city: City) -> None:
    phone = City.phone()
    _, me = city.neighbour()
    city.call("POST", "/sandbox/faults", json={"party": "sms", "mode": "slow", "seconds": 8}, expect=(200, 201))
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.heard(phone, number)

    def known() -> bool:
        entry = next(each for each in city.case(me, number)["timeline"] if each["event"] == "delivered")
        return entry.get("notice", {}).get("status") in ("sent", "delivered")

    city.until(known, "the notice to be known sent")
    assert len([each for each in city.told(phone) if number in each["text"]]) == 1
