"""Once a minute: find what fell through, ask after payments whose notice got lost, start again what an outage ended."""

from __future__ import annotations

from collections.abc import Callable

from chalice import Blueprint, Rate
from chalice.app import CloudWatchEvent

from chalicelib import wiring
from chalicelib.kernel import clock, log

clock_routes = Blueprint(__name__)


@clock_routes.schedule(Rate(1, unit=Rate.MINUTES), name="clock")
def tick(event: CloudWatchEvent) -> dict[str, int]:
    """Do each round of the minute; one that fails does not stop the others."""
    now = clock.now()
    rounds: dict[str, Callable[[], int]] = {
        "started": lambda: wiring.outbox().sweep(now),
        "resumed": lambda: wiring.outbox().resume(now),
        "lapsed": lambda: wiring.stages().lapse_due(now),
        "dispatched": lambda: wiring.delivery().dispatch(now),
        "settled": lambda: wiring.payments().settle(now),
    }
    done = {}
    for name, act in rounds.items():
        try:
            done[name] = act()
        except Exception as fault:
            log.error("round failed", fault, round=name)
    if any(done.values()):
        log.info("rounds", **done)
    return done
