"""Once a minute: every round the capabilities hang on the clock."""

from __future__ import annotations

from chalice import Blueprint, Rate
from chalice.app import CloudWatchEvent

from chalicelib import wiring
from chalicelib.kernel import clock as time
from chalicelib.kernel import log

routes = Blueprint(__name__)


@routes.schedule(Rate(1, unit=Rate.MINUTES), name="clock")
def clock(event: CloudWatchEvent) -> dict[str, int]:
    """Do each round of the minute; one that fails does not stop the others."""
    now, done = time.now(), {}
    for name, act in wiring.rounds().items():
        try:
            done[name] = act(now)
        except Exception as fault:
            log.error("round failed", fault, round=name)
    if any(done.values()):
        log.info("rounds", **done)
    return done
