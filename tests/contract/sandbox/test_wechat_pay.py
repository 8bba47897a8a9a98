"""WeChat Pay, as wechatpayv3 meets it: orders, closing, and notices that really come."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import OPENID
from tests.contract.sandbox.stack import Stack


def order(stack: Stack, number: str, total: int = 500, **more: Any) -> tuple[int, Any]:
    status, text = clients.wechat_pay(stack).pay(
        description="护照工本费", out_trade_no=number, amount={"total": total}, payer={"openid": OPENID}, **more
    )
    return status, json.loads(text)


def test_an_order_is_paid_and_told_of(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    assert order(stack, "RYB20260105A1")[1]["prepay_id"].startswith("wx")
    assert json.loads(pay.query(out_trade_no="RYB20260105A1")[1])["trade_state"] == "NOTPAY"
    assert stack.get(f"/wechat/{OPENID}")["unpaid"][0]["amount_fen"] == 500
    assert stack.post("/pay/RYB20260105A1").json() == {"trade_state": "SUCCESS"}
    stack.until(lambda: stack.product.bodies("/pay/wechat/notify"))
    _, headers, body, _ = stack.product.seen[-1]
    told = pay.callback(headers, body)
    assert told["event_type"] == "TRANSACTION.SUCCESS"
    paid = told["resource"]
    assert (paid["out_trade_no"], paid["amount"]["total"], paid["payer"]["openid"]) == ("RYB20260105A1", 500, OPENID)
    assert (paid["mchid"], paid["appid"]) == (
        stack.parties["wechat_pay"]["mchid"],
        stack.parties["wechat_pay"]["appid"],
    )
    queried = json.loads(pay.query(out_trade_no="RYB20260105A1")[1])
    assert queried["transaction_id"] == paid["transaction_id"] and len(paid["transaction_id"]) == 28
    assert stack.post("/pay/RYB20260105A1").json() == {"trade_state": "SUCCESS"}


def test_native_orders_have_a_code(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    from wechatpayv3 import WeChatPayType

    status, text = pay.pay("护照工本费", "RYBNATIVE01", {"total": 1}, pay_type=WeChatPayType.NATIVE)
    assert status == 200 and json.loads(text)["code_url"].startswith("weixin://wxpay/")


def test_orders_again(stack: Stack) -> None:
    assert order(stack, "RYBAGAIN01") == order(stack, "RYBAGAIN01")
    assert order(stack, "RYBAGAIN01", 501) == (403, {"code": "OUT_TRADE_NO_USED", "message": "商户订单号重复"})
    stack.post("/pay/RYBAGAIN01")
    assert order(stack, "RYBAGAIN01")[1]["code"] == "ORDERPAID"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"description": ""}, "/description"),
        ({"out_trade_no": "a b"}, "/out_trade_no"),
        ({"notify_url": "http://example.com/x"}, "/notify_url"),
        ({"notify_url": "https://example.com/x?a=1"}, "/notify_url"),
        ({"amount": {"total": 0}}, "/amount/total"),
        ({"amount": {"total": 1.5}}, "/amount/total"),
        ({"payer": {}}, "/payer/openid"),
        ({"time_expire": "2026-01-01"}, "/time_expire"),
    ],
)
def test_a_wrong_order_names_its_field(stack: Stack, change: dict[str, Any], path: str) -> None:
    core, party = clients.wechat_pay(stack)._core, stack.parties["wechat_pay"]
    right = {"appid": party["appid"], "mchid": party["mchid"], "description": "x", "out_trade_no": "RYBWRONG1"}
    right |= {"notify_url": party["notify_url"], "amount": {"total": 1}, "payer": {"openid": OPENID}}
    from wechatpayv3.core import RequestType

    status, text = core.request("/v3/pay/transactions/jsapi", RequestType.POST, data=right | change)
    assert (status, json.loads(text)["code"], json.loads(text)["detail"]["field"]) == (400, "PARAM_ERROR", path)


def test_closing(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    order(stack, "RYBCLOSE01")
    assert pay.close("RYBCLOSE01")[0] == 204
    assert json.loads(pay.query(out_trade_no="RYBCLOSE01")[1])["trade_state"] == "CLOSED"
    assert stack.post("/pay/RYBCLOSE01").status_code == 409
    order(stack, "RYBCLOSE02")
    stack.post("/pay/RYBCLOSE02")
    assert json.loads(pay.close("RYBCLOSE02")[1])["code"] == "ORDERPAID"
    assert (pay.query(out_trade_no="RYBNONE")[0], stack.post("/pay/RYBNONE").status_code) == (404, 404)


def test_an_order_whose_time_is_over_is_closed(stack: Stack) -> None:
    order(stack, "RYBLATE001", time_expire="2020-01-01T00:00:00+08:00")
    assert json.loads(clients.wechat_pay(stack).query(out_trade_no="RYBLATE001")[1])["trade_state"] == "CLOSED"


def test_a_false_signature_is_refused(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    pay._core._mchid = "1999999999"
    status, text = pay.query(out_trade_no="RYBX000001")
    assert (status, json.loads(text)["code"]) == (401, "SIGN_ERROR")
    pay = clients.wechat_pay(stack)
    real, pay._core._gate_way = pay._core._gate_way, stack.party("wechat_pay")
    url = f"{real}/v3/pay/transactions/out-trade-no/X?mchid=1"
    for header in ("", 'WECHATPAY2-SHA256-RSA2048 mchid="1"', "Bearer x"):
        answer = httpx.get(url, headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_ERROR")


def test_the_notice_is_repeated_until_taken(stack: Stack) -> None:
    stack.product.answers["/pay/wechat/notify"] = lambda count: Response("", 500 if count < 3 else 204)
    order(stack, "RYBNOTIFY1")
    stack.post("/pay/RYBNOTIFY1")
    stack.until(lambda: len(stack.product.seen) == 3)
    letters, stamps = (
        stack.product.bodies("/pay/wechat/notify"),
        {row[1]["wechatpay-nonce"] for row in stack.product.seen},
    )
    assert len({letter["id"] for letter in letters}) == 1 and len(stamps) == 3


def test_the_probe_with_a_false_signature(stack: Stack) -> None:
    stack.product.answers["/pay/wechat/notify"] = lambda count: Response("", 401 if count == 1 else 204)
    stack.post("/faults", {"party": "wechat_pay_notify", "mode": "error", "seconds": 30})
    order(stack, "RYBPROBE01")
    stack.post("/pay/RYBPROBE01")
    stack.until(lambda: len(stack.product.seen) == 2)
    signatures = [row[1]["wechatpay-signature"] for row in stack.product.seen]
    assert [each.startswith("WECHATPAY/SIGNTEST/") for each in signatures] == [True, False]


def test_notices_three_times_and_out_of_order(stack: Stack) -> None:
    stack.post("/faults", {"party": "wechat_pay", "mode": "duplicate", "seconds": 30})
    for number in ("RYBDUP0001", "RYBDUP0002"):
        order(stack, number)
        stack.post(f"/pay/{number}")
    stack.until(lambda: len(stack.product.seen) == 6)
    pay = clients.wechat_pay(stack)
    numbers = [
        pay.callback(headers, body)["resource"]["out_trade_no"][-1] for _, headers, body, _ in stack.product.seen
    ]
    assert numbers[:4] == ["2", "1", "1", "2"] and sorted(numbers) == ["1"] * 3 + ["2"] * 3


def test_a_public_notify_address_is_reached_here(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    pay._notify_url = "https://gov.example.cn/api/channels/pay/wechat/notify"
    pay.pay(
        description="x",
        out_trade_no="RYBPUBLIC1",
        amount={"total": 1},
        payer={"openid": OPENID},
        notify_url=pay._notify_url,
    )
    stack.post("/pay/RYBPUBLIC1")
    stack.until(lambda: stack.product.bodies("/pay/wechat/notify"))
