"""The steps of the workflows: one Lambda, one table. A step that waits is handed the workflow's token and answers nothing;
the answer is the `outcome` that somebody writes on the row later, and the stream carries it back.

A step may be called again at any time: by a retry, or by a workflow begun anew after an outage.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalice import Blueprint

from chalicelib import wiring
from chalicelib.kernel import clock, log

steps_routes = Blueprint(__name__)
Step = Callable[[dict[str, Any], datetime], dict[str, Any] | None]


def _open_task(event: dict[str, Any], now: datetime) -> None:
    wiring.stages().open_task(event["case_no"], event["stage"], event["department"], event["token"], now)


def _await_supplement(event: dict[str, Any], now: datetime) -> None:
    wiring.stages().await_supplement(event["case_no"], event["stage"], event["department"], event["token"], now)


STEPS: dict[str, Step] = {
    "open_task": _open_task,
    "await_supplement": _await_supplement,
    "collect": lambda event, now: wiring.payments().open(event["case_no"], event["token"], now),
    "deliver": lambda event, now: wiring.delivery().start(event["case_no"], event["token"], now),
    "invite": lambda event, now: wiring.ratings().invite(event["case_no"], event["token"], now),
    "close": lambda event, now: wiring.delivery().close(event["case_no"], now),
}


def run(event: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """Do one step. Whatever is raised is a fault, which the workflow retries. Raises KeyError for a step that does not exist."""
    name = event["step"]
    try:
        return STEPS[name](event, now)
    except Exception as fault:
        log.error("step failed", fault, step=name, case_no=event.get("case_no"))
        raise


@steps_routes.lambda_function(name="steps")
def steps(event: dict[str, Any], context: Any) -> dict[str, Any] | None:
    """Entry point of the workflows."""
    return run(event, clock.now())
