"""作废: what the office did wrong is made void, by two supervisors, and whoever it concerns is told (《行政许可法》第69、70条).

One transaction: the case is void, its open work and waits end by a word their workflows know, nobody's round of the clock finds it, its
certificate is revoked, its bill closed or what was paid owed back (`Capability.voids`). A parcel on its way is noted, not recalled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from chalicelib.capability import Voids
from chalicelib.cases.appeals import appeal
from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.identity.model import Session
from chalicelib.kernel.retry import retried
from chalicelib.proposals import model
from chalicelib.tasks.model import Decision, ending
from chalicelib.vocabulary import events
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status

DECISIONS = (EventName.GRANTED, EventName.DENIED, EventName.NOT_ACCEPTED)


class Voiding:
    """Propose that a case is void, and confirm it. `voids`: what becomes of each capability's rows; `owed`: kinds of tasks that are done
    all the same."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        voids: Callable[[], Sequence[Voids]],
        owed: Callable[[], Collection[str]],
    ) -> None:
        self._cases, self._catalogue, self._voids, self._owed = cases, catalogue, voids, owed

    def propose(self, case_no: str, who: Session, reason: str, now: datetime) -> dict[str, object]:
        """Put it on the desk of the department for another supervisor; nobody else hears of it. Raises NotFound, Forbidden, Conflict."""
        return retried(lambda: self._propose(case_no, who, reason, now))

    def _propose(self, case_no: str, who: Session, reason: str, now: datetime) -> dict[str, object]:
        file = self._cases.whole(case_no)
        service = self._catalogue.get(file.case.service, file.case.version)
        model.check("void", file, service, who)
        row = model.task("void", model.key("void", file, who), file.case, service, who, reason, now)
        return public(self._cases.amend(file.case, [row]))

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        """Carry out what the second supervisor said; wherever the case is by then. Raises Conflict where nothing of it holds any more."""
        if decision.outcome == "reject":
            self._cases.keep(row)
            return
        case, reason = file.case, row.data["reason"]
        model.unless_ended("void", case)
        service = self._catalogue.get(case.service, case.version)
        ended = [voids(file, service, reason, now) for voids in self._voids()]
        rows = [
            row,
            *ending((each for each in file.rows if each.key != row.key), "superseded", self._owed()),
            *(each for changed, _ in ended for each in changed),
        ]
        told = [each for _, said in ended for each in said]
        by = row.data["department_name"]
        way = appeal(service.departments[row.data["department"]], now.date())
        text = f"{by}作废了这个办件：{reason.rstrip('。.')}" + "".join(f"；{each}" for each in told) + f"。{way.said()}"
        data = {"reason": reason, "ends": told, "undone": _decided(file), **way.told()}
        event = Event(EventName.VOIDED, text, now, by, data, row.data["decided_by"])
        self._cases.record(case, event, Status.VOID, rows, desk=None, due=None)


def _decided(file: CaseFile) -> str:
    """Name the decision that is undone with the case; empty where none was made."""
    made = [event for event in file.events if event.name in DECISIONS]
    return str(made[-1].data.get("verdict") or events.NAMES[made[-1].name]) if made else ""
