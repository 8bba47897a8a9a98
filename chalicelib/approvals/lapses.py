"""The day by which what a department asked for (补正) must be there, and what follows once it is over.

Before acceptance the application is at its end (退件): nothing is accepted that is not whole. An accepted case is decided, by what
there is: only the wait ends, and the department's task comes again.
"""

from __future__ import annotations

from datetime import date, datetime

from chalicelib.approvals import asked
from chalicelib.approvals.model import SUPPLEMENTS, UNANSWERED
from chalicelib.approvals.stages import again
from chalicelib.cases.model import TASK, CaseFile, Event, Row, closing
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import retimed
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status


class Lapses:
    """End what applicants let pass."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    def lapse_due(self, now: datetime) -> int:
        """End every wait for a supplement whose day has passed. Called by the clock; returns how many."""
        return self._cases.round(SUPPLEMENTS, now.date().isoformat(), lambda row: self.lapse(row.case_no, now))

    def lapse(self, case_no: str, now: datetime) -> None:
        """End what of a case is over."""
        retried(lambda: self._lapse(case_no, now))

    def _lapse(self, case_no: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        over = [wait for wait in asked.open_waits(file) if _last_day(wait) < now.date()]
        if file.case.status is not Status.CORRECTION or not over:
            return
        if file.case.clock.accepted:
            self._go_on(file, over, now)
            return
        event = Event(EventName.RETURNED, "逾期未补正，本次申请已退回，您可以重新申请", now, "系统")
        self._cases.record(file.case, event, Status.RETURNED, closing(file.rows, "lapsed"), desk=None, due=None)

    def _go_on(self, file: CaseFile, over: list[Row], now: datetime) -> None:
        """Let the departments whose wait is over go on; the time up to the applicant's last day is his and does not count."""
        case, before = file.case, file.case.clock
        service = self._catalogue.get(case.service, case.version)
        still = [wait for wait in asked.open_waits(file) if wait not in over]
        if not still:
            case = case.with_(clock=before.resume("supplement", max(map(_last_day, over))))
        rows = [row for wait in over for row in again(file, case, service, wait, UNANSWERED, now)]
        case = case.plus(**asked.kept(still), lacking=asked.lacking(case.facts.get("lacking", []), rows))
        missing = asked.items(over)
        text = f"逾期未补正：{'、'.join(item['text'] for item in missing)}，按已有材料继续办理{case.clock.moved_to(before)}"
        event = Event(EventName.UNANSWERED, text, now, "系统", {"missing": missing})
        back = None if still else Status(case.facts["before_correction"])
        self._cases.record(case, event, back, rows + retimed(file.of(TASK), case))


def _last_day(wait: Row) -> date:
    return date.fromisoformat((wait.due or "")[:10])
