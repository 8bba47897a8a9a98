"""Supervision, put together: figures are counted apart, by a function of their own, and stop nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.capability import Capability
from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.supervision.service import Figures


@cache
def figures() -> Figures:
    """Make the counter and the board."""
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.supervision.service import Figures
    from chalicelib.supervision.store import Days

    return Figures(Days(config.client("dynamodb"), config.table("counters")), catalogue())


CAPABILITY = Capability(apart={"figures": lambda change: figures().count([change])})
"""The function counts a batch at once (`handlers/supervision.py`), and a change by itself what comes back from its dead letters."""
