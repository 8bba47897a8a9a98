"""Text messages: what is their own beside the rows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from tests.contract.channels.requests import sms
from tests.contract.channels.talking import REPLY, Listener, talk
from tests.contract.parties.aliyun.far import GATEWAY
from tests.unit.samples import NOW


def test_sms_replies_are_queued_one_for_each_message(heard: Listener) -> None:
    talk("aliyun", sms("aliyun", GATEWAY.sent(NOW, "进度", "5")))
    assert heard.sent == [("13800001234", REPLY.text, "aliyun:9000"), ("13800001234", REPLY.text, "aliyun:9001")]


def test_one_failing_message_of_a_batch_does_not_hold_up_the_others(
    heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(turn: Utterance, now: datetime) -> Reply:
        if turn.text == "坏":
            raise RuntimeError
        return REPLY

    monkeypatch.setattr(heard, "answer", answer)
    refused = talk("aliyun", sms("aliyun", GATEWAY.sent(NOW, "坏", "5")))
    assert refused.status == 503 and [key for _, _, key in heard.sent] == ["aliyun:9001"]


def test_json_refusals_are_json(heard: Listener) -> None:
    body: dict[str, Any] = json.loads(talk("tencent", sms("tencent", b"x")).body)
    assert body["result"] != 0 and body["errmsg"]
