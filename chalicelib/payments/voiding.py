"""What becomes of a bill whose case is made void (作废), or withdrawn (撤回): nothing more is asked, and what was paid goes back."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import CaseFile, Row, moved
from chalicelib.kernel import clock
from chalicelib.kernel.money import yuan
from chalicelib.payments.model import EDGES, KEY, PAYING, Order, State
from chalicelib.payments.refund_model import RefundState
from chalicelib.payments.refunds import Refunds


def ended(file: CaseFile, refunds: Refunds, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    """Return the bill as it is then, or the refund with its task; empty where there is no bill, or it was closed.

    An order that is open at its party stays on the round desk, due now: there it is closed, and money it still brought goes back.
    """
    bill = file.row(KEY)
    if bill is None or bill.status == State.CLOSED:
        return [], []
    if bill.status == State.PAID:
        return _back(file, bill, refunds, reason, now)
    if Order.of(bill) is not None:
        desk = round_desk(PAYING, bill.case_no)
        return [bill.with_(outcome="superseded", desk=desk, due=clock.iso(now))], ["不用再缴费"]
    return [moved(bill, EDGES, State.CLOSED, outcome="superseded", desk=None, due=None)], ["不用再缴费"]


def _back(file: CaseFile, bill: Row, refunds: Refunds, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    taken = refunds.paid(bill)
    rows = refunds.begun(file.case, file.rows, taken, taken.amount_fen, reason, now) if taken else []
    if not rows:
        return [], []
    way = "由办理部门退给您" if rows[0].status == RefundState.MANUAL else "按原支付方式退回"
    return rows, [f"已缴的{yuan(rows[0].data['amount_fen'])}元{way}"]
