"""Whether an applicant is asked how it was (好差评): once he was invited, until he has said it, and never with a no."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import Case
from chalicelib.kernel import clock
from chalicelib.vocabulary.statuses import RATEABLE, STATUSES

GIVEN = "rated"  # the fact that says how many ratings were given
UNTIL = "rate_until"  # the fact that says he was invited, and until when
AGAIN = (
    "rate_again_until"  # the same once a bad rating was answered and he is asked whether it is solved; '' afterwards
)


def asked(case: Case, now: datetime) -> bool:
    """Tell whether he is asked: invited in time and silent so far, or asked again."""
    until = clock.iso(now)
    silent = case.status in RATEABLE and GIVEN not in case.facts and until <= str(case.facts.get(UNTIL, ""))
    return silent or asked_again(case, now)


def asked_again(case: Case, now: datetime) -> bool:
    """Tell whether he is asked if what he rated badly is solved."""
    return clock.iso(now) <= str(case.facts.get(AGAIN, ""))


def asked_with_status(case: Case, now: datetime) -> bool:
    """Tell whether the question may stand beside how his case stands: not in the sentence that says no."""
    return asked(case, now) and STATUSES[case.status].tone != "bad"
