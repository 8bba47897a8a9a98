"""What ends a case on the word of who filed it: a withdrawal (撤回), in one transaction."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases import rights
from chalicelib.cases.model import Event, closing
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act
from chalicelib.cases.service import Cases
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status


class Withdrawals:
    """Withdraw cases."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def withdraw(self, intake: Intake, now: datetime) -> Reply:
        """End the case before it is decided; work on it ends. Raises NotFound, Forbidden for another's case, Conflict
        where it is too late."""
        return retried(lambda: self._withdraw(intake, now))

    def _withdraw(self, intake: Intake, now: datetime) -> Reply:
        file = self._cases.whole(intake.body["case_no"])
        case = file.case
        by = rights.called(case, self._cases.allow(case, intake.asker, Act.WITHDRAW))
        if case.status is Status.WITHDRAWN:
            return Reply("申请已撤回", public(case))
        if case.status not in UNDECIDED:
            raise Conflict("这个办件已经作出决定，不能撤回", code="illegal_state")
        rows = closing(file.rows, "withdrawn")
        reason = intake.body.get("reason", "")
        event = Event(EventName.WITHDRAWN, f"{by}撤回了申请" + (f"：{reason}" if reason else ""), now, by)
        return Reply("申请已撤回", public(self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None, due=None)))
