"""What one supervisor proposes about a case and another of the same department confirms (复核): four eyes on what cannot be undone.

proposed ──► a task on the department's desk ──confirmed──► done and told, in one transaction
                     └──refused, or the case was over first──► nothing changed
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.capability import Check
from chalicelib.cases.model import Case, CaseFile, Row
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.codes import OFFICE_ACTS, OfficeAct
from chalicelib.vocabulary.periods import SECOND_WORKDAYS
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import OVER, UNDECIDED, Status

VOIDING, REVISING, REFUNDING = "voiding", "revising", "refunding"
"""The kinds of tasks."""
KINDS: dict[OfficeAct, str] = {"revise": REVISING, "void": VOIDING, "refund": REFUNDING}
ENDED = OVER - {Status.CLOSED}
"""Where nothing is left to void or revise: what was put away (归档) may be found wrong later."""


def answerable(case: Case, service: Service) -> str:
    """Return whose supervisors propose and confirm: the department that decided, before a decision the one in charge."""
    return service.department if case.status in UNDECIDED else service.lead


def check(act: OfficeAct, file: CaseFile, service: Service, who: Session) -> None:
    """Raise Forbidden for who may not propose this, Conflict where it cannot be done, or was proposed already."""
    case, name = file.case, OFFICE_ACTS[act]
    if (who.department, who.region) != (answerable(case, service), case.region) or Role.SUPERVISOR not in who.roles:
        raise Forbidden(f"{name}由负责这个办件的部门的监督人员提出，由本部门另一位监督人员复核")
    if act != "refund":  # of a case at its end, too, money may go back
        unless_ended(act, case)
    if any(row.outcome is None for row in file.under(tasks.prefix(KINDS[act]))):
        raise Conflict(f"已经有人提出{name}，正在等另一位监督人员复核", code="proposed_before")


def unless_ended(act: OfficeAct, case: Case) -> None:
    """Raise Conflict where a case came to such an end that nothing of it holds."""
    if case.status in ENDED:
        raise Conflict(f"这个办件{case.status_name}，不能再{OFFICE_ACTS[act]}", code="illegal_state")


CHECKS: dict[OfficeAct, Check] = {act: partial(check, act) for act in KINDS if act != "refund"}
"""Those that need nothing but the case; what may be paid back, the payments say (`refunding`)."""


def key(act: OfficeAct, file: CaseFile, who: Session) -> TaskKey:
    """Return the place of the next proposal of this sort."""
    number = len(file.under(tasks.prefix(KINDS[act], who.department))) + 1
    return TaskKey(file.case.case_no, KINDS[act], who.department, number)


def task(
    act: OfficeAct, place: TaskKey, case: Case, service: Service, who: Session, reason: str, now: datetime, **facts: Any
) -> Row:
    """Return what is proposed as a task of who proposes' own desk, to be confirmed by another."""
    by = {"proposed_by": who.subject, "proposed_name": who.name, "reason": reason}
    name = f"{OFFICE_ACTS[act]}复核"
    return tasks.new(case, service, KINDS[act], name, place, SECOND_WORKDAYS, now, **by, **facts)
