"""延长: the time of a case lengthened once, before it is over, with its reason told (《行政许可法》第42条).

At most ten working days, approved by the head of the organ; fifteen, approved by the head of the government of its level, where
departments handle together what the law gives them more than twenty days for.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import Case, CaseFile, Event
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import DECISION_WORKDAYS, EXTENSION_WORKDAYS, JOINT_EXTENSION_WORKDAYS
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status


def to_extend(file: CaseFile, service: Service, who: Session) -> None:
    """Let the head of who decides extend. Raises Forbidden, Conflict."""
    case = file.case
    if (who.department, who.region) != (service.lead, case.region) or Role.SUPERVISOR not in who.roles:
        raise Forbidden("延长办理期限由作出决定的部门负责人批准")
    if case.status not in (Status.ACCEPTED, Status.IN_REVIEW, Status.CORRECTION) or not case.clock.accepted:
        raise Conflict("办件现在的状态不能延长", code="illegal_state")
    if any(why == "extension" for why, _ in case.clock.taken):
        raise Conflict("办理期限只能延长一次", code="extended_before")


def extended(
    file: CaseFile, service: Service, who: Session, days: int, reason: str, approval: str, now: datetime
) -> tuple[Case, Event]:
    """Return the case with its time lengthened, and what is told of it. `approval`: the paper by which the government approved it.

    Raises InvalidInput naming `days` or `approval`, Conflict where the time is over already.
    """
    case = file.case
    if case.clock.until(now.date()).due.day < now.date():
        raise Conflict("承诺办结日已经过了，不能再延长，请尽快作出决定", code="overdue")
    most = allowed(service)["most"]
    if not 0 < days <= most:
        raise InvalidInput(f"最多延长{most}个工作日", [Fault("days", "maximum", f"最多延长{most}个工作日")])
    if days > EXTENSION_WORKDAYS and not approval:
        words = f"延长{EXTENSION_WORKDAYS}个工作日以上的，由本级人民政府负责人批准，请填写批准文号"
        raise InvalidInput(words, [Fault("approval", "required", words)])
    after = case.with_(clock=case.clock.extend(days))
    by = service.department_name(who.department)
    head = f"本级人民政府负责人批准（{approval}）" if days > EXTENSION_WORKDAYS else f"{by}负责人批准"
    text = f"经{head}延长{days}个工作日：{reason.rstrip('。.')}{after.clock.moved_to(case.clock)}"
    return after, Event(EventName.EXTENDED, text, now, by, {"days": days, "reason": reason}, who.subject)


def allowed(service: Service) -> dict[str, int]:
    """Return how many working days a service's cases are lengthened by at most (`most`), and how many the head of the organ may approve
    on his own (`own`)."""
    together = any(len(stage.departments) > 1 for stage in service.stages)
    longer = together and service.statutory_days > DECISION_WORKDAYS
    return {"most": JOINT_EXTENSION_WORKDAYS if longer else EXTENSION_WORKDAYS, "own": EXTENSION_WORKDAYS}
