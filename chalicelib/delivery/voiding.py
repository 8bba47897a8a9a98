"""What becomes of a result on its way whose case is made void (作废), or withdrawn (撤回)."""

from __future__ import annotations

from chalicelib.cases.model import CaseFile, Row, moved
from chalicelib.delivery.model import EDGES, KEY, ON_ITS_WAY, State, made
from chalicelib.vocabulary.statuses import Status


def ended(file: CaseFile) -> tuple[list[Row], list[str]]:
    """Return the shipment of a case that ends so, and what is told of it: what has not left the office, or is back there, stays; what is
    on its way is not recalled, but watched."""
    row = file.row(KEY)
    if row is None or row.outcome is not None:
        return [], []
    if row.status in ON_ITS_WAY or file.case.status is Status.DELIVERING:
        return [row.with_(outcome="cancelled", desk=None, due=None)], ["已经寄出的快件不追回，收到后不能使用"]
    said = "结果不再发出" if made(row) else "结果不再制作"
    return [moved(row, EDGES, State.CANCELLED, outcome="cancelled", desk=None, due=None)], [said]
