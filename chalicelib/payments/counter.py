"""Cash or card at the counter (收费窗口), for those without WeChat: a task beside the bill, closed by whatever settles the bill first."""

from __future__ import annotations

from datetime import date, datetime

from chalicelib.cases.model import TASK, Case, CaseFile, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput
from chalicelib.kernel.money import yuan
from chalicelib.kernel.workdays import count_workdays
from chalicelib.payments.bills import Bills
from chalicelib.payments.model import CASHIER, KEY, Money, Order, State
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import PAY_WAYS
from chalicelib.vocabulary.statuses import Status


def opened(case: Case, service: Service, amount_fen: int, until: date, now: datetime) -> list[Row]:
    """Return the task of the department in charge to take a fee at its counter, due when the bill is; none where it has no counter."""
    if service.fee is None or service.fee.counter is None:
        return []
    key, days = TaskKey(case.case_no, CASHIER, service.department), count_workdays(now.date(), until)
    return [tasks.new(case, service, CASHIER, f"收费{yuan(amount_fen)}元", key, days, now, amount_fen=amount_fen)]


class Counter:
    """What a cashier does."""

    def __init__(self, cases: Cases, bills: Bills) -> None:
        self._cases, self._bills = cases, bills

    def taken(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Settle the bill with what was paid at the counter. An order that is open at its party is closed first.

        Raises Conflict where the bill waits for no money, or was paid online meanwhile; Forbidden for who handled the case; InvalidInput
        for the number of a paper receipt that is another case's; PartyFault where the order cannot be closed now.
        """
        by, bill = task.data["decided_by"], file.row(KEY)
        if any(each.data.get("decided_by") == by for each in file.of(TASK)):
            raise Forbidden("审批和收费由不同的人办理，这件您办过，请交给同事收费")
        if (
            bill is None
            or bill.status not in (State.UNPAID, State.PAYING)
            or file.case.status is not Status.AWAITING_PAYMENT
        ):
            raise Conflict("这个办件现在不需要缴费，请不要收款", code="illegal_state")
        order = Order.of(bill)
        if order is not None and self._bills.finished(bill, order, now):
            raise Conflict("申请人刚刚已经在网上缴费，请不要再收；已经收了的，请当场退还", code="already_paid")
        number = decision.receipt_no
        self._numbered(f"receipt#{task.data['department']}@{task.data['region']}#{number}", file.case.case_no)
        way = decision.pay_way or "cash"
        money = Money("", number, bill.data["amount_fen"], now, f"{task.data['department_name']}收费窗口")
        told = {"way": way, "receipt_no": number}
        self._bills.settled(file.case, bill, money, [task], told, f"（{PAY_WAYS[way]}，票据号{number}）")

    def _numbered(self, receipt: str, case_no: str) -> None:
        """Keep which case a paper receipt was given for: none is given twice."""
        try:
            self._cases.index_number(receipt, case_no, KEY)
        except Conflict:
            message = "这个票据号已经用过，请核对票据上的号码"
            raise InvalidInput(message, [Fault("receipt_no", "used", message)]) from None
