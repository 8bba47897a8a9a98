"""(k) The law's acts on one case: an opinion against it, a special procedure, an extension, a refusal in the name of who decides."""

from __future__ import annotations

from datetime import date, timedelta

from tests.journey.city import City
from tests.journey.hostile.kit import send


def test_a_case_through_opinion_special_procedure_extension_and_denial(city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    number = city.apply(me, "restaurant-opening", phone)["case_no"]
    place = f"/v1/staff/cases/{number}"
    city.decide("zwzx", "clerk", number)
    promised = city.status(me, number, "accepted", "in_review")["promised_by"]
    approver, task = city.task("scjgj", "approver", number)
    city.task("xfj", "approver", number)

    until = (date.today() + timedelta(days=20)).isoformat()
    asked = {"kind": "review", "reason": "需要专家评审", "until": until}
    assert send(city, "POST", f"{place}/suspension", city.clerk("zwzx", "clerk"), json=asked).status_code == 403
    assert city.call("POST", f"{place}/suspension", approver, json=asked)["status"] == "suspended"
    refused = send(city, "POST", f"/v1/tasks/{task['task_id']}/decision", approver, json={"outcome": "approve"})
    assert (refused.status_code, refused.json()["code"]) == (409, "suspended")
    city.heard(phone, f"依法进行专家评审，至{date.fromisoformat(until).month}月")
    assert city.call("POST", f"{place}/resumption", approver, json={"result": "评审通过"})["status"] == "in_review"

    boss = city.clerk("scjgj", "supervisor")
    moved = city.call("POST", f"{place}/extension", boss, json={"days": 10, "reason": "案情复杂"})
    assert moved["promised_by"] > promised and moved["clock"]["taken"][-1] == {"reason": "extension", "days": 10}
    city.call("POST", f"{place}/extension", boss, 409, json={"days": 1, "reason": "再延长"})
    city.heard(phone, "理由：案情复杂")

    city.decide("xfj", "approver", number, "reject", opinion="疏散通道不足")
    city.decide("scjgj", "approver", number)
    _, task = city.task("scjgj", "approver", number)
    assert task["stage"] == "decision"
    page = city.call("GET", place, approver)
    assert [each["opinion"] for each in page["branches"] if each["department"] == "xfj"] == ["疏散通道不足"]
    unmet = city.call("GET", "/v1/services/restaurant-opening", me)["conditions"][1:2]
    city.decide("scjgj", "approver", number, "reject", opinion="不符合消防安全条件", unmet=unmet)
    case = city.status(me, number, "denied")
    (denied,) = [each for each in case["timeline"] if each["event"] == "denied"]
    lead = next(each["department_name"] for each in page["branches"] if each["department"] == "scjgj")
    assert denied["by"] == lead and "疏散通道" not in str(case["timeline"])
    assert denied["text"].count("行政复议") == 1 and "。。" not in denied["text"]
    assert denied["data"]["unmet"] == unmet and denied["text"].count(f"（不符合的条件：{unmet[0]}）") == 1
