"""What approving keeps besides its tasks: the wait for an applicant's supplement (补正), the office's own five days."""

from __future__ import annotations

from datetime import date

from chalicelib.cases.model import Case, round_desk
from chalicelib.kernel.workdays import add_workdays
from chalicelib.vocabulary.periods import ACCEPTANCE_WORKDAYS

OPINED = "opined"  # the outcome of a review that was not for it: an opinion, which stops nothing
PASSED = frozenset({"approve", OPINED})  # outcomes of a department that has done its part of a stage
SUSPENSIONS = "suspended"  # the round desk of cases in a special procedure, by its last day
ACCEPTING = "accepting"  # the round desk of cases whose office has not said yet whether it accepts them
TRANSFERRED = "transferred"  # the outcome of a decision that a higher organ makes (转报)
CORRECTION = "correction"  # the outcome of a task whose department asked for a supplement (补正)
SUPPLEMENTED = "supplemented"  # the outcome of a wait whose items are all in
SUPPLEMENTS = "supplement"  # the round desk of supplements that may lapse


def accepting(case: Case, day: date) -> Case:
    """Return a case on whose acceptance its office has five working days from the day all came in (《行政许可法》第32条)."""
    due = add_workdays(day, ACCEPTANCE_WORKDAYS).day.isoformat()
    return case.with_(desk=round_desk(ACCEPTING, case.case_no), due=f"{due}#{case.case_no}")


def supplement_key(stage: str, department: str) -> str:
    """The sort key of the wait for the applicant's supplement."""
    return f"wait#supplement#{stage}#{department}"
