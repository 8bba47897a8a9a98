"""How often something may be done: the moments of the last window are kept, and no more than the limit of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.kernel import clock
from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried


def take(expiring: Expiring, key: str, limits: Sequence[tuple[int, int]], now: datetime) -> None:
    """Count one more under `key`. Raises TooMany, saying when it may be done again, and counts nothing, if a limit is reached.

    `limits` are (how many, in how many seconds).
    """

    def count() -> None:
        past, rev = _past(expiring, key, limits, now)
        expiring.put(key, {"at": [*past, clock.epoch(now)]}, max(span for _, span in limits), now, rev)

    retried(count, TooMany("操作过于频繁，请稍后再试", code="too_many"))


def look(expiring: Expiring, key: str, limits: Sequence[tuple[int, int]], now: datetime) -> None:
    """Raise TooMany as `take` would, and count nothing: for what is counted only when it turns out wrong."""
    _past(expiring, key, limits, now)


def _past(expiring: Expiring, key: str, limits: Sequence[tuple[int, int]], now: datetime) -> tuple[list[int], int]:
    """Return what was counted in the longest window, and its rev. Raises TooMany if a limit is reached."""
    kept, rev = expiring.get(key, now)
    moment = clock.epoch(now)
    past = [at for at in (kept or {}).get("at", []) if at > moment - max(span for _, span in limits)]
    for most, span in limits:
        inside = [at for at in past if at > moment - span]
        if len(inside) >= most:
            wait = sorted(inside)[-most] + span - moment
            raise TooMany(f"操作过于频繁，请{clock.lasting(timedelta(seconds=wait))}后再试", code="too_many")
    return past, rev
