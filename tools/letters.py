"""Dead letters: what a queue or the stream gave up, put back to work (`make ops DO=replay`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from chalicelib import wiring
from infra.listening import hears
from infra.shapes import camel
from tools.system import System

LISTENERS = {"Stream": tuple(wiring.listeners()), **{camel(name): (name,) for name in wiring.apart()}}
"""Who listens in the functions whose dead letters are places of the table's stream."""
GONE = ("TrimmedDataAccessException", "ResourceNotFoundException")  # what the stream says of records it has no more


def replay(system: System) -> int:
    """Put every dead letter back to work; return how many. A place of the stream whose records are gone stays where it is."""
    done = 0
    for output, dead in system.outputs.items():
        if not output.endswith("DeadLetters"):
            continue
        name = output.removesuffix("DeadLetters")
        for letter in _letters(system, dead):
            if name in LISTENERS:
                if not _streamed(system, name, json.loads(letter["Body"])["DDBStreamBatchInfo"]):
                    continue
            else:
                system.client("sqs").send_message(QueueUrl=system.outputs[f"{name}Queue"], MessageBody=letter["Body"])
            system.client("sqs").delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])
            done += 1
    return done


def _letters(system: System, dead: str) -> Iterator[dict[str, Any]]:
    """Take every message of a queue; what is not deleted is seen there again after some minutes.

    Every server of the queue is asked, which takes a wait: without one, a queue may say that it is empty though it is not.
    """
    while True:
        told = system.client("sqs").receive_message(
            QueueUrl=dead, MaxNumberOfMessages=10, VisibilityTimeout=300, WaitTimeSeconds=5
        )
        letters = told.get("Messages", [])
        yield from letters
        if not letters:
            return


def _streamed(system: System, function: str, batch: dict[str, Any]) -> bool:
    """Owe each record of a failed batch that its function listens to; False where the stream has them no more (a day)."""
    try:
        records = list(_records(system.client("dynamodbstreams"), batch))
    except ClientError as gone:
        if (code := gone.response["Error"]["Code"]) not in GONE:
            raise
        print(f"流中已没有这些记录，请用 reconcile (records are gone): {code}", file=sys.stderr)
        return False
    for record in records:
        if hears(function, record):
            key = record["dynamodb"]["Keys"]
            for listener in LISTENERS[function]:
                system.owe(listener, key["case_no"]["S"], key["sk"]["S"])
    return True


def _records(streams: Any, batch: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Read the records of a batch. A page without records is not the end: the stream may have nothing to show in a stretch."""
    first, last = batch["startSequenceNumber"], int(batch["endSequenceNumber"])
    place = streams.get_shard_iterator(
        StreamArn=batch["streamArn"],
        ShardId=batch["shardId"],
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=first,
    )["ShardIterator"]
    while place:
        told = streams.get_records(ShardIterator=place)
        for record in told["Records"]:
            number = int(record["dynamodb"]["SequenceNumber"])
            if number <= last:
                yield record
            if number >= last:
                return
        place = told.get("NextShardIterator")
