"""What approving keeps besides its tasks: the wait for an applicant's supplement (补正) or for other departments (退回、会签), the
office's own five days; and which departments may be asked."""

from __future__ import annotations

from datetime import date, datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Case, Row
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import add_workdays
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.periods import ACCEPTANCE_WORKDAYS

OPINED = "opined"  # the outcome of a review that was not for it: an opinion, which stops nothing
PASSED = frozenset({"approve", OPINED})  # outcomes of a department that has done its part of a stage
SUSPENSIONS = "suspended"  # the round desk of cases in a special procedure, by its last day
ACCEPTING = "accepting"  # the round desk of cases whose office has not said yet whether it accepts them
TRANSFERRED = "transferred"  # the outcome of a decision that a higher organ makes (转报)
CORRECTION = "correction"  # the outcome of a task whose department asked for a supplement (补正)
SUPPLEMENTED = "supplemented"  # the outcome of a wait whose items are all in
UNANSWERED = "unanswered"  # the same, where its day passed after acceptance: its department goes on with what there is
REFERRED = "referred"  # the outcome of a task that went to other departments first (退回、会签)
ANSWERED = "answered"  # the outcome of the wait for them, once all have answered
RECALLED = "recalled"  # the same, where who asked waits no longer
COUNTERSIGN = "countersign"  # the kind of task by which a department countersigns, and its stage
ASKED = "wait#supplement#"  # how the sort keys of the waits for the applicant begin
REFERRALS = "wait#referral#"  # how the sort keys of the waits for other departments begin
SUPPLEMENTS = "supplement"  # the round desk of supplements that may lapse


def accepting(case: Case, day: date) -> Case:
    """Return a case on whose acceptance its office has five working days from the day all came in (《行政许可法》第32条)."""
    due = add_workdays(day, ACCEPTANCE_WORKDAYS).day.isoformat()
    return case.with_(desk=round_desk(ACCEPTING, case.case_no), due=f"{due}#{case.case_no}")


def silent(case: Case, row: Row, now: datetime) -> bool:
    """Tell whether the office has let its five days pass: since all had come in, or since this came to its desk (第32条第1款第4项)."""
    return now.date() > add_workdays(came(case, row), ACCEPTANCE_WORKDAYS).day


def came(case: Case, row: Row) -> date:
    """Return the day from which the office has its five: all was in, and this on its desk."""
    return max(case.clock.since, clock.parse(row.data["opened_at"]).date())


def supplement_key(stage: str, department: str) -> str:
    """The sort key of the wait for the applicant's supplement."""
    return f"{ASKED}{stage}#{department}"


def referral_key(asking: TaskKey) -> str:
    """The sort key of the wait for the departments that a task asked."""
    return f"{REFERRALS}{asking.stage}#{asking.department}#{asking.round}"


def offers(service: Service, stage_id: str, department: str) -> dict[Outcome, dict[str, str]]:
    """Return whom a department may ask at its stage, and the stage at which each then works.

    Back (退回) goes to who reviewed earlier, at their latest review, never to who accepted: an accepted case stays accepted. Countersigning
    is done by who reviews or decides this service besides, or is named for it.
    """
    stage = service.stage(stage_id)
    if stage.kind == "acceptance":
        return {}
    earlier = service.stages[: service.stages.index(stage)]
    back = {name: each.id for each in earlier if each.kind == "review" for name in each.departments}
    beside = {name for each in service.stages if each.kind != "acceptance" for name in each.departments}
    beside = (beside | {*service.countersigners}) - {department}
    return {"return": back, "countersign": dict.fromkeys(sorted(beside), COUNTERSIGN)}
