"""Start over when somebody else was first between reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chalicelib.kernel.errors import AppError, Conflict

T = TypeVar("T")
TIMES = 5


def retried(act: Callable[[], T], busy: AppError | None = None) -> T:
    """Run `act`, which reads and then writes once; run it anew after a `changed_meanwhile`.

    Raises `busy`, or else the last Conflict, when others were first `TIMES` times.
    """
    for _ in range(TIMES - 1):
        try:
            return act()
        except Conflict as conflict:
            if conflict.code != "changed_meanwhile":
                raise
    try:
        return act()
    except Conflict as conflict:
        raise (busy if busy and conflict.code == "changed_meanwhile" else conflict) from None
