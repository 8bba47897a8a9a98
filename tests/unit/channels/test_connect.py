"""The telephone as Amazon Connect speaks it, over the real dialogue and desk."""

from __future__ import annotations

from typing import Any

import pytest

from channels import connect
from handlers import callbacks
from tests.unit.dialogue.fakes import World
from tests.unit.samples import ID

KEYED = ID.replace("X", "*")


def event(keys: str, seq: str, caller: str = "+8613800001234") -> dict[str, Any]:
    contact = {"ContactId": "11-22", "CustomerEndpoint": {"Address": caller, "Type": "TELEPHONE_NUMBER"}}
    return {"Name": "ContactFlowEvent", "Details": {"ContactData": contact, "Parameters": {"keys": keys, "seq": seq}}}


def test_amazon_connect_walks_the_same_conversation(world: World) -> None:
    seq, answer = "0", {}
    for keys in ["", "1", "1", KEYED, "1", "2", "#", "1"]:
        said = connect.read(event(keys, seq), world.now)
        answer = connect.render(said, world.dialogue.answer(said, world.now))
        assert all(isinstance(value, str) for value in answer.values())
        seq = answer["seq"]
    assert "已收到" in answer["says"] and answer["ended"] == "false" and len(world.store.heads) == 1
    said = connect.read(event("0", seq), world.now)
    assert connect.render(said, world.dialogue.answer(said, world.now))["transfer"] == "true"


@pytest.mark.parametrize(
    "bad",
    [None, {}, {"Details": None}, {"Details": {"ContactData": {"ContactId": 5}}}, event("x", "0"), event("1", "z")],
)
def test_amazon_connect_is_refused_flatly(bad: Any) -> None:
    answer = callbacks.connect(bad, None)
    assert answer["transfer"] == "true" and answer["error"] == "bad_message"
