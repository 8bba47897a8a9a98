"""Which workflow an event begins, and what its executions are called.

Each is named after its case: a second start is refused by name. One that failed is begun again as `<case_no>-1`, `-2` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import OWED, CaseFile, event_key
from chalicelib.vocabulary.events import EVENTS, EventName, Work

RESTARTS, WITHIN = 20, timedelta(days=1)
"""So many of one workflow of a case, and what fails then waits until the first of them is that long ago; somebody must look."""
_NAME = re.compile(r"(\d{12})(?:-(\d{1,6}))?", re.ASCII)


class KeepsFailing(Exception):
    """A workflow of a case was begun again `RESTARTS` times `WITHIN` a day: not now."""


def begun_by(event: EventName, facts: dict[str, Any]) -> Work | None:
    """Return the work an event begins. Where no fee is due there is nothing to pay, and delivery begins."""
    work = EVENTS[event].begins
    return "delivery" if work == "payment" and not facts.get("fee_fen") else work


def owes(file: CaseFile) -> Iterator[str]:
    """Yield every answer a workflow may not have heard; then, while no step of it has begun, the last event that begins something: what an
    earlier one began is over."""
    yield from (row.key for row in file.rows if row.token and row.outcome)
    if file.case.desk == round_desk(OWED, file.case.case_no):
        past = zip(file.numbers, file.events, strict=True)
        yield event_key(max(number for number, event in past if begun_by(event.name, event.data)))


def execution(case_no: str, restart: int = 0) -> str:
    """Name an execution."""
    return f"{case_no}-{restart}" if restart else case_no


def executions(machine: str) -> str:
    """Return the beginning of the names (ARN) of a state machine's executions."""
    return machine.replace(":stateMachine:", ":execution:") + ":"


def begun_again(name: str) -> tuple[str, int] | None:
    """Return case number and count of the restart that follows a failed execution; None for one that somebody started by hand."""
    ours = _NAME.fullmatch(name)
    return (ours[1], int(ours[2] or 0) + 1) if ours else None
