"""Dead letters go back to work, each to who listened, and nothing is missed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib import wiring
from tests.unit.tools.aws import ARN, SHARD, Aws
from tools.letters import replay
from tools.system import System


def record(number: int, sk: str = "case", name: str = "INSERT", **more: str) -> dict[str, Any]:
    keys = {"case_no": {"S": f"c{number}"}, "sk": {"S": sk}}
    image = {**keys, **{key: {"S": text} for key, text in more.items()}}
    return {"eventName": name, "dynamodb": {"SequenceNumber": str(number), "Keys": keys, "NewImage": image}}


def letter(first: int, last: int) -> str:
    place = {"streamArn": ARN, "shardId": SHARD, "startSequenceNumber": str(first), "endSequenceNumber": str(last)}
    return json.dumps({"DDBStreamBatchInfo": place})


def test_letters_of_a_queue_go_back_to_it(aws: Aws, system: System) -> None:
    aws.queues["notices-dead"] = [f'{{"event": {number}}}' for number in range(25)]
    assert replay(system) == 25
    assert len(aws.queues["notices"]) == 25 and not aws.queues["notices-dead"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_batch_of_the_stream_is_read_to_its_end_and_owed_to_who_listened(
    aws: Aws, system: System, closed: bool
) -> None:
    aws.closed = closed
    aws.records = [
        record(1),
        record(2),
        record(3, "event#000002", status="followed"),
        record(4, name="REMOVE"),
        record(5),
        record(6),
        *([] if closed else [record(7)]),
    ]
    aws.queues["stream-dead"], aws.queues["figures-dead"] = [letter(2, 5)], [letter(6, 6)]
    assert replay(system) == 2
    rows = [("c2", "case"), ("c3", "event#000002"), ("c5", "case")]
    streamed = [(listener, *row) for row in rows for listener in wiring.listeners()]
    assert aws.owed() == [*streamed, ("figures", "c6", "case")]
    assert not aws.queues["stream-dead"] and not aws.queues["figures-dead"]


def test_of_a_batch_nobody_is_owed_what_he_does_not_listen_to(aws: Aws, system: System) -> None:
    """Each event writes the head again: counted from there, an application would be received as often as something happens."""
    aws.records = [
        record(1, name="MODIFY"),
        record(2, "event#000002"),  # nothing follows it
        record(3, "task#a#b#1", "MODIFY", token="t", outcome="approve"),
        record(4, "task#a#b#1", "MODIFY", token="t"),
        record(5, "notice#000002"),
    ]
    aws.queues["stream-dead"], aws.queues["figures-dead"] = [letter(1, 5)], [letter(1, 5)]
    assert replay(system) == 2
    assert aws.owed() == [
        *((listener, "c3", "task#a#b#1") for listener in wiring.listeners()),
        ("figures", "c2", "event#000002"),
    ]


def test_records_that_are_gone_leave_their_letter_where_it_is(aws: Aws, system: System) -> None:
    aws.gone, aws.queues["stream-dead"] = True, [letter(1, 1)]
    assert replay(system) == 0 and aws.queues["stream-dead"] == [letter(1, 1)]
