"""Once a minute, each by itself: every round the capabilities hang on the clock."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint

from chalicelib import wiring
from chalicelib.kernel import clock as time
from chalicelib.kernel import log

routes = Blueprint(__name__)


@routes.lambda_function(name="clock")
def clock(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Do the round {"round": name}, in an invocation of its own so that none waits for another; all of them where none is named.

    Return how many things each moved on; what failed is not in it, and comes again in a minute.
    """
    rounds, now, done = wiring.rounds(), time.now(), {}
    for name in [event["round"]] if "round" in event else list(rounds):
        try:
            done[name] = rounds[name](now)
        except Exception as fault:
            log.error("round failed", fault, round=name)
    if any(done.values()):
        log.info("rounds", **done)
    return done
