"""The telephone: what is its own beside the rows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from chalicelib.intake.model import Ask, Reply
from tests.contract.channels.requests import ivr
from tests.contract.channels.talking import REPLY, Listener, talk


@pytest.mark.parametrize(
    ("reply", "there", "missing"),
    [
        (REPLY, ["field", "submit", "grammar", "noinput"], ["disconnect"]),
        (Reply("再见", ended=True), ["disconnect"], ["field", "submit"]),
        (Reply("转人工", transfer=True), ["transfer"], ["field", "disconnect"]),
        (Reply("证件", ask=Ask("digits", 18, {"*": "返回", "#": "跳过"})), ["field", "ruleref"], ["disconnect"]),
    ],
)
def test_a_voice_document_says_asks_or_ends(
    heard: Listener, reply: Reply, there: list[str], missing: list[str]
) -> None:
    heard.reply = reply
    tags = {node.tag.rpartition("}")[2] for node in ET.fromstring(talk("ivr", ivr("1")).body).iter()}
    assert tags >= set(there) and not tags & set(missing)
