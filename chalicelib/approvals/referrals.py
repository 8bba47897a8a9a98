"""Other departments asked before one decides: an earlier review again (退回重审), or an opinion on it (会签). One mechanism, a referral.

a task ──return, countersign──► a task for each department asked ──(the last has answered, or who asked waits no longer)──► its next round
            └─ a wait takes over the workflow's token, which goes on to the next round

What is answered is an opinion: who asked decides in its own name. Whoever is asked asks nobody further, so nothing goes round in
circles; each task has its desk and its day, and the case's clock runs on: it is the office's own time.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.approvals.model import ANSWERED, COUNTERSIGN, RECALLED, REFERRALS, REFERRED, offers, referral_key
from chalicelib.approvals.stages import task
from chalicelib.cases.model import TASK, WAIT, CaseFile, Row, WaitState, answered, closing
from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision, TaskKey, next_key, prefix
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import COUNTERSIGN_WORKDAYS
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status

TOLD = {
    "return": (EventName.SENT_BACK, "{by}已退回{to}重新审查"),
    "countersign": (EventName.COUNTERSIGN_ASKED, "{by}已送{to}会签"),
}
"""The event of each way to ask, and what is said of it."""


def asking(file: CaseFile, service: Service, row: Row, decision: Decision, now: datetime) -> list[Row]:
    """Return a task by which departments are asked, the wait that takes over its token, and a task for each of them.

    Raises InvalidInput for whom this task cannot ask, Conflict where it was asked itself.
    """
    if row.data.get("referral"):
        raise Conflict("本部门是被请来重新审查或者会签的，需要再问其他部门的，请写在意见里", code="illegal_state")
    key, case = TaskKey.of(row), file.case
    open_to = offers(service, key.stage, key.department).get(decision.outcome, {})
    strange = [place for place, name in enumerate(decision.to) if name not in open_to]
    if strange:
        raise InvalidInput("不能送这个部门", [Fault(f"to.{place}", "unknown", "不能送这个部门") for place in strange])
    about = {name: row.data[name] for name in ("department", "department_name", "region")}
    wait = Row(case.case_no, referral_key(key), WAIT, str(WaitState.OPEN), token=row.token, data=about)
    facts = {"referral": wait.key, "asked": decision.opinion, "asked_by": row.data["department_name"]}
    asked = [_asked(file, service, open_to[name], name, now, facts) for name in dict.fromkeys(decision.to)]
    return [row.with_(outcome=REFERRED, token=None), wait, *asked]


def _asked(
    file: CaseFile, service: Service, stage_id: str, department: str, now: datetime, facts: dict[str, str]
) -> Row:
    """Return the task of a department that is asked: one without a token, for its own stage has passed or it has none."""
    key = next_key(file.of(TASK), file.case.case_no, stage_id, department)
    if stage_id == COUNTERSIGN:
        return tasks.new(file.case, service, COUNTERSIGN, "会签", key, COUNTERSIGN_WORKDAYS, now, **facts)
    stage = service.stage(stage_id)
    return tasks.new(file.case, service, stage.kind, stage.name, key, stage.limit_days, now, spent=["correct"], **facts)


def said(service: Service, row: Row, decision: Decision) -> tuple[EventName, str]:
    """Return the event of asking, and the sentence of it."""
    name, words = TOLD[decision.outcome]
    names = "、".join(service.department_name(each) for each in dict.fromkeys(decision.to))
    return name, words.format(by=row.data["department_name"], to=names)


def answering(file: CaseFile, service: Service, row: Row, now: datetime) -> list[Row]:
    """Return a task that was asked for, done, and what follows: after the last of them, the next round of the task that asked."""
    wait = file.row(row.data["referral"])
    if wait is None or wait.outcome or any(each.key != row.key for each in unanswered(file, row.data["referral"])):
        return [row]
    return [row, *_going_on(file, service, wait, ANSWERED, now)]


def unanswered(file: CaseFile, referral: str) -> list[Row]:
    """Return the tasks still open of those by which departments were asked."""
    return [row for row in file.of(TASK) if row.outcome is None and row.data.get("referral") == referral]


def recalling(file: CaseFile, service: Service, wait: Row, now: datetime) -> list[Row]:
    """Return what takes back the tasks nobody has answered, and goes on without them."""
    return [*closing(unanswered(file, wait.key), RECALLED), *_going_on(file, service, wait, RECALLED, now)]


def _going_on(file: CaseFile, service: Service, wait: Row, outcome: str, now: datetime) -> list[Row]:
    """Return the wait, over, and the next round of the task that asked, with the token."""
    stage, department, number = wait.key.removeprefix(REFERRALS).split("#")
    asked = file.row(f"{prefix(stage, department)}{number}")
    key = next_key(file.of(TASK), file.case.case_no, stage, department)
    again = task(file.case, service, key, now, wait.token, asked.data.get("spent", ()) if asked else ())
    return [answered(wait.with_(token=None), outcome), again]


def of_department(file: CaseFile, who: Session) -> Row | None:
    """Return the wait of somebody's department for others; None where it waits for nobody."""
    mine = {"department": who.department, "region": who.region}
    waits = (row for row in file.under(REFERRALS) if row.outcome is None and mine.items() <= row.data.items())
    return next(waits, None)


def at_work(file: CaseFile, who: Session) -> bool:
    """Tell whether somebody's department has a review or the decision of a case on its desk, or asked others before one."""
    mine = {"department": who.department, "region": who.region}
    tasks = (row.data for row in file.of(TASK) if row.outcome is None)
    works = any(mine.items() <= data.items() and data.get("kind") in ("review", "decision") for data in tasks)
    return works or of_department(file, who) is not None


def to_recall(file: CaseFile, service: Service, who: Session) -> None:
    """Let who asked wait no longer. Raises Forbidden, Conflict."""
    if of_department(file, who) is None or not {Role.APPROVER, Role.SUPERVISOR} & set(who.roles):
        raise Forbidden("由提出会签、退回的部门收回，本部门现在没有在等其他部门")
    if file.case.status is Status.SUSPENDED:
        raise Conflict("特别程序期间不能办理，请先结束特别程序", code="suspended")
