"""Work on desks: taken, given back, handed over, taken over by a supervisor; and the kinds of it that are no decision on a case."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.journey.city import City

PHONE = City.phone()


def colleagues(city: City, department: str, role: str) -> list[dict[str, Any]]:
    return [each for each in city.endpoints["staff"] if each["department"] == department and role in each["roles"]]


def test_a_task_goes_from_hand_to_hand(city: City) -> None:
    number = city.apply(city.wechat(), "elder-card", PHONE)["case_no"]
    one, two = colleagues(city, "mzj", "approver")[:2]
    token, task = city.task("mzj", "approver", number)
    other, boss, place = city.sign_in(two), city.clerk("mzj", "supervisor"), f"/v1/tasks/{task['task_id']}"
    assert city.call("POST", f"{place}/claim", token)["mine"] is True
    assert city.call("POST", f"{place}/claim", other, 409)["code"] == "claimed_by_other"
    assert city.call("POST", f"{place}/release", other, 403)["code"] == "forbidden"
    assert city.call("POST", f"{place}/release", token)["status"] == "open"
    city.call("POST", f"{place}/claim", other)
    assert city.call("POST", f"{place}/release", boss)["status"] == "open"  # one who left holds nothing up
    refused = city.call("POST", f"{place}/handover", boss, 400, json={"to": "nobody"})
    assert refused["fields"][0]["path"] == "to"
    assert city.call("POST", f"{place}/handover", boss, json={"to": two["username"]})["claimed_by"].endswith("审批二岗")
    assert city.call("POST", f"{place}/decision", token, 409, json={"outcome": "approve"})["code"] == "claimed_by_other"
    assert city.call("POST", f"{place}/handover", other, json={"to": one["username"]})["claimed_by"].endswith(
        "审批一岗"
    )
    counted = city.call("GET", "/v1/tasks/counts", token)
    assert counted["kinds"]["decision"] >= 1 and counted["claimed"] >= 1 and counted["more"] is False
    city.call("POST", f"{place}/decision", token, json={"outcome": "approve", "opinion": "符合条件"})


def test_a_bad_rating_lies_on_the_supervisors_desk_until_it_is_put_right(city: City) -> None:
    phone = City.phone()
    me = city.sms_session(phone)
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")
    city.call(
        "POST", f"/v1/cases/{number}/rating", me, 201, json={"level": 1, "reasons": ["115"], "text": "等了一上午"}
    )
    boss, task = city.task("mzj", "supervisor", number)
    assert (task["kind"], [each["outcome"] for each in task["choices"]]) == ("rectification", ["approve"])
    assert city.call("GET", f"/v1/staff/cases/{number}", boss)["rating"]["reasons"] and "一上午" not in str(task)
    look, why = f"/v1/staff/cases/{number}/reveal", {"purpose": "核实差评"}
    assert city.call("POST", look, boss, json=why)["rating_words"] == ["等了一上午"]
    assert city.call("POST", look, city.clerk("mzj", "approver"), json=why)["rating_words"] is None
    place = f"/v1/tasks/{task['task_id']}/decision"
    assert city.call("POST", place, city.clerk("mzj", "approver"), 403, json={"outcome": "approve"})
    assert city.call("POST", place, boss, 400, json={"outcome": "approve"})["fields"][0]["path"] == "opinion"
    assert (
        city.call("POST", place, boss, 400, json={"outcome": "reject", "opinion": "不认可"})["fields"][0]["path"]
        == "outcome"
    )
    city.call("POST", place, boss, json={"outcome": "approve", "opinion": "已对窗口人员培训"})
    assert "rectified" in city.events(me, number)
    assert len(city.heard(phone, "已对窗口人员培训")) == 1


def test_a_parcel_is_handed_to_the_courier_by_a_clerk_or_known_by_its_first_track(city: City) -> None:
    me = city.wechat()
    delivery = {"method": "courier", "name": "张三", "phone": PHONE, "address": "四川省成都市青羊区人民中路1号"}
    for by_hand in (True, False):
        number = city.apply(me, "residence-permit-replacement", PHONE, delivery=delivery)["case_no"]
        city.decide("zwzx", "clerk", number)
        city.decide("gaj", "approver", number)
        city.status(me, number, "awaiting_payment")
        order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
        city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))
        waybill = city.status(me, number, "delivering")["shipment"]["waybill"]
        clerk, task = city.task("zwzx", "clerk", number)
        assert task["kind"] == "handover"
        if by_hand:
            city.call("POST", f"/v1/tasks/{task['task_id']}/decision", clerk, json={"outcome": "approve"})
        else:
            city.carries(waybill, "揽收")
            city.until(partial(lambda number: "tracked" in city.events(me, number), number), "the first track")
        look = [each["case_no"] for each in city.call("GET", "/v1/tasks", clerk)["tasks"]]
        assert number not in look
