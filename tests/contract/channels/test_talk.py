"""Every talk channel held to its rows: answered in its own way, again the same, and never with a trace of our faults."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from channels.registry import TALK
from parties.wire import Outbound
from tests.contract.channels.rows import ROWS, Row
from tests.contract.channels.talking import Listener, talk


def ask(row: Row) -> Outbound:
    return talk(row.channel, row.request)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.channel}: {row.label}")
def test_a_request_is_answered_in_the_partys_own_way(row: Row, heard: Listener) -> None:
    answer = ask(row)
    assert answer.status == row.status and row.expect in answer.body
    assert len(heard.turns) == row.turns
    if row.said is not None:
        assert (heard.turns[0].text, heard.turns[0].sender) == (row.said, row.sender)
    if row.channel == "ivr":
        ET.fromstring(answer.body)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.label.startswith("good")], ids=lambda row: f"{row.channel}: {row.label}"
)
def test_a_replay_has_the_same_message_id(row: Row, heard: Listener) -> None:
    first, again = ask(row), ask(row)
    assert len({turn.message_id for turn in heard.turns}) == 1
    assert first.status == again.status == 200


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.label.startswith("good")], ids=lambda row: f"{row.channel}: {row.label}"
)
def test_a_fault_of_ours_shows_no_trace_and_is_asked_again(row: Row, heard: Listener) -> None:
    heard.fault = RuntimeError("the table is away: 13800001234")
    answer = ask(row)
    assert "table" not in answer.body and not heard.sent
    if row.channel == "ivr":
        assert answer.status == 200 and "<transfer" in answer.body, "a caller is passed on, not dropped"
    else:
        assert answer.status == 503


def test_every_channel_has_rows() -> None:
    assert {row.request.path.removeprefix("/channels/") for row in ROWS} == set(TALK)
