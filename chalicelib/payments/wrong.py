"""Money of another amount than was asked (金额不符): kept, told to nobody but the office, and a task of a supervisor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock, log
from chalicelib.kernel.money import yuan
from chalicelib.payments import ledger_model as ledger
from chalicelib.payments.model import KEY, WRONG_AMOUNT, Money, Order, State, over
from chalicelib.payments.refund_model import Taken
from chalicelib.payments.refunds import Refunds
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.accounts import REFUND_REASONS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import REFUND_WORKDAYS


class WrongAmounts:
    """What is done with such money."""

    def __init__(self, cases: Cases, catalogue: Services, refunds: Refunds) -> None:
        self._cases, self._catalogue, self._refunds = cases, catalogue, refunds

    def keep(self, file: CaseFile, row: Row, money: Money, now: datetime) -> None:
        """Keep money of another amount than was asked: it settles nothing, only the office hears of it, and decides.

        The order it came for is at its end, and another may be made.
        """
        case, owed = file.case, row.data["amount_fen"]
        log.error("payment of another amount", out_trade_no=money.out_trade_no, told=money.amount_fen, owed=owed)
        bill = row.with_(data={"wrong": {**row.data.get("wrong", {}), money.transaction_id: money.entry()}})
        order = Order.of(row)
        if row.status == State.PAYING and order is not None and order.out_trade_no == money.out_trade_no:
            due = clock.iso(now if row.outcome else over(row.data["until"]))
            bill = bill.with_(due=due, data={"order": None})
        service = self._catalogue.get(case.service, case.version)
        key = tasks.next_key(file.rows, case.case_no, WRONG_AMOUNT, service.department)
        about: dict[str, Any] = {"amount_fen": money.amount_fen, "transaction_id": money.transaction_id}
        why = f"应缴{yuan(owed)}元，{money.party}通知实缴{yuan(money.amount_fen)}元，交易号{money.transaction_id}"
        name = "核对金额不符的缴费"
        task = tasks.new(case, service, WRONG_AMOUNT, name, key, REFUND_WORKDAYS, now, **about, reason=why)
        self._cases.amend(case, [bill, task, *ledger.came(money, case.case_no, "wrong")])

    def follow(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Give back what came in another amount, or write down that it never came (the supervisor's words say how he knows)."""
        bill, transaction_id = file.row(KEY), task.data["transaction_id"]
        if decision.outcome == "reject" or bill is None:
            self._cases.keep(task)
            return
        taken = Taken.read(transaction_id, bill.data["wrong"][transaction_id])
        reason = REFUND_REASONS["wrong_amount"]
        rows = [task, *self._refunds.begun(file.case, file.rows, taken, taken.amount_fen, reason, now)]
        told = {"amount_fen": taken.amount_fen, "reason": reason}
        text = f"实缴{yuan(taken.amount_fen)}元与应缴金额不符，将退回"
        event = Event(EventName.REFUND_DUE, text, now, task.data["department_name"], told)
        self._cases.record(file.case, event, rows=rows)
