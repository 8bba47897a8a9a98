"""(m) Money: a fee by formula paid on a phone's browser, another paid in cash at the counter."""

from __future__ import annotations

import secrets

import httpx

from tests.journey.city import City

DAYS = {"starts": "2026-12-15", "ends": "2026-12-20"}
SENT = (200, 201, 202)


def test_a_fee_by_area_and_days_is_paid_on_a_phones_browser(city: City) -> None:
    phone = City.phone()
    _, me = city.neighbour()
    form = {"road_class": "main", "area": 30, **DAYS}
    counted = city.call("POST", "/v1/services/road-occupation/fee", json={"form": form})
    assert counted["total_fen"] == 50 * 30 * 6 and counted["lines"][0]["how"] == "主干道0.50元×30平方米×6天"
    late = {"form": form | {"ends": "2026-12-01"}}
    refused = city.call("POST", "/v1/services/road-occupation/fee", expect=400, json=late)
    assert [each["path"] for each in refused["fields"]] == ["form.ends"]
    receipt = city.apply(me, "road-occupation", phone, form=form)
    number = receipt["case_no"]
    assert receipt["fee"]["total_fen"] == 9000 and city.case(me, number)["fee"]["decided"] is False
    city.decide("zwzx", "clerk", number)
    for department in ("cgw", "jgj", "cgw"):
        city.decide(department, "approver", number)
    case = city.status(me, number, "awaiting_payment")
    assert case["payment"]["amount_fen"] == 9000 and case["fee"]["decided"] and case["payment"]["counter"]["hours"]
    asked = next(each for each in case["timeline"] if each["event"] == "payment_requested")
    assert asked["data"]["until"] == case["payment"]["until"] and "24时前缴费90.00元" in asked["text"]
    assert city.heard(phone, "应缴费90.00元，请")

    pay = f"/v1/cases/{number}/payment"
    code = city.call("POST", pay, me, json={})
    order = city.call("POST", pay, me, json={"scene": "h5"})
    assert code["code_url"] and order["out_trade_no"] != code["out_trade_no"], "one order at a time"
    assert city.call("POST", pay, me, 400, json={"scene": "jsapi"})["fields"][0]["path"] == "scene"
    city.call("POST", f"/sandbox/pay/{code['out_trade_no']}", expect=409, json={})
    page = httpx.get(order["h5_url"])
    assert page.status_code == 200 and "¥90.00" in page.text
    back = f"{city.endpoints['api']}/#/pages/pay/index?case_no={number}"
    assert httpx.post(order["h5_url"], data={"back": back}).headers["location"] == back
    case = city.status(me, number, "producing")
    assert (case["payment"]["state"], case["payment"]["way"]) == ("paid", "online")
    papers = city.until(
        lambda: [each for each in city.case(me, number)["documents"] if each["kind"] == "paid"], "the receipt"
    )
    assert papers[0]["title"] == "缴费凭据"
    cashier = city.clerk("cgw", "cashier")
    look = [each["case_no"] for each in city.call("GET", "/v1/tasks", cashier)["tasks"]]
    assert number not in look, "what is paid online waits at no counter"


def test_who_has_no_wechat_pays_in_cash_and_is_told_where(city: City) -> None:
    phone, window = City.phone(), city.clerk("zwzx", "clerk")
    number = city.apply(window, "residence-permit-replacement", phone, delivery={"method": "pickup"})["case_no"]
    city.decide("zwzx", "clerk", number)
    city.decide("gaj", "approver", number)
    assert city.heard(phone, "或到成都市青羊区草市街2号公安窗口（工作日9:00至17:00）缴现金、刷卡")
    cashier, task = city.task("gaj", "cashier", number)
    assert (task["kind"], task["amount_fen"], task["choices"][0]["takes"]) == ("cashier", 2000, True)
    whole = city.call("GET", f"/v1/staff/cases/{number}", cashier)
    assert whole["fee"]["lines"][0]["name"] == "居住证工本费" and "*" in whole["form"]["id_number"]
    city.call("POST", f"/v1/staff/cases/{number}/reveal", cashier, 403, json={"purpose": "收费"})
    place, receipt = f"/v1/tasks/{task['task_id']}/decision", f"{secrets.randbelow(10**10):010d}"
    taken = {"outcome": "approve", "pay_way": "cash", "receipt_no": receipt}
    city.call("POST", place, city.clerk("gaj", "approver"), 403, json=taken)
    missing = city.call("POST", place, cashier, 400, json={"outcome": "approve"})
    assert {each["path"] for each in missing["fields"]} == {"pay_way", "receipt_no"}
    for _ in range(2):
        city.call("POST", place, cashier, json=taken)
    whole = city.until(
        lambda: (lambda case: case if case["status"] == "producing" else None)(
            city.call("GET", f"/v1/staff/cases/{number}", cashier)
        ),
        "the result",
    )
    assert (whole["payment"]["way"], whole["payment"]["receipt_no"]) == ("cash", receipt)
    assert [each["event"] for each in whole["timeline"]].count("paid") == 1
    papers = city.until(
        lambda: [
            each
            for each in city.call("GET", f"/v1/cases/{number}/documents", cashier)["documents"]
            if each["kind"] == "paid"
        ],
        "the receipt",
    )
    assert papers[0]["title"] == "缴费凭据" and httpx.get(papers[0]["url"]).content.startswith(b"%PDF")
