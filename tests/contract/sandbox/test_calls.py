"""Calls that walk our VoiceXML."""

from __future__ import annotations

import httpx
from starlette.responses import Response

from tests.contract.sandbox.letters import PHONE
from tests.contract.sandbox.stack import Stack


def test_a_call_walks_the_documents(stack: Stack) -> None:
    call = stack.post("/calls", {"caller": PHONE}).json()
    assert "请按1" in call["says"] and call["ended"] is False
    path = f"/calls/{call['call_id']}"
    assert stack.post(path, {"keys": ""}).json()["says"].startswith("没有听到按键。\n您好")
    assert stack.post(path, {"keys": "9"}).json()["says"].startswith("按键不对。")
    assert "12位办件编号" in stack.post(path, {"keys": "1"}).json()["says"]
    assert "260101123457" in stack.post(path, {"keys": "260101123457#"}).json()["says"]
    form = httpx.QueryParams(stack.product.seen[-1][2].decode())
    assert dict(form) == {"call": call["call_id"], "caller": PHONE, "seq": "2", "keys": "260101123457"}
    assert stack.http.request("DELETE", f"/sandbox{path}").json()["ended"] is True
    assert stack.post(path, {"keys": "1"}).status_code == 400


def test_keys_may_be_typed_ahead_and_silence_leads_to_a_person(stack: Stack) -> None:
    call = stack.post("/calls", {"caller": PHONE}).json()
    said = stack.post(f"/calls/{call['call_id']}", {"keys": "1260101123457"}).json()
    assert "您输入的是260101123457" in said["says"]
    silent = [stack.post(f"/calls/{call['call_id']}", {"keys": ""}).json() for _ in range(3)]
    assert silent[-1]["ended"] and silent[-1]["transferred"] == "tel:02812345001" and "转接人工" in silent[-1]["says"]


def test_a_call_to_nobody_ends(stack: Stack) -> None:
    stack.product.answers["/ivr/vxml"] = lambda count: Response("trouble", 500)
    call = stack.post("/calls", {"caller": PHONE}).json()
    assert call["ended"] and "没有正常应答" in call["says"] and call["fault"] == "HTTP 500"
