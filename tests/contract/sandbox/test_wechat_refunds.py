"""WeChat Pay's refunds and bills, as wechatpayv3 meets them."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import pytest

from chalicelib.kernel import clock
from parties.wechat_pay.bill import lines, unpacked
from tests.contract.sandbox import clients
from tests.contract.sandbox.stack import Stack
from tests.contract.sandbox.test_wechat_pay import order


def paid(stack: Stack, number: str, total: int = 500) -> str:
    """Pay an order; return the number of its transaction."""
    order(stack, number, total)
    stack.post(f"/pay/{number}")
    told = json.loads(clients.wechat_pay(stack).query(out_trade_no=number)[1])
    return str(told["transaction_id"])


def refund(stack: Stack, number: str, transaction: str, fen: int, total: int = 500) -> tuple[int, Any]:
    amount = {"refund": fen, "total": total, "currency": "CNY"}
    status, text = clients.wechat_pay(stack).refund(number, amount, transaction_id=transaction, reason="撤回申请")
    return status, json.loads(text)


def test_a_refund_is_taken_once_told_of_and_never_more_than_was_paid(stack: Stack) -> None:
    transaction = paid(stack, "RYBBACK0001")
    first = refund(stack, "RYBBACK0001R1", transaction, 300)
    assert first[0] == 200 and first[1]["status"] == "PROCESSING"
    assert refund(stack, "RYBBACK0001R1", transaction, 300)[1]["refund_id"] == first[1]["refund_id"]
    assert refund(stack, "RYBBACK0001R1", transaction, 301)[0] == 400
    assert refund(stack, "RYBBACK0001R2", transaction, 201)[1]["code"] == "INVALID_REQUEST"
    pay = clients.wechat_pay(stack)
    stack.until(lambda: json.loads(pay.query_refund("RYBBACK0001R1")[1])["status"] == "SUCCESS")
    stack.until(lambda: len(stack.product.bodies("/pay/wechat/notify")) == 2)
    told = [pay.callback(headers, body) for _, headers, body, _ in stack.product.seen]
    back = next(each for each in told if each["event_type"] == "REFUND.SUCCESS")["resource"]
    assert (back["out_refund_no"], back["refund_status"], back["amount"]["refund"]) == ("RYBBACK0001R1", "SUCCESS", 300)
    assert back["mchid"] == stack.parties["wechat_pay"]["mchid"] and back["success_time"]


@pytest.mark.parametrize(("mode", "status"), [("closed", "CLOSED"), ("abnormal", "ABNORMAL")])
def test_a_refund_that_comes_to_nothing(stack: Stack, mode: str, status: str) -> None:
    transaction = paid(stack, f"RYBNO{status}")
    stack.post("/faults", {"party": "wechat_pay_refund", "mode": mode, "seconds": 30})
    refund(stack, f"RYBNO{status}R1", transaction, 500)
    query = clients.wechat_pay(stack).query_refund
    stack.until(lambda: json.loads(query(f"RYBNO{status}R1")[1])["status"] == status)


def test_no_balance_no_order_no_refund(stack: Stack) -> None:
    transaction = paid(stack, "RYBSHORT001")
    stack.post("/faults", {"party": "wechat_pay_refund", "mode": "short", "seconds": 30})
    assert refund(stack, "RYBSHORT001R1", transaction, 1)[1]["code"] == "NOT_ENOUGH"
    assert refund(stack, "RYBSHORT001R2", "4200none", 1)[0] == 404
    assert clients.wechat_pay(stack).query_refund("RYBNONER1")[0] == 404


@pytest.mark.parametrize("field", ["out_refund_no", "transaction_id", "amount", "reason"])
def test_a_wrong_refund_names_its_field(stack: Stack, field: str) -> None:
    from wechatpayv3.core import RequestType

    body: dict[str, Any] = {"out_refund_no": "R1", "transaction_id": "4200", "reason": "退"}
    body |= {"amount": {"refund": 1, "total": 1, "currency": "CNY"}}
    body |= {field: "" if field.endswith(("no", "id")) else "长" * 81 if field == "reason" else {}}
    status, text = clients.wechat_pay(stack)._core.request("/v3/refund/domestic/refunds", RequestType.POST, data=body)
    assert status == 400 and field in json.loads(text)["detail"]["field"]


def test_the_bill_of_a_day_and_as_somebody_wants_to_see_it_matched(stack: Stack) -> None:
    pay, day = clients.wechat_pay(stack), clock.now().date().isoformat()
    assert json.loads(pay.trade_bill("2020-01-01")[1])["code"] == "NO_STATEMENT_EXIST"
    assert pay.trade_bill("yesterday")[0] == 400
    transaction, other = paid(stack, "RYBBILL0001"), paid(stack, "RYBBILL0002")
    refund(stack, "RYBBILL0001R1", transaction, 300)
    stack.post("/bill", {other: {"drop": True}, "4299": {"fen": 7, "out_trade_no": "NOBODY", "day": day}})
    told = json.loads(pay.trade_bill(day)[1])
    status, body = pay.download_bill(told["download_url"])
    assert status == 200 and hashlib.sha1(gzip.decompress(body)).hexdigest() == told["hash_value"]
    found = {line.number: line for line in lines(unpacked(body, told["hash_value"]))}
    assert found[transaction].amount_fen == 500 and found["RYBBILL0001R1"].kind == "out"
    assert other not in found and found["4299"].out_trade_no == "NOBODY"
    assert stack.get(f"/bill/wechat_pay/{day}")["lines"]
    assert pay.download_bill(told["download_url"] + "x")[0] == 400
