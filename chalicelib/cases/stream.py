"""The table's stream is the outbox: what a transaction wrote is carried out from here, at least once, in the order it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from chalicelib.cases.model import Change
from chalicelib.kernel import log


def carry_out(changes: Iterable[Change], listeners: Sequence[Callable[[Change], None]]) -> str | None:
    """Let each listener carry out each change, in order. Return the sequence number to retry from, or None when all is done.

    What is retried from there is told to every listener again: carrying out twice must do no more than once.
    """
    for change in changes:
        try:
            for listener in listeners:
                listener(change)
        except Exception as fault:
            log.error("change not carried out", fault, case_no=change.new.get("case_no"), row=change.new.get("sk"))
            return change.sequence
    return None
