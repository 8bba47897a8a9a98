"""The table's stream is the outbox: what a transaction wrote is carried out from here, at least once.

What cannot be carried out now becomes a message of its own on the queue `outbox` and holds nobody up; it is tried there for days,
from what the row says then. What the stream lost of a case whose next step has not begun is carried out a minute later: each listener
says which rows it may owe. Carrying out twice must do no more than once, and of two changes of a case the later may come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.capability import Listener, Owes
from chalicelib.cases.faults import noted
from chalicelib.cases.model import OWED, CaseFile, Change, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, log

SCHEDULE = (5, 10, 20, 40, 80, 300, 900, 3600)
"""Seconds from one try of a message to the next; the last one is repeated until the queue gives it up."""
OWED_AFTER = timedelta(minutes=1)
Later = Callable[[dict[str, Any]], None]
"""Puts {"listener", "case_no", "row"} on the queue."""


def carry_out(changes: Iterable[Change], listeners: Mapping[str, Listener], later: Later) -> str | None:
    """Let each listener carry out each change, in order. What fails goes to the queue, and with it the rest of the batch for that
    listener: its engine may be down, and each try would wait.

    Return the sequence number to retry from where even the queue is out of reach, or None when all is done.
    """
    down: set[str] = set()
    for change in changes:
        for name, listener in listeners.items():
            try:
                if name not in down:
                    listener(change)
                    continue
            except Exception as fault:
                down.add(name)
                log.warning("change put off", listener=name, fault=type(fault).__name__, **_place(change))
            try:
                later({"listener": name, **_place(change)})
            except Exception as fault:
                log.error("change not carried out", fault, listener=name, **_place(change))
                return change.sequence
    return None


def _place(change: Change) -> dict[str, Any]:
    return {"case_no": change.new.get("case_no"), "row": change.new.get("sk")}


def owed(file: CaseFile, owes: Mapping[str, Owes]) -> list[tuple[str, str]]:
    """Return what a case may be owed, listener and key of the row, in the order in which it is carried out."""
    return [(name, key) for name, keys in owes.items() for key in keys(file)]


class Outbox:
    """Carry out what was put off or lost, from the row as it is now."""

    def __init__(self, cases: Cases, listeners: Mapping[str, Listener], owes: Mapping[str, Owes]) -> None:
        self._cases, self._listeners, self._owes = cases, listeners, owes

    def carry_out(self, message: dict[str, Any], now: datetime, attempt: int) -> None:
        """Carry out one message. Raises what is to be tried again; the case says so (`faults`) until it is mended."""
        name, case_no, row = message["listener"], message["case_no"], message["row"]

        def act() -> None:
            self._listeners[name](self._cases.change(case_no, row))

        noted(self._cases, case_no, f"{name}#{row}", act, now, attempt)

    def sweep(self, now: datetime) -> int:
        """Carry out what is owed to every case whose next step has not begun a minute after it was due. Return how many were found."""
        return self._cases.round(OWED, clock.iso(now - OWED_AFTER), self._carry_out_owed)

    def _carry_out_owed(self, row: Row) -> None:
        file = self._cases.whole(row.case_no)
        for name, key in owed(file, self._owes):
            self._listeners[name](file.change(key))


def wait(attempt: int) -> int:
    """Return the seconds after which a message that failed at this try is tried again."""
    return SCHEDULE[min(attempt, len(SCHEDULE)) - 1]
