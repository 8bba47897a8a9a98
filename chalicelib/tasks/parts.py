"""Tasks, put together: one service for every kind the capabilities register."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.cases.service import Cases
    from chalicelib.tasks.model import Decision
    from chalicelib.tasks.service import Tasks


@cache
def tasks() -> Tasks:
    """Make the departments' desks."""
    from chalicelib import wiring
    from chalicelib.cases.parts import cases
    from chalicelib.identity.parts import identity
    from chalicelib.tasks.service import Tasks

    return Tasks(cases(), wiring.kinds(), identity)


def tasks_over(over: Cases) -> Tasks:
    """Make the same desks over cases that are only looked at; what puts nothing on paper is followed by nothing there."""
    from chalicelib import wiring
    from chalicelib.identity.parts import identity
    from chalicelib.tasks.service import Tasks

    kinds = {
        code: replace(kind, follow=kind.over(over) if kind.over else _nothing) for code, kind in wiring.kinds().items()
    }
    return Tasks(over, kinds, identity)


def _nothing(file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
    """Follow nothing."""
