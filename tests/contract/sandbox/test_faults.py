"""Faults on demand: down, slow, in error, each in the party's own way."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import ORDER, aliyun_message, tencent_message
from tests.contract.sandbox.stack import Stack


def test_a_party_that_is_down_cuts_the_connection(stack: Stack) -> None:
    stack.post("/faults", {"party": "sms", "mode": "down", "seconds": 30})
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):  # closed, or reset
        clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    stack.post("/faults", {"party": "sms", "mode": "down", "seconds": 0})
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack)).json()["Code"] == "OK"


def test_a_slow_party_has_done_its_work(stack: Stack) -> None:
    stack.post("/faults", {"party": "ems", "mode": "slow", "seconds": 30})
    answer = clients.ems(stack, ORDER)
    assert stack.get("/state")["waybills"][0]["number"] == answer["waybill"]


def test_error_answers_are_the_vendors_own(stack: Stack) -> None:
    pay, party = clients.wechat_pay(stack), stack.parties["wechat"]
    for name in ("sms", "wechat", "wechat_pay", "ems"):
        stack.post("/faults", {"party": name, "mode": "error", "seconds": 30})
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack)).json()["Code"] == "isp.SYSTEM_ERROR"
    assert clients.tencent(stack, "SendSms", tencent_message(stack))["Error"]["Code"] == "InternalError.OtherError"
    assert httpx.post(party["base_url"] + "/cgi-bin/stable_token", json={}).json()["errcode"] == -1
    status, text = pay.query(out_trade_no="RYBX000001")
    assert (status, json.loads(text)["code"]) == (500, "SYSTEM_ERROR")
    assert clients.ems(stack, ORDER)["success"] is False


def test_receipts_are_held_back_and_may_say_no(stack: Stack) -> None:
    stack.post("/faults", {"party": "sms_receipts", "mode": "down", "seconds": 0.5})
    clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    stack.until(lambda: not stack.get("/faults")["faults"])
    assert stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))[0][0]["success"] is True
    stack.product.seen.clear()
    stack.post("/faults", {"party": "sms_receipts", "mode": "error", "seconds": 30})
    clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    assert stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))[0][0]["success"] is False
