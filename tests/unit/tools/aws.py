"""Queues, a stream and a table of AWS in memory, as far as the tools of ops ask them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.cases.service import Cases
from tools.system import System

OUTPUTS = {
    "OutboxQueue": "outbox",
    "NoticesQueue": "notices",
    "NoticesDeadLetters": "notices-dead",
    "OutboxDeadLetters": "outbox-dead",
    "StreamDeadLetters": "stream-dead",
    "FiguresDeadLetters": "figures-dead",
    "CasesTable": "cases",
}
ARN, SHARD = "stream-arn", "shard"


class Aws:
    """Queues, a stream of numbered records and a table, as far as they are asked."""

    def __init__(self) -> None:
        self.queues: dict[str, list[str]] = {name: [] for name in OUTPUTS.values()}
        self.records: list[dict[str, Any]] = []
        self.items: list[dict[str, Any]] = []
        self.hidden: set[tuple[str, str]] = set()
        self.gone = False
        self.closed = False  # the shard: nothing comes after its last record

    def __call__(self, service: str) -> Aws:
        return self

    def owed(self) -> list[tuple[str, str, str]]:
        """What is on the outbox queue: listener, case, row."""
        return [(each["listener"], each["case_no"], each["row"]) for each in map(json.loads, self.queues["outbox"])]

    def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:
        self.queues[QueueUrl].append(MessageBody)

    def receive_message(
        self, *, QueueUrl: str, MaxNumberOfMessages: int, VisibilityTimeout: int, WaitTimeSeconds: int
    ) -> dict[str, Any]:
        assert WaitTimeSeconds, "a short poll asks some of a queue's servers only"
        seen = [body for body in self.queues[QueueUrl] if (QueueUrl, body) not in self.hidden][:MaxNumberOfMessages]
        self.hidden |= {(QueueUrl, body) for body in seen}
        return {"Messages": [{"Body": body, "ReceiptHandle": body} for body in seen]} if seen else {}

    def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> None:
        self.queues[QueueUrl].remove(ReceiptHandle)

    def get_shard_iterator(self, **asked: str) -> dict[str, str]:
        if self.gone:
            raise ClientError({"Error": {"Code": "TrimmedDataAccessException"}}, "GetShardIterator")
        assert (asked["StreamArn"], asked["ShardId"], asked["ShardIteratorType"]) == (ARN, SHARD, "AT_SEQUENCE_NUMBER")
        return {"ShardIterator": asked["SequenceNumber"]}

    def get_records(self, *, ShardIterator: str) -> dict[str, Any]:
        """Two records a page, and after each page an empty one, as DynamoDB may answer; a shard that is open has no last page."""
        first, _, empty = ShardIterator.partition(" ")
        if empty:
            return {"Records": [], "NextShardIterator": first}
        left = [each for each in self.records if int(each["dynamodb"]["SequenceNumber"]) >= int(first)]
        after = str(int(left[1]["dynamodb"]["SequenceNumber"]) + 1) if len(left) > 1 else "999"
        more = {} if self.closed and len(left) < 3 else {"NextShardIterator": f"{after} empty"}
        return {"Records": left[:2], **more}

    def get_paginator(self, operation: str) -> Aws:
        return self

    def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
        for item in self.items:
            yield {"Items": [item]}


@dataclass(frozen=True)
class Held(System):
    """A stack whose cases and services are those of a test."""

    kept: Cases
    services: Any = None

    def cases(self) -> Cases:
        return self.kept

    def catalogue(self) -> Any:
        return self.services
