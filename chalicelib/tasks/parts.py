"""Tasks, put together: one service for every kind the capabilities register."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.tasks.service import Tasks


@cache
def tasks() -> Tasks:
    """Make the departments' desks."""
    from chalicelib import wiring
    from chalicelib.cases.parts import cases
    from chalicelib.identity.parts import identity
    from chalicelib.tasks.service import Tasks

    return Tasks(cases(), wiring.kinds(), identity)
