"""What carriers report of messages they took: written on the notice, whenever and however often it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chalicelib.cases.model import Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import Conflict
from chalicelib.notices import templates
from chalicelib.notices.model import DELIVERED, EDGES, FAILED, QUEUED, Delivered, Fate, place
from chalicelib.notices.ports import Sessions

RACES = 3  # times a row may change under our hands before the carrier is asked to repeat


def note(cases: Cases, sessions: Sessions, receipt: Delivered, now: datetime) -> bool:
    """Write one receipt down. False: we know of no such message (yet). Raises Conflict if the row never holds still."""
    number = f"sms#{receipt.provider}#{receipt.sid}"
    where = cases.pointed(number) or place(receipt.out_id)
    if where is None:
        return _reply(sessions, number, receipt, now)
    for _ in range(RACES):
        row = cases.row(*where)
        if row is None:
            return False
        try:
            _write(cases, row, receipt)
            return True
        except Conflict:
            continue
    raise Conflict()


def _reply(sessions: Sessions, number: str, receipt: Delivered, now: datetime) -> bool:
    """Replies and codes are on no case: only what failed is of interest, to the log."""
    known = receipt.out_id.startswith("say-") or sessions.get(number, now)[0] is not None
    if known and not receipt.ok:
        log.warning("reply not delivered", provider=receipt.provider, sid=receipt.sid, why=receipt.reason[:64])
    return known


def _write(cases: Cases, row: Row, receipt: Delivered) -> None:
    """Move the notice on, if there is an edge; what was delivered stays so."""
    new = DELIVERED if receipt.ok else FAILED
    if new not in EDGES[row.status] or (new == FAILED and row.status == QUEUED):
        return
    why = {"reason": "", "code": ""}
    if not receipt.ok:
        why = {"reason": templates.REASONS["undelivered"], "code": receipt.reason[:64]}
    fate = Fate.read(row.status, row.data).with_(status=new, sid=row.data.get("sid") or receipt.sid, **why)
    cases.keep(replace(row, status=new, data={**fate.data(), "reported_at": clock.iso(receipt.at)}))
