"""The cases table's stream. The function `stream` does what must not be lost: start and wake workflows, tell citizens.

Whoever else listens (figures) is a function of its own, with its own filter, retries and failure queue, and holds nobody up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalice import Blueprint
from chalice.app import DynamoDBEvent

from chalicelib import wiring
from chalicelib.capability import Listener
from chalicelib.cases.model import Change
from chalicelib.cases.stream import carry_out
from chalicelib.kernel.parts import queue

routes = Blueprint(__name__)
CASES: Any = {"Fn::GetAtt": ["CasesTable", "StreamArn"]}


@routes.on_dynamodb_record(stream_arn=CASES, batch_size=25, starting_position="TRIM_HORIZON", name="stream")
def stream(event: DynamoDBEvent) -> dict[str, Any]:
    """Carry out what was written; report from where to retry."""
    return batch(event, wiring.listeners())


def batch(event: DynamoDBEvent, listeners: Mapping[str, Listener]) -> dict[str, Any]:
    """Let listeners carry out a batch, what fails put off. Return what Lambda reads of a batch that failed half way."""
    failed = carry_out(changes(event), listeners, queue("outbox").send)
    return {"batchItemFailures": [{"itemIdentifier": failed}] if failed else []}


def changes(event: DynamoDBEvent) -> Iterator[Change]:
    """Read what a batch tells of."""
    for record in event:
        if record.event_name != "REMOVE":
            yield Change(record.sequence_number, _plain(record.old_image), _plain(record.new_image))


def _plain(image: dict[str, Any] | None) -> dict[str, Any]:
    return {name: next(iter(value.values())) for name, value in (image or {}).items()}
