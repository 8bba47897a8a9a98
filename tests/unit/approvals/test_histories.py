"""Random histories of one case: whoever does what on whatever day, it ends, or somebody or something looks at it by a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.approvals.special import Procedure
from chalicelib.kernel.workdays import count_workdays, is_workday
from chalicelib.vocabulary.statuses import EDGES, UNDECIDED, Status
from tests.unit.approvals.fakes import APPROVER
from tests.unit.approvals.histories import ACTS, City, History
from tests.unit.samples import NOW, clerk

BEGINNINGS = [NOW, *(datetime.fromisoformat(f"{day}T10:00:00+08:00") for day in ("2026-09-21", "2027-01-25"))]
"""A summer, 国庆 2026 with its Saturdays, and 春节 2027, which is not announced."""
ACCEPTING = [("zwzx",), ("zwzx", "gaj")]
LATER = st.one_of(st.integers(0, 6), st.integers(0, 30))
STEPS = st.lists(st.tuples(st.integers(0, 3 * len(ACTS) - 1), st.integers(0, 4), LATER), min_size=3, max_size=20)


@given(st.sampled_from(BEGINNINGS), st.sampled_from(ACCEPTING), STEPS)
def test_every_case_ends_or_is_found_by_a_day_and_is_due_by_its_promise_and_what_was_taken(
    began: datetime, accepting: tuple[str, ...], steps: list[tuple[int, int, int]]
) -> None:
    history = History(*accepting, began=began)
    city, office = history.city, history.city.office
    before = office.status()
    for choice, which, days in steps:
        history.later(days)
        if office.status() not in UNDECIDED:
            break
        history.act(history.likely(choice), which)
        case = office.cases.head(office.case_no)
        assert case.status is before or reached(before, case.status), (before, case.status)
        assert city.looked_at(), (case.status, case.desk)
        assert city.answerable() and city.held()
        assert history.ledger.right() and history.ledger.in_time(), (case.clock, vars(history.ledger))
        stands = case.status in (Status.CORRECTION, Status.SUSPENDED)
        assert (case.clock.paused is not None) == stands or case.status not in UNDECIDED
        before = case.status
    history.goes_well()
    assert office.status() not in UNDECIDED and city.looked_at()


def reached(old: Status, new: Status) -> bool:
    """Whether a road of legal edges leads from one status to the other: the clock may act before somebody does."""
    seen, ways = set(), {old}
    while ways:
        seen |= ways
        ways = {to for each in ways for to in EDGES[each]} - seen
    return new in seen


def test_what_a_special_procedure_takes_is_given_back_to_the_day() -> None:
    for length in range(1, 15):
        city = City()
        office = city.office
        office.decide(clerk(), "accept", "approve")
        city.flow()
        due, began = office.cases.head(office.case_no).clock.due.day, office.now.date()
        until = began + timedelta(days=length)
        city.procedures.suspend(office.case_no, APPROVER, Procedure("appraisal", "需要鉴定", until), office.now)
        office.now += timedelta(days=length + 1)
        city.do("clock", 0)
        after = office.cases.head(office.case_no).clock.due.day
        assert count_workdays(due, after) == count_workdays(began, until) and is_workday(after)
