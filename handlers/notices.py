"""The sender of notices: takes from the queue; and takes the carriers' receipts."""

from __future__ import annotations

import json
from typing import Any

from chalice import Blueprint
from chalice.app import Response, SQSEvent

from chalicelib import wiring
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import AppError, NotFound, PartyFault
from chalicelib.notices.model import Retry
from channels.receipts import DIALECTS, Receipts
from handlers import http

notice_routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["NoticesQueue", "Arn"]}


@notice_routes.on_sqs_message(queue_arn=QUEUE, batch_size=1, name="notices")
def notices(event: SQSEvent) -> dict[str, Any]:
    """Send each message; what could not be sent is hidden by the schedule and reported, so that the queue keeps it."""
    failed = []
    for record in event.to_dict()["Records"]:
        attempt = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
        try:
            wiring.notices().handle(json.loads(record["body"]), clock.now(), attempt)
        except Exception as fault:
            if not isinstance(fault, Retry):
                log.error("notice not sent", fault, attempt=attempt)
            wiring.notices().later(record["receiptHandle"], attempt)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


@notice_routes.route("/channels/sms/{provider}/receipts", methods=["POST"], content_types=http.ANY_TEXT)
def receipts(provider: str) -> Response:
    """Take a batch of receipts of one carrier."""
    if provider not in DIALECTS:
        raise NotFound("没有这个短信通道")
    reader, inbound, now = Receipts(DIALECTS[provider]), http.inbound(notice_routes.current_request), clock.now()
    try:
        reader.verify(inbound, now)
        wiring.notices().receipts(reader.read(inbound, now), now)
    except AppError as error:
        return http.outbound(reader.refuse(error))
    except Exception as fault:
        log.error("receipts failed", fault, provider=provider)
        return http.outbound(reader.refuse(PartyFault(code="internal")))
    return http.outbound(reader.acknowledge())
