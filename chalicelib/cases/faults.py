"""What of a case cannot be carried out is written on the case until it is mended, where somebody finds it (`make ops DO=faults`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import FAULT, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock
from chalicelib.kernel.retry import retried

NOTED = 6
"""The try from which on a fault is written on its case, so that somebody looks."""
OPEN, MENDED = "open", "mended"


def noted(cases: Cases, case_no: str, what: str, act: Callable[[], object], now: datetime, attempt: int) -> None:
    """Do `act` at its try number `attempt`. Raises what it raises; from try `NOTED` on the row `fault#<what>` says so, until it is done."""
    key = f"{FAULT}#{what}"
    try:
        act()
    except Exception as fault:
        code = type(fault).__name__
        if attempt >= NOTED:
            retried(lambda: _note(cases, cases.row(case_no, key) or Row(case_no, key, FAULT, OPEN), code, now))
        raise
    retried(lambda: _mend(cases, cases.row(case_no, key)))


def who_and_what(key: str) -> tuple[str, str]:
    """Read the key of a fault: a listener and the key of a row, or `restarts` and a work."""
    _, who, what = key.split("#", 2)
    return who, what


def _note(cases: Cases, row: Row, code: str, now: datetime) -> None:
    desk, due = round_desk(FAULT, row.case_no), row.due or clock.iso(now)
    cases.keep(row.with_(status=OPEN, desk=desk, due=due, data={"code": code}))


def _mend(cases: Cases, row: Row | None) -> None:
    if row and row.status == OPEN:
        cases.keep(row.with_(status=MENDED, desk=None, due=None))
