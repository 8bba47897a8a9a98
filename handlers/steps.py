"""The steps of the workflows: one Lambda, one table. A step that waits is handed the workflow's token and answers nothing;
the answer is the `outcome` that somebody writes on the row later, and the stream carries it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalice import Blueprint

from chalicelib import wiring
from chalicelib.kernel import clock, log

routes = Blueprint(__name__)


def run(event: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """Do one step. Whatever is raised is a fault, which the workflow retries. Raises KeyError for a step that does not exist."""
    name = event["step"]
    try:
        return wiring.steps()[name](event, now)
    except Exception as fault:
        log.error("step failed", fault, step=name, case_no=event.get("case_no"))
        raise


@routes.lambda_function(name="steps")
def steps(event: dict[str, Any], context: Any) -> dict[str, Any] | None:
    """Entry point of the workflows."""
    return run(event, clock.now())
