"""The office's own five days: who is told nothing in time is accepted by law (《行政许可法》第32条第1款第4项)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from chalicelib.approvals.model import ACCEPTING, accepting, came, silent
from chalicelib.approvals.numbers import Giver, official_no
from chalicelib.cases.desks import round_desks
from chalicelib.cases.model import Case, CaseFile, Event, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import done, prefix
from chalicelib.vocabulary.codes import LICENCE
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import ACCEPTANCE_WORKDAYS
from chalicelib.vocabulary.statuses import Status


def silence(service: Service, what: str) -> str:
    """Say that silence for the office's days is a yes: by the law where a licence is applied for, else by the house's rule."""
    meant = f"依法视为{what}（《行政许可法》第32条）" if service.task_type == LICENCE else f"视为{what}"
    return f"收到材料满{ACCEPTANCE_WORKDAYS}个工作日没有告知补正，{meant}"


class Acceptances:
    """Accept, in the law's name, what the office let lie."""

    def __init__(self, cases: Cases, catalogue: Services, numbers: Giver) -> None:
        self._cases, self._catalogue, self._numbers = cases, catalogue, numbers

    def deem_due(self, now: datetime) -> int:
        """Accept every case whose office has said nothing for five working days. Called by the clock; returns how many."""
        return self._cases.round(ACCEPTING, now.date().isoformat(), lambda row: self.deem(row.case_no, now))

    def deem(self, case_no: str, now: datetime) -> None:
        """Accept a case from the day on which all had come in (自收到申请材料之日起即为受理), where that is five working days ago."""
        retried(lambda: self._deem(case_no, now))

    def _deem(self, case_no: str, now: datetime) -> None:
        file = self._cases.whole(case_no)
        case = file.case
        if case.status not in (Status.SUBMITTED, Status.CORRECTION) or case.desk not in round_desks(ACCEPTING):
            return
        if case.status is Status.CORRECTION:
            self._deem_beside(file, now)
            return
        if not overdue(case, now):
            counted = accepting(case, case.clock.since)
            if counted.due != case.due:  # a year's notice came
                self._cases.amend(counted)
            return
        service = self._catalogue.get(case.service, case.version)
        self._cases.record(*deemed(self._numbers, file, service, now))

    def _deem_beside(self, file: CaseFile, now: datetime) -> None:
        """Let the departments that said nothing in time have said yes while another waits for the applicant: the case waits for that one
        alone."""
        service = self._catalogue.get(file.case.service, file.case.version)
        opened = [row for row in file.under(prefix(service.stages[0].id)) if row.outcome is None]
        lying = [row for row in opened if silent(file.case, row, now)]
        left = [came(file.case, row) for row in opened if row not in lying]
        case = accepting(file.case, min(left)) if left else file.case.with_(desk=None, due=None)
        if not lying:
            self._cases.amend(case)
            return
        names = "、".join(row.data["department_name"] for row in lying)
        text = names + silence(service, "同意受理")
        event = Event(EventName.REVIEWED, text, now, "系统", {"outcome": "approve", "deemed": True})
        self._cases.record(case, event, None, [done(row, "approve", now, "系统") for row in lying])


def overdue(case: Case, now: datetime) -> bool:
    """Tell whether a case whose office has said nothing is accepted by law: all was in, and its five days are over."""
    last = (accepting(case, case.clock.since).due or "")[:10]
    return case.status is Status.SUBMITTED and not case.clock.accepted and last < now.date().isoformat()


def deemed(
    numbers: Giver, file: CaseFile, service: Service, now: datetime, late: Row | None = None
) -> tuple[Case, Event, Status, list[Row]]:
    """Return what is recorded where the law has accepted a case: from the day on which all had come in, whether the clock finds it or a
    clerk says yes too `late`, who stands on his own task."""
    case, tasks = file.case, file.under(prefix(service.stages[0].id))
    rows = [
        done(row, "approve", now, "系统") for row in tasks if row.outcome is None and (not late or row.key != late.key)
    ]
    case = case.with_(clock=case.clock.accept(case.clock.since)).owing(now)
    official = official_no(numbers, case, service, now)
    text = f"{silence(service, '受理')}，办件编号{official['official_no']}，{case.clock.said()}"
    event = Event(EventName.ACCEPTED, text, now, "系统", {**official, "deemed": True})
    return case.plus(**official), event, Status.ACCEPTED, [*([late] if late else []), *rows]


def counted_anew(cases: Cases) -> int:
    """Count every office's five days by the calendar as it is now (a year's notice); return how many moved."""

    def anew(row: Row) -> bool:
        case = cases.head(row.case_no)
        counted = accepting(case, case.clock.since)
        if case.desk != counted.desk or case.due == counted.due:
            return False
        cases.amend(counted)
        return True

    return sum(retried(partial(anew, row)) for row in list(cases.waiting(ACCEPTING, "~")))
