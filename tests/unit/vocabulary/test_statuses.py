"""Every status means something, and the groups are what the rest of the house reads them for."""

from __future__ import annotations

from itertools import product

import pytest

from chalicelib.vocabulary.statuses import EDGES, NAMES, OVER, RATEABLE, STATUSES, UNDECIDED, Status, may


def test_every_status_has_a_meaning_a_name_of_its_own_and_edges() -> None:
    assert set(STATUSES) == set(EDGES) == set(Status) and len(set(NAMES.values())) == len(Status)


@pytest.mark.parametrize("status", Status)
def test_a_status_is_in_one_phase_and_its_edges_keep_to_it(status: Status) -> None:
    assert not UNDECIDED & OVER
    if status in OVER:
        assert not EDGES[status] - {Status.VOID}
    elif status not in UNDECIDED:
        assert not EDGES[status] & UNDECIDED, "what is decided stays so"
    else:
        assert Status.WITHDRAWN in EDGES[status], "an applicant may withdraw before the decision"


def test_final_states_have_no_way_out_but_that_what_was_put_away_is_found_wrong() -> None:
    """《行政许可法》第69条: a licence is undone whenever it is found to have been given against the law."""
    assert {status for status, ways in EDGES.items() if not ways} == OVER - {Status.CLOSED}
    assert EDGES[Status.CLOSED] == {Status.VOID}
    assert {Status.CLOSED, Status.WITHDRAWN, Status.RETURNED, Status.LAPSED, Status.VOID} == OVER


@pytest.mark.parametrize(("old", "new"), product(Status, UNDECIDED))
def test_what_is_decided_is_never_undecided_again(old: Status, new: Status) -> None:
    assert not may(old, new) or old in UNDECIDED


def test_what_ended_may_be_rated_unless_it_was_withdrawn_or_void() -> None:
    ends = {status for status in Status if EDGES[status] <= {Status.VOID, Status.CLOSED}}
    assert ends & RATEABLE == RATEABLE == ends - (OVER - {Status.CLOSED})
