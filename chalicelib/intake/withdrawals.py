"""What ends a case on the word of who filed it: a withdrawal (撤回), in one transaction.

Before the decision, and after it until something was made of it: then what was asked to be paid is not asked any more, and what was paid
goes back (`Capability.voids`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from chalicelib.capability import Bars, Voids
from chalicelib.cases import rights
from chalicelib.cases.model import CaseFile, Event
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import ending
from chalicelib.vocabulary.accounts import REFUND_REASONS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, WITHDRAWABLE, Status


class Withdrawals:
    """Withdraw cases. `bars`: what stands against it after the decision; `voids`: what becomes of each capability's rows; `owed`: kinds
    of tasks that are done all the same."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        bars: Callable[[], Sequence[Bars]],
        voids: Callable[[], Sequence[Voids]],
        owed: Callable[[], Collection[str]],
    ) -> None:
        self._cases, self._catalogue, self._bars, self._voids, self._owed = cases, catalogue, bars, voids, owed

    def barred(self, file: CaseFile) -> str | None:
        """Say why a case cannot be withdrawn now; None where it can."""
        if file.case.status in UNDECIDED:
            return None
        if file.case.status not in WITHDRAWABLE:
            return "这个办件已经作出决定，不能撤回"
        return next((why for bars in self._bars() if (why := bars(file))), None)

    def withdraw(self, intake: Intake, now: datetime) -> Reply:
        """End the case; work on it ends. Raises NotFound, Forbidden for another's case, Conflict where it is too late."""
        return retried(lambda: self._withdraw(intake, now))

    def _withdraw(self, intake: Intake, now: datetime) -> Reply:
        file = self._cases.whole(intake.body["case_no"])
        case = file.case
        by = rights.called(case, self._cases.allow(case, intake.asker, Act.WITHDRAW))
        if case.status is Status.WITHDRAWN:
            return Reply("申请已撤回", public(case))
        if (why := self.barred(file)) is not None:
            raise Conflict(why, code="illegal_state")
        rows, told = ending(file.rows, "withdrawn", self._owed()), list[str]()
        if case.status not in UNDECIDED:
            service = self._catalogue.get(case.service, case.version)
            for voids in self._voids():
                changed, said = voids(file, service, REFUND_REASONS["withdrawn"], now)
                rows, told = rows + changed, told + said
        reason = intake.body.get("reason", "")
        after = "".join(f"；{each}" for each in told)
        text = f"{by}撤回了申请" + (f"：{reason}" if reason else "") + after
        event = Event(EventName.WITHDRAWN, text, now, by, {"ends": told} if told else {})
        ended = self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None, due=None)
        return Reply(f"申请已撤回{after}", public(ended))
