"""顺丰: orders that are signed, routes that are told and pushed."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest

from parties.registry import PARTIES
from parties.sf.orders import digest
from tests.contract.sandbox.stack import Stack
from tests.contract.sandbox.test_couriers import PARCEL, ordered

ENDS = [
    {"contactType": kind, "contact": "王某", "mobile": "13800001234", "address": "四川省成都市青羊区1号"}
    for kind in (1, 2)
]


def call(stack: Stack, service: str, body: Any, **change: str) -> dict[str, Any]:
    party, stamp, data = stack.parties["sf"], str(int(time.time() * 1000)), json.dumps(body)
    stamp = change.get("timestamp", stamp)
    form = {"partnerID": party["partner_id"], "requestID": "1", "serviceCode": service, "timestamp": stamp}
    form |= {"msgData": data, "msgDigest": digest(data, stamp, party["checkword"])}
    answer: dict[str, Any] = httpx.post(party["base_url"], data=form | change).json()
    return answer if answer["apiResultCode"] != "A1000" else json.loads(answer["apiResultData"])


def test_who_does_not_sign_rightly_is_not_heard(stack: Stack) -> None:
    for change, code in (
        ({"msgDigest": "x"}, "A1006"),
        ({"partnerID": "other"}, "A1003"),
        ({"timestamp": "1"}, "A1002"),
        ({"serviceCode": "EXP_RECE_NOTHING"}, "A1004"),
        ({"requestID": ""}, "A1001"),
    ):
        assert call(stack, "EXP_RECE_CREATE_ORDER", {}, **change)["apiResultCode"] == code


def test_one_order_is_one_waybill_and_a_second_one_is_refused(stack: Stack) -> None:
    order = {"orderId": "260101123457S9", "monthlyCard": stack.parties["sf"]["monthly_card"], "contactInfoList": ENDS}
    one = call(stack, "EXP_RECE_CREATE_ORDER", order)
    number = one["msgData"]["waybillNoInfoList"][0]["waybillNo"]
    assert one["success"] and number.startswith("SF") and len(number) == 15
    assert call(stack, "EXP_RECE_CREATE_ORDER", order)["errorCode"] == "8016"
    found = call(stack, "EXP_RECE_SEARCH_ORDER_RESP", {"orderId": "260101123457S9"})
    assert found["msgData"]["waybillNoInfoList"][0]["waybillNo"] == number
    assert call(stack, "EXP_RECE_SEARCH_ORDER_RESP", {"orderId": "none"})["errorCode"] == "8018"
    wrong: list[dict[str, Any]] = [
        {"orderId": 7},
        {"monthlyCard": "x"},
        {"contactInfoList": ENDS[:1]},
        {"contactInfoList": 5},
    ]
    assert all(not call(stack, "EXP_RECE_CREATE_ORDER", order | each)["success"] for each in wrong)


def test_what_became_of_a_parcel_is_told_to_who_asks(stack: Stack) -> None:
    number = ordered(stack, "sf")
    for button in ("揽收", "投递", "退回"):
        stack.post(f"/sf/{number}", {"action": button})
    found = PARTIES["sf"].roles["courier"](stack.parties["sf"]).routes(number)
    assert [(each.kind, each.waybill) for each in found] == [
        ("moving", number),
        ("moving", number),
        ("returned", number),
    ]


@pytest.mark.parametrize("turns", [1, 2])
def test_routes_are_pushed_in_json_and_in_xml(stack: Stack, turns: int) -> None:
    number = ordered(stack, "sf")
    for _ in range(turns):
        stack.product.seen.clear()
        stack.post(f"/sf/{number}", {"action": "运输"})
        ((_, headers, body, _),) = stack.until(lambda: list(stack.product.seen))
    assert body.startswith(b"{") == headers["content-type"].startswith("application/json") == (turns == 1)
    assert number.encode() in body and PARCEL.order_no.encode() in body
