"""What `make logs` gives: each line once, in order, with its function; nothing but our JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.logs import LATE, Follower

NOW = 1_760_000_000.0


class Logs:
    """CloudWatch Logs, as far as it is asked; filters as AWS does: by time, and every quoted word is there."""

    def __init__(self) -> None:
        self.groups: dict[str, list[tuple[float, str]]] = {}

    def say(self, function: str, at: float, message: str) -> None:
        self.groups.setdefault(f"/aws/lambda/city-{function}-0A1B", []).append((at, message))

    def get_paginator(self, operation: str) -> Any:
        logs = self

        class Paginator:
            def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
                if operation == "describe_log_groups":
                    yield {"logGroups": [{"logGroupName": name} for name in logs.groups]}
                    return
                words = [word for word in asked["filterPattern"].split('"') if word.strip()]
                for at, message in logs.groups[asked["logGroupName"]]:
                    if at * 1000 >= asked["startTime"] and all(word in message for word in words):
                        yield {"events": [{"logStreamName": "s", "timestamp": int(at * 1000), "message": message}]}

        return Paginator()


def line(happening: str, **facts: str) -> str:
    return json.dumps({"level": "info", "happening": happening, **facts})


def happenings(follower: Follower) -> list[tuple[str, str]]:
    return [(said["function"], said["happening"]) for said in map(json.loads, follower.look())]


def test_each_line_comes_once_and_in_order() -> None:
    logs = Logs()
    follower = Follower(logs, "city", NOW - 600)
    logs.say("Stream", NOW - 700, line("before we looked"))
    logs.say("Stream", NOW + 1, line("second"))
    logs.say("APIHandler", NOW, line("first"))
    assert happenings(follower) == [("APIHandler", "first"), ("Stream", "second")]
    assert happenings(follower) == []
    logs.say("Stream", NOW + 1 - LATE / 2, line("late"))
    logs.say("Stream", NOW + 2, line("third"))
    assert happenings(follower) == [("Stream", "late"), ("Stream", "third")]


def test_only_lines_of_ours_and_only_of_the_case() -> None:
    logs = Logs()
    for message in (
        "START RequestId: 1",
        '{"happening": broken',
        line("mine", case_no="2601"),
        line("other", case_no="2602"),
    ):
        logs.say("Steps", NOW, message)
    assert happenings(Follower(logs, "city", NOW)) == [("Steps", "mine"), ("Steps", "other")]
    assert happenings(Follower(logs, "city", NOW, "2601")) == [("Steps", "mine")]
