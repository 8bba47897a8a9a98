"""Work on desks: taken, given back, handed over, taken over by a supervisor; and the kinds of it that are no decision on a case."""

from __future__ import annotations

from functools import partial
from typing import Any

from chalicelib.kernel import clock
from tests.journey.city import City

PHONE = City.phone()
HOME = {"method": "courier", "name": "张三", "phone": PHONE, "address": "四川省成都市青羊区人民中路1号"}


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


def step(city: City, department: str, number: str, kind: str, outcome: str, words: str) -> str:
    """Have a supervisor do the next step of a bad rating; return their token."""
    boss, task = city.task(department, "supervisor", number)
    assert task["kind"] == kind
    body = {"outcome": outcome, "opinion": words}
    city.call("POST", f"/v1/tasks/{task['task_id']}/decision", boss, json=body)
    return boss


def rated(city: City, **rating: Any) -> tuple[str, str, str]:
    """Have a case granted and rated; return its phone, the citizen's token and its number."""
    phone = City.phone()
    me = city.sms_session(phone)
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")
    city.call("POST", f"/v1/cases/{number}/rating", me, 201, json=rating)
    return phone, me, number


def told_of(city: City, me: str, number: str, event: str) -> bool:
    """Whether the last notice of an event is known to be sent."""
    fates = [each.get("notice", {}) for each in city.case(me, number)["timeline"] if each["event"] == event]
    return bool(fates) and fates[-1].get("status") in ("sent", "delivered")


def test_a_bad_rating_is_called_about_verified_put_right_and_said_again_by_sms(city: City) -> None:
    """国办发〔2019〕51号: 回访核实、限期整改、再评价; who decided the case takes no part, and what is not solved goes up."""
    phone, me, number = rated(city, level=1, reasons=["115"], text="等了一上午", anonymous=False)
    place = f"/v1/staff/cases/{number}"
    approver, why = city.clerk("mzj", "approver"), {"purpose": "核实差评"}
    seen = city.call("GET", place, approver)
    assert seen["rating"] is None and "rated" not in [each["event"] for each in seen["timeline"]]
    assert city.call("POST", f"{place}/reveal", approver, json=why)["rating_words"] is None
    boss = step(city, "mzj", number, "rating_contact", "approve", "已电话联系，老人说窗口态度不好")
    assert city.call("GET", place, boss)["rating"]["reasons"]
    assert city.call("POST", f"{place}/reveal", boss, json=why)["rating_words"] == ["等了一上午"]
    step(city, "mzj", number, "rating_verification", "approve", "情况属实")
    _, task = city.task("mzj", "supervisor", number)
    decide = f"/v1/tasks/{task['task_id']}/decision"
    assert city.call("POST", decide, approver, 403, json={"outcome": "approve"})
    assert city.call("POST", decide, boss, 400, json={"outcome": "approve"})["fields"][0]["path"] == "opinion"
    wrong = {"outcome": "appeal", "opinion": "不认可"}
    assert city.call("POST", decide, boss, 400, json=wrong)["fields"][0]["path"] == "outcome"
    step(city, "mzj", number, "rectification", "approve", "已对窗口人员培训")
    (told,) = city.heard(phone, "已对窗口人员培训")
    assert "解决了吗" in told and "老人说" not in str(city.case(me, number))
    city.until(lambda: told_of(city, me, number, "rectified"), "a digit to be expected from the telephone")
    assert city.case(me, number)["rating"]["answer"]["again_until"] and city.case(me, number)["can"] == ["rate"]
    assert "原因" in city.text(phone, "1") and "打电话" in city.text(phone, "2")
    assert "督办" in city.text(phone, "1")
    step(city, "mzj", number, "rectification", "approve", "已当面道歉")
    city.heard(phone, "已当面道歉")
    city.until(lambda: told_of(city, me, number, "rectified"), "a digit to be expected from the telephone")
    step(city, "xnjc", number, "rating_oversight", "approve", "已约谈窗口负责人")
    assert "感谢您再次评价：满意" in city.text(phone, "4")
    page = city.call("GET", place, boss)["rectification"]
    assert (page["state"], page["cycle"], len(page["steps"])) == ("closed", 2, 7)
    case = city.case(me, number)
    assert case["rating"]["levels"] == [1] and case["rating"]["again"] == [1, 4] and case["status"] == "delivered"
    assert not [each for each in city.call("GET", "/v1/tasks", boss)["tasks"] if each["case_no"] == number]


def test_an_appeal_is_decided_above_the_department_and_the_citizen_told_why(city: City) -> None:
    phone, me, number = rated(city, level=2, text="办的不是这里的事")
    boss, task = city.task("mzj", "supervisor", number)
    assert (task["kind"], task["applicant"]) == ("rating_verification", "匿名评价人")
    step(city, "mzj", number, "rating_verification", "appeal", "评价的是别的部门的窗口")
    step(city, "xnjc", number, "rating_appeal", "approve", "反映的窗口不属于民政局")
    (told,) = city.heard(phone, "不计入统计")
    assert "反映的窗口不属于民政局" in told and "12345" in told
    case = city.case(me, number)
    assert case["rating"]["levels"] == [2] and case["rating"]["counted"] is False, "kept, and out of the figures"

    def board() -> Any:
        return city.call("GET", "/v1/staff/board", boss)

    city.until(lambda: board()["satisfaction"]["invalidated"] >= 1, "the rating is out of the figures")
    names = {each["code"]: each for each in board()["indicators"]}
    assert set(names) == {"participation", "satisfaction", "dissatisfaction", "rectification", "revisit"}
    assert [each["name"] for each in board()["by_department"] if each["department"] == "mzj"] == ["成都市民政局"]


def granted(city: City, me: str, contact: str, **delivery: str) -> str:
    """A residence permit that is granted and paid for."""
    number = str(city.apply(me, "residence-permit-replacement", contact, delivery=delivery)["case_no"])
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))
    return number


def test_a_parcel_is_made_and_handed_to_the_courier_by_a_clerk_or_known_by_its_first_track(city: City) -> None:
    me = city.wechat()
    for by_hand in (True, False):
        number = granted(city, me, PHONE, **HOME)
        maker, making = city.task("gaj", "clerk", number)
        assert making["kind"] == "making" and city.case(me, number)["shipment"]["state"] == "making"
        city.call("POST", f"/v1/tasks/{making['task_id']}/decision", maker, json={"outcome": "approve"})
        look = lambda number=number: city.case(me, number)["shipment"]["waybill"]  # noqa: E731
        waybill = city.until(look, "the waybill")
        assert "dispatched" not in city.events(me, number)
        clerk, task = city.task("zwzx", "clerk", number)
        assert (task["kind"], task["waybill"]) == ("handover", waybill)
        place = f"/v1/tasks/{task['task_id']}/decision"
        if by_hand:
            wrong = {"outcome": "approve", "waybill": "EA000000005CN"}
            assert city.call("POST", place, clerk, 400, json=wrong)["fields"][0]["path"] == "waybill"
            city.call("POST", place, clerk, json={"outcome": "approve", "waybill": waybill.lower()})
        else:
            city.carries(waybill, "揽收")
            city.until(partial(lambda number: "tracked" in city.events(me, number), number), "the first track")
        assert city.events(me, number).count("dispatched") == 1 and city.case(me, number)["status"] == "delivering"
        assert number not in [each["case_no"] for each in city.call("GET", "/v1/tasks", clerk)["tasks"]]


def test_a_parcel_that_came_back_is_sent_again_to_where_the_applicant_says_and_each_is_paid_by_the_treasury(
    city: City,
) -> None:
    phone = City.phone()
    me, month = city.sms_session(phone), f"{clock.now():%Y-%m}"
    boss = city.clerk("zwzx", "supervisor")
    number = granted(city, me, phone, **HOME)
    city.make(number)
    new = {**HOME, "address": "四川省成都市武侯区科华路9号"}
    city.call("POST", f"/v1/cases/{number}/delivery", me, json=new)
    waybill = city.post(me, number)
    assert city.call("POST", f"/v1/cases/{number}/delivery", me, 409, json=HOME)["code"] == "posted"

    city.carries(waybill, "揽收", "未妥投", "退回")
    case = city.status(me, number, "undelivered")
    assert case["shipment"]["choose_by"] and "deliver" in case["can"]
    city.heard(phone, "未能投递，已退回")
    city.call("POST", f"/v1/cases/{number}/delivery", me, json={**HOME, "name": "李四"})
    clerk, task = city.task("zwzx", "clerk", number)
    assert (task["kind"], task["wish"]) == ("returned", "courier")
    assert [each["outcome"] for each in task["choices"]] == ["resend", "collect", "reissue"]
    city.call("POST", f"/v1/tasks/{task['task_id']}/decision", clerk, json={"outcome": "resend"})
    second = city.post(me, number)
    assert second != waybill
    sent = {row["number"]: row["receiver"] for row in city.call("GET", "/sandbox/state")["waybills"]}
    assert sent[waybill]["address"] == new["address"] and sent[second]["name"] == "李四"
    city.carries(second, "揽收", "投递", "妥投")
    city.status(me, number, "delivered")
    names = city.events(me, number)
    assert [names.count(name) for name in ("made", "dispatched", "undelivered", "delivered")] == [1, 2, 1, 1]

    mine: list[Any] = []
    page = city.call("GET", "/v1/staff/postage", boss, params={"month": month})
    assert page["payer_org"] == "成都市财政" and page["sum_fen"] >= 2000
    while True:
        mine += [each for each in page["parcels"] if each["case_no"] == number]
        if "next" not in page:
            break
        page = city.call("GET", "/v1/staff/postage", boss, params={"month": month, "next": page["next"]})
    assert sorted(each["waybill"] for each in mine) == sorted((waybill, second))
    assert all(each["cost_fen"] == 1000 for each in mine)


def test_a_result_is_fetched_with_its_code_by_whom_the_applicant_registered(city: City) -> None:
    phone = City.phone()
    me = city.sms_session(phone)
    number = granted(city, me, phone, method="pickup")
    city.make(number)
    case = city.status(me, number, "ready_for_pickup")
    code = case["pickup_code"]
    city.heard(phone, f"取件码{code}")
    proxy = {"method": "pickup", "proxy": {"name": "李小四", "id_last4": "123X"}}
    city.call("POST", f"/v1/cases/{number}/delivery", me, json=proxy)
    clerk, task = city.task("zwzx", "clerk", number)
    seen = city.call("GET", f"/v1/staff/cases/{number}", clerk)
    assert "pickup_code" not in seen and code not in str(seen) and "李小四" not in str(seen)
    place, told = f"/v1/tasks/{task['task_id']}/decision", {"outcome": "approve", "taker": "other", "id_seen": True}
    for more, path in (
        ({"taker_name": "王五", "taker_id": "123X"}, "taker_name"),
        ({"taker_name": "李小四", "taker_id": "1234"}, "taker_id"),
        ({"taker_name": "李小四", "taker_id": "123X", "code": f"{(int(code) + 1) % 10**6:06d}"}, "code"),
    ):
        assert city.call("POST", place, clerk, 400, json=told | more)["fields"][0]["path"] == path
    city.call("POST", place, clerk, json=told | {"taker_name": "李小四", "taker_id": "123x", "code": code})
    entry = city.status(me, number, "delivered")["timeline"][-1]
    assert entry["text"] == "其他受托人已在窗口签收领取（已核对取件码和身份证件）"
