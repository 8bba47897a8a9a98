"""What of a change could not be carried out when the stream told of it: tried again, a message by itself."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import SQSEvent

from chalicelib.cases.parts import outbox as put_off
from chalicelib.cases.stream import wait
from chalicelib.kernel import clock
from handlers import messages

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["OutboxQueue", "Arn"]}


# five at most: an engine that hangs takes nine seconds a message
@routes.on_sqs_message(queue_arn=QUEUE, batch_size=5, name="outbox")
def outbox(event: SQSEvent) -> dict[str, Any]:
    """Carry out each, whoever was to listen."""
    act = lambda message, attempt: put_off().carry_out(message, clock.now(), attempt)  # noqa: E731
    return messages.each(event, "outbox", act, wait)
