"""Messages are sent ten a call, and one that was not taken is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.queue import Queue


class Sqs:
    """What SQS was sent, by call; it refuses what is in `refused`."""

    def __init__(self, refused: int | None = None) -> None:
        self.calls: list[list[int]] = []
        self.refused = refused

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:
        assert QueueUrl == "url" and len({each["Id"] for each in Entries}) == len(Entries)
        self.calls.append([json.loads(each["MessageBody"])["n"] for each in Entries])
        failed = [{"Id": each["Id"]} for each in Entries if json.loads(each["MessageBody"])["n"] == self.refused]
        return {"Failed": failed} if failed else {}


@pytest.mark.parametrize(("count", "calls"), [(0, []), (10, [10]), (23, [10, 10, 3])])
def test_messages_go_ten_a_call(count: int, calls: list[int]) -> None:
    sqs = Sqs()
    Queue(sqs, "url").send_all([{"n": number} for number in range(count)])
    assert [len(call) for call in sqs.calls] == calls and [n for call in sqs.calls for n in call] == list(range(count))


def test_one_that_was_not_taken_is_told() -> None:
    with pytest.raises(Unavailable):
        Queue(Sqs(refused=11), "url").send_all([{"n": number} for number in range(30)])
