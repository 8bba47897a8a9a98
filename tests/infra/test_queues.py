"""Queues: what a message asks for is tried again, and what is given up rings."""

from __future__ import annotations

from typing import Any

import pytest

from infra.template import parts

PART = parts()
LISTENING = tuple(name for name, each in PART["Functions"].items() if "Listens" in each)
DEAD_LETTERS = tuple(f"{name}DeadLetters" for name in (*LISTENING, *PART["Queues"]))


def test_every_queue_is_worked_off_by_the_function_of_its_name() -> None:
    assert set(PART["Queues"]) == {name for name, each in PART["Functions"].items() if "Works" in each}


@pytest.mark.parametrize(("name", "size"), [("Notices", 1), ("Documents", 5), ("Outbox", 5), ("Restarts", 5)])
def test_what_works_a_queue_tries_again_and_nothing_is_lost(resources: dict[str, Any], name: str, size: int) -> None:
    queue, function = resources[f"{name}Queue"]["Properties"], resources[name]["Properties"]
    (source,) = function["Events"].values()
    works = source["Properties"]
    assert works["Queue"] == {"Fn::GetAtt": [f"{name}Queue", "Arn"]} and works["BatchSize"] == size
    assert works["FunctionResponseTypes"] == ["ReportBatchItemFailures"] and works["ScalingConfig"]
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]}


@pytest.mark.parametrize("letters", DEAD_LETTERS)
def test_dead_letters_ring(resources: dict[str, Any], letters: str) -> None:
    assert resources[letters]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600
    alarm = resources[f"{letters}Alarm"]["Properties"]
    assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": [letters, "QueueName"]}}]
    assert alarm["AlarmActions"]
