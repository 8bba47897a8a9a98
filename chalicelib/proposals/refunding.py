"""退款: what a supervisor proposes to pay back, a part or the whole, and another confirms; then it runs to the party by itself.

Money that has gone does not come back, so nobody gives it away alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import refund_model
from chalicelib.payments.model import KEY
from chalicelib.payments.refund_model import Taken
from chalicelib.payments.refunds import Refunds
from chalicelib.proposals import model
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.events import EventName


class Refunding:
    """Propose a refund, and confirm it."""

    def __init__(self, cases: Cases, catalogue: Services, refunds: Callable[[], Refunds]) -> None:
        self._cases, self._catalogue, self._refunds = cases, catalogue, refunds

    def check(self, file: CaseFile, service: Service, who: Session) -> None:
        """Raise Forbidden for who may not propose a refund, Conflict where nothing can go back, or one is proposed already."""
        model.check("refund", file, service, who)
        self._left(file)

    def propose(
        self, case_no: str, who: Session, amount_fen: int | None, reason: str, now: datetime
    ) -> dict[str, object]:
        """Put it on the desk of the department for another supervisor; nobody else hears of it. No amount: all that is left.

        Raises NotFound, Forbidden, Conflict, InvalidInput naming `amount_fen`.
        """
        return retried(lambda: self._propose(case_no, who, amount_fen, reason, now))

    def _propose(
        self, case_no: str, who: Session, amount_fen: int | None, reason: str, now: datetime
    ) -> dict[str, object]:
        file = self._cases.whole(case_no)
        service = self._catalogue.get(file.case.service, file.case.version)
        model.check("refund", file, service, who)
        _, left = self._left(file)
        amount = left if amount_fen is None else amount_fen
        if amount > left:
            message = f"最多还能退{yuan(left)}元"
            raise InvalidInput(message, [Fault("amount_fen", "maximum", message)])
        place = model.key("refund", file, who)
        row = model.task("refund", place, file.case, service, who, reason, now, amount_fen=amount)
        return public(self._cases.amend(file.case, [row]))

    def _left(self, file: CaseFile) -> tuple[Taken, int]:
        bill = file.row(KEY)
        taken = self._refunds().paid(bill) if bill is not None else None
        left = refund_model.left(file.rows, taken) if taken else 0
        if taken is None or left <= 0:
            raise Conflict("这个办件没有可以退的缴费", code="illegal_state")
        return taken, left

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Carry out what the second supervisor said. Raises Conflict where so much is not left any more."""
        if decision.outcome == "reject":
            self._cases.keep(row)
            return
        taken, left = self._left(file)
        amount, reason = row.data["amount_fen"], row.data["reason"].rstrip("。.")
        if amount > left:
            raise Conflict(f"最多还能退{yuan(left)}元，请选“不同意”，重新提出", code="illegal_state")
        rows = [row, *self._refunds().begun(file.case, file.rows, taken, amount, reason, now)]
        by = row.data["department_name"]
        event = Event(
            EventName.REFUND_DUE,
            f"{by}决定退回{yuan(amount)}元：{reason}",
            now,
            by,
            {"amount_fen": amount, "reason": reason},
            row.data["decided_by"],
        )
        self._cases.record(file.case, event, rows=rows)
