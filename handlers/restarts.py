"""Executions that failed, begun again: told by the workflow engine itself, or found by the clock."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import SQSEvent

from chalicelib.cases.stream import wait
from chalicelib.kernel import clock
from chalicelib.workflows.parts import workflows
from handlers import messages

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["RestartsQueue", "Arn"]}


# five at most: an engine that hangs takes nine seconds a message
@routes.on_sqs_message(queue_arn=QUEUE, batch_size=5, name="restarts")
def restarts(event: SQSEvent) -> dict[str, Any]:
    """Begin each again."""

    def act(message: dict[str, Any], attempt: int) -> None:
        workflows().restart(message["work"], message["name"], clock.now(), attempt)

    return messages.each(event, "restarts", act, wait)
