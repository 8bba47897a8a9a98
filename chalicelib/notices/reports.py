"""What carriers report of messages they took: written on the notice, whenever and however often it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.cases.model import Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, log
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried
from chalicelib.notices import facts
from chalicelib.notices.model import DELIVERED, EDGES, FAILED, QUEUED, Fate, Report, number_of, place


def note(cases: Cases, expiring: Expiring, report: Report, now: datetime, then: Callable[[str, int], None]) -> bool:
    """Write one report down; `then` follows, with case and event, where it is of a notice. False: we know of no such message (yet).
    Raises Conflict if the row never holds still."""
    number = f"sms#{report.provider}#{report.sid}"
    where = cases.by_number(number) or place(report.out_id)
    if where is None:
        return _reply(expiring, number, report, now)
    known = retried(lambda: _note(cases, where, report))
    if known:
        then(where[0], number_of(where[1]))
    return known


def _note(cases: Cases, where: tuple[str, str], report: Report) -> bool:
    row = cases.row(*where)
    if row is not None:
        _write(cases, row, report)
    return row is not None


def _reply(expiring: Expiring, number: str, report: Report, now: datetime) -> bool:
    """Replies and codes are on no case: only what failed is of interest, to the log."""
    known = report.out_id.startswith("say-") or expiring.get(number, now)[0] is not None
    if known and not report.ok:
        log.warning("reply not delivered", provider=report.provider, sid=report.sid, why=report.reason[:64])
    return known


def _write(cases: Cases, row: Row, report: Report) -> None:
    """Move the notice on, if there is an edge; what was delivered stays so."""
    new = DELIVERED if report.ok else FAILED
    if new not in EDGES[row.status] or (new == FAILED and row.status == QUEUED):
        return
    why = {"reason": "", "code": ""}
    if not report.ok:
        why = {"reason": facts.REASONS["undelivered"], "code": report.reason[:64]}
    fate = Fate.read(row.status, row.data).with_(status=new, sid=row.data.get("sid") or report.sid, **why)
    cases.keep(replace(row, status=new, data={**fate.data(), "reported_at": clock.iso(report.at)}))
