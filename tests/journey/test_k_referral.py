"""(k) Other departments before the decision: sent back to an earlier review, countersigned, not waited for any longer."""

from __future__ import annotations

from typing import Any

from chalicelib.kernel import clock
from tests.journey.city import City
from tests.journey.hostile.kit import send


def offered(task: dict[str, Any], outcome: str) -> list[str]:
    """The departments to which a decision may go."""
    return [to["code"] for each in task["choices"] if each["outcome"] == outcome for to in each["to"]]


def test_a_case_goes_back_to_its_review_and_is_decided_with_both_opinions(city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    number = city.apply(me, "restaurant-opening", phone)["case_no"]
    place = f"/v1/staff/cases/{number}"
    city.decide("zwzx", "clerk", number)
    city.decide("xfj", "approver", number, opinion="疏散通道合格")
    city.decide("scjgj", "approver", number)
    approver, task = city.task("scjgj", "approver", number)
    assert (task["stage"], offered(task, "return")) == ("decision", ["scjgj", "xfj"])
    promised = city.case(me, number)["promised_by"]

    path = f"/v1/tasks/{task['task_id']}/decision"
    wrong = send(city, "POST", path, approver, json={"outcome": "return", "opinion": "请重新核查", "to": ["zwzx"]})
    assert wrong.status_code == 400 and wrong.json()["fields"][0]["path"] == "to.0"
    nobody = send(city, "POST", path, approver, json={"outcome": "return", "opinion": "请重新核查"})
    assert nobody.status_code == 400 and nobody.json()["fields"][0]["path"] == "to"
    city.decide("scjgj", "approver", number, "return", opinion="装修后请重新核查", to=["xfj"])

    fire, again = city.task("xfj", "approver", number)
    assert (again["kind"], again["asked"]) == ("review", "装修后请重新核查")
    assert {each["outcome"] for each in again["choices"]} == {"approve", "reject"}
    city.decide("xfj", "approver", number, "reject", opinion="装修后堵了通道")
    _, task = city.task("scjgj", "approver", number)
    assert task["task_id"].endswith(".decision.scjgj.2")
    page = city.call("GET", place, approver)
    opinions = [each["opinion"] for each in page["branches"] if each["department"] == "xfj"]
    assert opinions == ["疏散通道合格", "装修后堵了通道"]
    assert {"process": "7"} in [each.get("codes") for each in page["timeline"] if each["event"] == "sent_back"]

    city.decide("scjgj", "approver", number, "countersign", opinion="请提出整改意见", to=["xfj"])
    _, asked = city.task("xfj", "approver", number)
    assert asked["kind"] == "countersign" and "recall" in city.call("GET", place, approver)["acts"]
    found = {"held_on": f"{clock.now():%Y-%m-%d}", "colleague": "scjgj-approver", "finding": "堵塞通道的隔墙尚未拆除"}
    boss = city.clerk("scjgj", "supervisor")
    city.call("POST", f"{place}/examination", boss, json=found)
    for wrong_with in ({"colleague": "xfj-approver"}, {"colleague": "scjgj-supervisor"}, {"held_on": "2026-01-01"}):
        answer = send(city, "POST", f"{place}/examination", boss, json=found | wrong_with)
        assert answer.status_code == 400 and [each["path"] for each in answer.json()["fields"]] == [*wrong_with]
    examined = next(each for each in city.call("GET", place, approver)["timeline"] if each["event"] == "examined")
    assert examined["data"]["finding"] == found["finding"] and len(examined["data"]["staff"]) == 2
    reason = {"reason": "办理期限将到"}
    assert send(city, "POST", f"{place}/recall", fire, json=reason).status_code == 403
    city.call("POST", f"{place}/recall", boss, json=reason)
    late = send(city, "POST", f"/v1/tasks/{asked['task_id']}/decision", fire, json={"outcome": "approve"})
    assert (late.status_code, late.json()["code"]) == (409, "cancelled")

    assert city.case(me, number)["promised_by"] == promised, "it is the office's own time"
    city.decide("scjgj", "approver", number, "reject", opinion="不符合消防安全条件")
    case = city.status(me, number, "denied")
    entries = {each["event"]: each for each in case["timeline"]}
    ours = ("sent_back", "countersign_asked", "examined", "recalled")
    assert {*ours} <= set(entries) and all("data" not in entries[event] for event in ours)
    assert (
        "隔墙" not in str(case["timeline"])
        and "重新核查" not in str(case["timeline"])
        and "期限将到" not in str(case["timeline"])
    )
    assert not any(words in each["text"] for each in city.told(phone) for words in ("会签", "退回"))


def test_a_department_without_a_stage_countersigns_and_the_case_is_granted(city: City) -> None:
    _, me = city.neighbour()
    number = city.apply(me, "elder-allowance", City.phone())["case_no"]
    city.decide("zwzx", "clerk", number)
    _, task = city.task("mzj", "approver", number)
    assert (offered(task, "countersign"), offered(task, "return")) == (["gaj"], [])
    city.decide("mzj", "approver", number, "countersign", opinion="请核对户籍", to=["gaj"])
    police, asked = city.task("gaj", "approver", number)
    assert (asked["stage_name"], asked["asked_by"]) == ("会签", "成都市民政局")
    assert city.call("GET", f"/v1/staff/cases/{number}", police)["status"] == "in_review"
    city.decide("gaj", "approver", number, opinion="户籍相符")
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")
