"""A case whose fee was paid, and is to go back."""

from __future__ import annotations

from chalicelib.intake.model import Intake
from chalicelib.payments.model import REFUND
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import Outcome
from tests.unit.decided import OWNER
from tests.unit.office import tasks
from tests.unit.payments.fakes import Till
from tests.unit.samples import NOW, clerk

BOSS = clerk("督办", "cgw", "supervisor")


def withdrawn(till: Till) -> str:
    """Withdraw a case; return what its applicant is answered."""
    intake = Intake("withdrawal", "miniprogram", OWNER, "w1", {"case_no": till.case_no}, NOW)
    return till.reception().receive(intake, NOW).text


class Paid(Till):
    """A case whose fee was paid, and withdrawn: what was paid is to go back."""

    def __init__(self) -> None:
        super().__init__()
        self.bills.paid(self.books.pay(self.order()), NOW)
        self.withdraw()

    def withdraw(self) -> str:
        return withdrawn(self)

    @property
    def number(self) -> str:
        return str(self.backs[-1].data["out_refund_no"])

    def task(self, number: int = 1) -> str:
        return TaskKey(self.case_no, REFUND, "cgw", number).task_id

    def decide(self, outcome: Outcome, opinion: str = "", number: int = 1) -> None:
        tasks(self.cases, {REFUND: self.refunds.follow}).decide(
            BOSS, self.task(number), Decision(outcome, opinion), NOW
        )
