"""Start over when somebody else changed the case between reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chalicelib.kernel.errors import Conflict

T = TypeVar("T")
TIMES = 5


def retried(act: Callable[[], T]) -> T:
    """Run `act`, which reads and then writes once; run it anew after a `changed_meanwhile`. Raises Conflict at the last try."""
    for _ in range(TIMES - 1):
        try:
            return act()
        except Conflict as conflict:
            if conflict.code != "changed_meanwhile":
                raise
    return act()
