"""转报: a lower organ has reviewed and reports to the higher one that decides, with its opinion and all that was handed in (第43条).

The case ends here: who waits is told which organ has it. What is decided there comes from there.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.approvals.decisions import apart, beside
from chalicelib.approvals.model import TRANSFERRED
from chalicelib.cases.model import TASK, CaseFile, Event, Row, moved
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates.renewals import RENEWS
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import EDGES, State
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status


class Transfers:
    """Forward cases to a higher organ."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    def transfer(self, case_no: str, who: Session, organ: str, opinion: str, now: datetime) -> dict[str, object]:
        """End the case here: `organ` decides, and has the opinion. By an approver of who decides, at the decision.

        Raises Forbidden for whose case it is not, or who accepted it, Conflict where it is not there for it.
        """
        return retried(lambda: self._transfer(case_no, who, organ, opinion, now))

    def _transfer(self, case_no: str, who: Session, organ: str, opinion: str, now: datetime) -> dict[str, object]:
        file = self._cases.whole(case_no)
        case, service = file.case, self._catalogue.get(file.case.service, file.case.version)
        to_transfer(file, service, who)
        held = {"decided_by": who.subject, "decided_name": who.name, "decided_at": clock.iso(now), "opinion": opinion}
        row = moved(_task(file, service, who), EDGES, State.DECIDED, outcome=TRANSFERRED, desk=None, data=held)
        by = service.department_name(who.department)
        text = f"{by}已完成初步审查，连同全部申请材料报{organ}审查决定，进展请向{organ}查询"
        told = {"organ": organ, "opinion": opinion, "promised_by": case.clock.until(now.date()).due.day.isoformat()}
        event = Event(EventName.TRANSFERRED, text, now, by, told, who.subject)
        return public(self._cases.record(case, event, Status.CLOSED, [row, *beside(file, row)]))


def to_transfer(file: CaseFile, service: Service, who: Session) -> None:
    """Raise Forbidden for who does not decide this case, Conflict where it is not at its decision, a colleague works on it, or
    it is to renew a certificate: what its issuer does not decide in time is deemed renewed (第50条)."""
    row = _task(file, service, who)
    if file.case.status not in (Status.SUBMITTED, Status.ACCEPTED, Status.IN_REVIEW) or not file.case.clock.accepted:
        raise Conflict("办件现在的状态不能转报", code="illegal_state")
    if RENEWS in file.case.facts:
        raise Conflict("延续的申请由发证机关在到期前决定，不能转报", code="illegal_state")
    if row.data.get("claimed_by") not in (None, who.subject):
        raise Conflict(f"{row.data.get('claimed_name') or '同事'}正在办理这项任务", code="claimed_by_other")
    apart(file, row, who.subject)


def _task(file: CaseFile, service: Service, who: Session) -> Row:
    """Return the open decision of who decides. Raises Forbidden."""
    mine = {"kind": "decision", "department": who.department, "region": who.region}
    tasks = (row for row in file.of(TASK) if row.outcome is None and mine.items() <= row.data.items())
    found = next(tasks, None)
    if Role.APPROVER not in who.roles or who.department != service.lead or found is None:
        raise Forbidden("转报由作出决定的部门在决定环节提出")
    return found
