"""Executions that failed, begun again: told by the workflow engine itself, or found by the clock."""

from __future__ import annotations

import json
from typing import Any

from chalice import Blueprint
from chalice.app import SQSEvent

from chalicelib.kernel import log
from chalicelib.workflows.parts import workflows

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["RestartsQueue", "Arn"]}


@routes.on_sqs_message(queue_arn=QUEUE, batch_size=10, name="restarts")
def restarts(event: SQSEvent) -> dict[str, Any]:
    """Begin each again; what could not be begun comes back from the queue."""
    failed = []
    for record in event.to_dict()["Records"]:
        try:
            told = json.loads(record["body"])
            workflows().restart(told["work"], told["name"])
        except Exception as fault:
            log.error("workflow not begun again", fault)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
