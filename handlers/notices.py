"""The sender of notices: takes from the queue."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import SQSEvent

from chalicelib.kernel import clock
from chalicelib.notices.model import Retry, wait
from chalicelib.notices.parts import notices as sender
from handlers import messages

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["NoticesQueue", "Arn"]}


@routes.on_sqs_message(queue_arn=QUEUE, batch_size=1, name="notices")
def notices(event: SQSEvent) -> dict[str, Any]:
    """Send each message."""
    act = lambda message, attempt: sender().handle(message, clock.now(), attempt)  # noqa: E731
    return messages.each(event, "notices", act, wait, expected=Retry)
