"""What becomes of a bill whose case is made void (作废): nothing more is asked, and what was paid goes back."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import CaseFile, Row, moved
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock
from chalicelib.kernel.money import yuan
from chalicelib.payments.bills import refund
from chalicelib.payments.model import EDGES, KEY, PAYING, Order, State


def ended(file: CaseFile, service: Service, now: datetime) -> tuple[list[Row], list[str]]:
    """Return the bill as it is then, and the task that pays back; empty where there is no bill, or it was closed.

    An order that is open at its party stays on the round desk, due now: there it is closed, and money it still brought is owed back.
    """
    bill = file.row(KEY)
    if bill is None or bill.status == State.CLOSED:
        return [], []
    if bill.status == State.PAID:
        return _back(file, service, bill, now)
    if Order.of(bill) is not None:
        desk = round_desk(PAYING, bill.case_no)
        return [bill.with_(outcome="superseded", desk=desk, due=clock.iso(now))], ["不用再缴费"]
    return [moved(bill, EDGES, State.CLOSED, outcome="superseded", desk=None, due=None)], ["不用再缴费"]


def _back(file: CaseFile, service: Service, bill: Row, now: datetime) -> tuple[list[Row], list[str]]:
    data, transaction_id = bill.data, str(bill.data["transaction_id"])
    if transaction_id in data.get("late", {}):
        return [], []
    entry = {"amount_fen": data["amount_fen"], "at": data["paid_at"], "out_trade_no": data["out_trade_no"]}
    late = {**data.get("late", {}), transaction_id: entry}
    task = refund(file.case, service, len(late), entry, transaction_id, now)
    return [bill.with_(data={"late": late}), task], [f"已缴的{yuan(data['amount_fen'])}元按原支付方式退回"]
