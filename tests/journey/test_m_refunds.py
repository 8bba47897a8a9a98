"""Money that goes back without a hand on the table, and a day's bill matched until it is closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

from chalicelib.kernel import clock
from tests.journey.city import City
from tools.stack import Stack

HOME = {"method": "courier", "name": "张三", "address": "四川省成都市青羊区人民中路1号"}
SERVICE = "residence-permit-replacement"


def strike(stack: Stack, name: str) -> None:
    """Let the clock do one of its rounds now."""
    payload = json.dumps({"round": name}).encode()
    struck = stack.client("lambda").invoke(FunctionName=stack.outputs["ClockFunction"], Payload=payload)
    assert "FunctionError" not in struck, struck["Payload"].read()


def fault(city: City, party: str, mode: str, seconds: int) -> None:
    city.call("POST", "/sandbox/faults", json={"party": party, "mode": mode, "seconds": seconds}, expect=(200, 201))


def paid(city: City, me: str, phone: str, **more: Any) -> tuple[str, str]:
    """File, decide and pay; return the case's number and the order's."""
    number = city.apply(me, SERVICE, phone, **more)["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    city.status(me, number, "awaiting_payment")
    trade = city.call("POST", f"/v1/cases/{number}/payment", me, json={})["out_trade_no"]
    city.call("POST", f"/sandbox/pay/{trade}", json={}, expect=(200, 201, 202))
    return number, trade


def test_withdrawn_after_payment_and_refunded_without_a_hand_on_the_table(stack: Stack, city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    number, _ = paid(city, me, phone, delivery=HOME | {"phone": phone})
    city.until(lambda: "producing" in city.events(me, number), "the making")
    assert "withdraw" in city.case(me, number)["can"]
    city.call("POST", f"/v1/cases/{number}/withdrawal", me, json={}, headers={"Idempotency-Key": f"w{number}"})
    case = city.case(me, number)
    assert case["status"] == "withdrawn" and "已缴的20.00元按原支付方式退回" in case["timeline"][-1]["text"]
    assert "结果不再制作" in case["timeline"][-1]["text"]
    (refund,) = case["payment"]["refunds"]
    assert (refund["amount_fen"], refund["reason"]) == (2000, "撤回申请")
    strike(stack, "refunded")
    city.until(lambda: city.case(me, number)["payment"]["refunds"][0]["state"] == "done", "the refund")
    assert city.heard(phone, "20.00元已按原支付方式退回") and city.events(me, number)[-1] == "refunded"
    page = city.call("GET", "/v1/tasks", city.clerk("gaj", "supervisor"))
    assert not [task for task in page["tasks"] if task["case_no"] == number]


def test_what_the_party_cannot_give_back_is_asked_again_by_a_supervisor(stack: Stack, city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    number, _ = paid(city, me, phone)
    city.make(number)
    city.status(me, number, "ready_for_pickup")
    assert "withdraw" not in city.case(me, number)["can"], "something was made of it"
    posts = [each for each in city.endpoints["staff"] if (each["department"], each["roles"]) == ("gaj", ["supervisor"])]
    one, two = (city.sign_in(each) for each in posts[:2])
    asked = {"amount_fen": 500, "reason": "多收费用"}
    city.call("POST", f"/v1/staff/cases/{number}/refund", one, json=asked)

    def task(kind: str) -> Any:
        page = city.call("GET", "/v1/tasks", two)
        return next((each for each in page["tasks"] if (each["case_no"], each["kind"]) == (number, kind)), None)

    confirm = {"outcome": "approve", "opinion": "已核对"}
    city.call("POST", f"/v1/tasks/{city.until(lambda: task('refunding'))['task_id']}/decision", two, json=confirm)
    fault(city, "wechat_pay_refund", "closed", 20)
    strike(stack, "refunded")
    city.heard(phone, "没能按原支付方式退回")
    fault(city, "wechat_pay_refund", "closed", 0)
    again = city.until(lambda: (lambda found: found if found and found["choices"] else None)(task("refund")), "a task")
    city.call("POST", f"/v1/tasks/{again['task_id']}/decision", two, json={"outcome": "retry"})
    strike(stack, "refunded")
    city.until(lambda: city.case(me, number)["payment"]["refunds"][0]["state"] == "done", "the refund")
    assert city.heard(phone, "5.00元已按原支付方式退回")


def test_a_days_bill_with_six_kinds_of_gaps_is_matched_and_closed(stack: Stack, city: City) -> None:
    (_, me), phone = city.neighbour(), City.phone()
    today = clock.now().date()
    cases = [paid(city, me, phone) for _ in range(4)]
    for number, _ in cases:
        city.make(number)
        city.status(me, number, "ready_for_pickup")
    bill = city.call("GET", f"/sandbox/bill/wechat_pay/{today}")["lines"]
    short, amount, status, twice = (next(row for row in bill if row["out_trade_no"] == trade) for _, trade in cases)
    amended: dict[str, Any] = {
        short["number"]: {"drop": True},
        amount["number"]: {"fen": 1999},
        status["number"]: {"state": "REVOKED"},
        "4200000000000000000000000001": {"fen": 2000, "out_trade_no": twice["out_trade_no"], "day": str(today)},
        "4200000000000000000000000002": {"fen": 700, "out_trade_no": "SOMEBODYELSE1", "day": str(today)},
        "NOBODYSREFUND1": {"fen": 100, "refund": True, "day": str(today)},
    }
    city.call("POST", "/sandbox/bill", json=amended)
    _want(stack, str(today))
    strike(stack, "balanced")
    accountant = city.sign_in(next(each for each in city.endpoints["staff"] if each["username"] == "accountant"))
    ledger = city.call("GET", "/v1/staff/ledger", accountant)
    gaps = {gap["kind"]: gap for gap in ledger["gaps"] if gap["number"] in amended}
    assert set(gaps) == {"short", "amount", "status", "twice", "long", "refund_unknown"}
    assert gaps["amount"]["case_no"] == cases[1][0] and gaps["amount"]["theirs_fen"] == 1999
    supervisor = city.clerk("gaj", "supervisor")
    city.call("GET", "/v1/staff/ledger", supervisor, 403)
    for gap in city.call("GET", "/v1/staff/ledger", accountant)["gaps"]:
        said = {"how": "explained", "note": "已与商户平台核对"}
        settled = city.call("POST", f"/v1/staff/ledger/{gap['gap_id']}/settlement", accountant, json=said)
        assert settled["settled_by"]
        city.call("POST", f"/v1/staff/ledger/{gap['gap_id']}/settlement", accountant, 409, json=said)
    assert not city.call("GET", "/v1/staff/ledger", accountant)["gaps"]
    row = _day(stack, str(today))
    assert row["status"] == {"S": "closed"}
    strike(stack, "balanced")
    assert _day(stack, str(today)) == row, "a second run changes nothing"
    yesterday = str(today - timedelta(days=1))
    if clock.now().hour >= 10:
        assert _day(stack, yesterday)["status"] == {"S": "closed"}


def _want(stack: Stack, day: str) -> None:
    """Have the bill of a day fetched, as `make ops DO=bill` does."""
    about = {**os.environ, "DO": "bill", "PARTY": "wechat_pay", "DAY": day, "RONGYIBAN_STATE": str(stack.state)}
    subprocess.run([sys.executable, "-m", "tools.ops"], env=about, check=True)


def _day(stack: Stack, day: str) -> dict[str, Any]:
    key = {"case_no": {"S": f"ledger#wechat_pay#{day}"}, "sk": {"S": "day"}}
    found = stack.client("dynamodb").get_item(TableName=stack.outputs["CasesTable"], Key=key, ConsistentRead=True)
    return dict(found["Item"])
