"""The cases table's stream: the outbox."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import DynamoDBEvent

from chalicelib import wiring
from chalicelib.cases.outbox import Change
from chalicelib.kernel import clock

stream_routes = Blueprint(__name__)
STREAM: Any = {"Fn::GetAtt": ["CasesTable", "StreamArn"]}


@stream_routes.on_dynamodb_record(stream_arn=STREAM, batch_size=25, starting_position="TRIM_HORIZON", name="stream")
def stream(event: DynamoDBEvent) -> dict[str, Any]:
    """Carry out what was written; report from where to retry."""
    changes = [
        Change(record.sequence_number, _plain(record.old_image), _plain(record.new_image))
        for record in event
        if record.event_name != "REMOVE"
    ]
    wiring.figures().count(changes, clock.now())
    failed = wiring.outbox().react(changes)
    return {"batchItemFailures": [{"itemIdentifier": failed}] if failed else []}


def _plain(image: dict[str, Any] | None) -> dict[str, Any]:
    return {name: next(iter(value.values())) for name, value in (image or {}).items()}
