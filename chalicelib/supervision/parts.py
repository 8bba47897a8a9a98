"""Supervision, put together: figures are counted apart, by a function of their own, and stop nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.capability import Listener
    from chalicelib.supervision.service import Figures


@cache
def figures() -> Figures:
    """Make the counter and the board."""
    from chalicelib.supervision.service import Figures
    from chalicelib.supervision.store import Days

    return Figures(Days(config.client("dynamodb"), config.table("counters")))


LISTENERS: dict[str, Listener] = {"figures": lambda change: figures().count([change])}
"""Counts a change by itself, where it is put back to work from the dead letters (`make ops`)."""
