"""What becomes of a result on its way whose case is made void (作废)."""

from __future__ import annotations

from chalicelib.cases.model import CaseFile, Row, moved
from chalicelib.delivery.model import EDGES, HANDOVER, KEY, State
from chalicelib.tasks import model as tasks


def ended(file: CaseFile) -> tuple[list[Row], list[str]]:
    """Return the shipment of a case made void, and what is told of it: what has not left the office stays there, what is on its way is
    not recalled, but watched."""
    row = file.row(KEY)
    if row is None or row.outcome is not None:
        return [], []
    handing = any(each.outcome is None for each in file.under(tasks.prefix(HANDOVER)))
    if row.status in (State.QUEUED, State.READY) or (row.status == State.ORDERED and handing):
        return [moved(row, EDGES, State.CANCELLED, outcome="cancelled", desk=None, due=None)], ["结果不再发出"]
    return [row.with_(outcome="cancelled", desk=None, due=None)], ["已经寄出的快件不追回，收到后不能使用"]
