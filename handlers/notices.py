"""The sender of notices: takes from the queue."""

from __future__ import annotations

import json
from typing import Any

from chalice import Blueprint
from chalice.app import SQSEvent

from chalicelib.kernel import clock, log
from chalicelib.notices.model import Retry
from chalicelib.notices.parts import notices as sender

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["NoticesQueue", "Arn"]}


@routes.on_sqs_message(queue_arn=QUEUE, batch_size=1, name="notices")
def notices(event: SQSEvent) -> dict[str, Any]:
    """Send each message; what could not be sent is hidden by the schedule and reported, so that the queue keeps it."""
    failed = []
    for record in event.to_dict()["Records"]:
        attempt = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
        try:
            sender().handle(json.loads(record["body"]), clock.now(), attempt)
        except Exception as fault:
            if not isinstance(fault, Retry):
                log.error("notice not sent", fault, attempt=attempt)
            sender().later(record["receiptHandle"], attempt)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
