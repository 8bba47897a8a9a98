"""(k) What takes two: a certificate voided by two supervisors, a name put right with its certificate; and a case a higher organ decides."""

from __future__ import annotations

from typing import Any

from tests.journey.city import City
from tests.journey.hostile.kit import send
from tests.journey.test_m_refunds import strike
from tools.stack import Stack

FORM = {"id_number": "510104193608150010", "household": "local", "name": "王桂芳"}
ORGAN = "四川省市场监督管理局"


def supervisors(city: City, department: str) -> tuple[str, str]:
    """Sign in the two supervisors of a department."""
    found = [
        each for each in city.endpoints["staff"] if each["department"] == department and "supervisor" in each["roles"]
    ]
    one, two = (city.sign_in(each) for each in found[:2])
    return one, two


def card(city: City, phone: str) -> tuple[str, str, str]:
    """File for an elder's card and have it granted; return the citizen's token, the case and the card's number."""
    _, me = city.neighbour()
    case_no = str(city.apply(me, "elder-card", phone, form=FORM)["case_no"])
    city.decide("mzj", "approver", case_no)
    return me, case_no, str(city.status(me, case_no, "delivered")["certificate"]["number"])


def proposal(city: City, token: str, case_no: str, kind: str) -> dict[str, Any]:
    """Return what lies on a supervisor's desk to be confirmed."""
    tasks = city.call("GET", "/v1/tasks", token)["tasks"]
    found: dict[str, Any] = next(each for each in tasks if (each["case_no"], each["kind"]) == (case_no, kind))
    return found


def confirm(city: City, token: str, task: dict[str, Any], outcome: str = "approve") -> Any:
    body = {"outcome": outcome, "opinion": "已核对登记和材料"}
    return send(city, "POST", f"/v1/tasks/{task['task_id']}/decision", token, json=body)


def kinds(city: City, token: str, case_no: str, wanted: str) -> list[str]:
    """Wait until a case's documents have one of this kind; return all their titles."""

    def look() -> list[str]:
        found = city.call("GET", f"/v1/cases/{case_no}/documents", token)["documents"]
        return [each["title"] for each in found] if wanted in [each["kind"] for each in found] else []

    return list(city.until(look, wanted))


def test_two_supervisors_void_a_case_and_its_certificate_is_worth_nothing(city: City) -> None:
    phone = City.phone()
    me, case_no, number = card(city, phone)
    one, two = supervisors(city, "mzj")
    place, asked = f"/v1/staff/cases/{case_no}", {"reason": "同一人重复发证"}
    for token in (city.clerk("gaj", "supervisor"), city.clerk("mzj", "approver"), me):
        assert send(city, "POST", f"{place}/voiding", token, json=asked).status_code == 403
    assert send(city, "POST", f"{place}/voiding", one, json={}).status_code == 400
    assert city.call("POST", f"{place}/voiding", one, json=asked)["status"] == "delivered"
    city.call("POST", f"{place}/voiding", two, 409, json=asked)
    assert city.call("GET", f"/v1/certificates/{number}")["state"] == "valid"
    assert "voided" not in city.events(me, case_no)

    task = proposal(city, two, case_no, "voiding")
    assert task["reason"] == "同一人重复发证" and task["due"]
    own = proposal(city, one, case_no, "voiding")["choices"]
    assert [each["name"] for each in own] == ["收回"], "who proposed it may take it back, no more"
    alone = confirm(city, one, task)
    assert (alone.status_code, alone.json()["code"]) == (403, "own_proposal")
    assert confirm(city, two, task).status_code == 200
    assert city.call("GET", f"/v1/certificates/{number}")["state"] == "revoked"
    case = city.case(me, case_no)
    assert case["status"] == "void" and case["can"] == [] and case["certificate"]["state"] == "revoked"
    assert case["timeline"][-1]["text"].startswith("成都市民政局作废了这个办件：同一人重复发证；")
    city.heard(phone, "已作废：同一人重复发证")
    assert "作废通知书" in kinds(city, me, case_no, "voided")
    again = {"reason": "误注销，予以换发"}
    city.call("POST", f"/v1/staff/certificates/{number}/reissue", one, 409, json=again)


def test_what_was_paid_for_a_void_case_goes_back_and_its_parcel_stays(stack: Stack, city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    delivery = {"method": "courier", "name": "张三", "phone": phone, "address": "四川省成都市青羊区人民中路1号"}
    number = city.apply(me, "residence-permit-replacement", phone, delivery=delivery)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    order = city.call("POST", f"/v1/cases/{number}/payment", me, json={})
    city.call("POST", f"/sandbox/pay/{order['out_trade_no']}", json={}, expect=(200, 201, 202))
    city.make(number)
    city.status(me, number, "dispatching")
    window, parcel = city.task("zwzx", "clerk", number)
    assert parcel["kind"] == "handover"

    one, two = supervisors(city, "gaj")
    city.call("POST", f"/v1/staff/cases/{number}/voiding", one, json={"reason": "申请人信息录错"})
    assert confirm(city, two, proposal(city, two, number, "voiding")).status_code == 200
    case = city.case(me, number)
    assert case["status"] == "void" and "已缴的20.00元按原支付方式退回" in case["timeline"][-1]["text"]
    city.call("POST", f"/v1/tasks/{parcel['task_id']}/decision", window, 409, json={"outcome": "approve"})
    refund = proposal(city, two, number, "refund")
    assert refund["amount_fen"] == 2000
    assert not refund["choices"], "the party gives it back by itself"
    strike(stack, "refunded")
    city.heard(phone, "20.00元已按原支付方式退回")
    states = stack.client("stepfunctions")
    machines = {each["name"]: each["stateMachineArn"] for each in states.list_state_machines()["stateMachines"]}

    def running() -> set[str]:
        arns = [arn.replace(":stateMachine:", ":execution:") + f":{number}" for arn in machines.values()]
        return {arn for arn in arns if state(states, arn) == "RUNNING"}

    city.until(lambda: not running(), "no workflow waits for a void case")


def state(states: Any, arn: str) -> str:
    """How an execution stands; empty for one that never began."""
    try:
        return str(states.describe_execution(executionArn=arn)["status"])
    except states.exceptions.ExecutionDoesNotExist:
        return ""


def test_a_wrong_name_is_put_right_by_two_and_the_card_is_given_anew(city: City) -> None:
    phone = City.phone()
    me, case_no, number = card(city, phone)
    one, two = supervisors(city, "mzj")
    place, asked = f"/v1/staff/cases/{case_no}", {"form": {"name": "李桂芬"}, "reason": "窗口录入时打错"}
    city.call("POST", f"{place}/revising", one, 400, json=asked | {"form": {"name": "王桂芳"}})
    city.call("POST", f"{place}/revising", one, json=asked)
    task = proposal(city, two, case_no, "revising")
    assert task["fields"] == ["老人姓名"] and "李桂芬" not in str(task)
    assert "李桂芬" not in str(city.call("GET", place, two))
    clear = city.call("POST", f"{place}/reveal", two, json={"purpose": "复核更正"})
    assert [(each["was"], each["now"]) for each in clear["proposed"]] == [("王桂芳", "李桂芬")]
    police = city.clerk("gaj", "supervisor")
    assert send(city, "POST", f"{place}/reveal", police, json={"purpose": "看看"}).status_code == 403

    assert confirm(city, two, task).status_code == 200
    case = city.case(me, case_no)
    fresh = case["certificate"]
    assert case["form"]["name"] == "李桂芬" and fresh["number"] != number and case["status"] == "delivered"
    states = [city.call("GET", f"/v1/certificates/{each}")["state"] for each in (number, fresh["number"])]
    assert (
        states == ["revoked", "valid"] and city.call("GET", f"/v1/certificates/{fresh['number']}")["holder"] == "李*芬"
    )
    (told,) = city.heard(phone, "登记的老人姓名已更正")
    assert "证照已换发，新编号" in told and "李桂芬" not in told
    assert "更正通知书" in kinds(city, me, case_no, "revised")


def test_what_a_higher_organ_decides_ends_here_and_says_where_to_ask(city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    number = city.apply(me, "restaurant-opening", phone)["case_no"]
    place, asked = f"/v1/staff/cases/{number}", {"organ": ORGAN, "opinion": "符合条件，建议准予"}
    city.decide("zwzx", "clerk", number)
    for department in ("scjgj", "xfj"):
        city.decide(department, "approver", number)
    approver, task = city.task("scjgj", "approver", number)
    assert task["kind"] == "decision"
    assert send(city, "POST", f"{place}/transfer", city.clerk("xfj", "approver"), json=asked).status_code == 403
    assert city.call("POST", f"{place}/transfer", approver, json=asked)["status"] == "closed"
    city.call("POST", f"/v1/tasks/{task['task_id']}/decision", approver, 409, json={"outcome": "approve"})
    city.heard(phone, f"已转报{ORGAN}审查决定")
    assert "转报告知书" in kinds(city, me, number, "transferred")
    city.until(lambda: "rating_invited" in city.events(me, number), "the service was given, and is rated")
    assert city.case(me, number)["can"] == ["rate"]
