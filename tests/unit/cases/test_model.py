"""The table of edges of a case."""

from __future__ import annotations

from itertools import product

import pytest

from chalicelib.cases.model import EDGES, Row, closing, may
from chalicelib.vocabulary.statuses import OVER, UNDECIDED, Status


def test_final_states_have_no_way_out() -> None:
    assert {status for status, ways in EDGES.items() if not ways} == {Status.CLOSED, Status.WITHDRAWN, Status.VOID}


def test_every_status_has_its_edges() -> None:
    assert set(EDGES) == set(Status)
    assert {status for status, ways in EDGES.items() if not ways} == OVER


@pytest.mark.parametrize(("old", "new"), product(Status, UNDECIDED))
def test_what_is_decided_is_never_undecided_again(old: Status, new: Status) -> None:
    assert not may(old, new) or old in UNDECIDED


def test_closing_ends_tasks_and_waits_that_are_open_and_nothing_else() -> None:
    rows = [
        Row("1", "task#a#b#1", "task", "claimed", desk="b@c"),
        Row("1", "wait#rating", "wait", "open"),
        Row("1", "task#a#c#1", "task", "decided", outcome="approve"),
        Row("1", "pay#1", "payment", "unpaid"),
    ]
    closed = closing(rows, "withdrawn")
    assert [row.key for row in closed] == ["task#a#b#1", "wait#rating"]
    assert {(row.status, row.outcome, row.desk) for row in closed} == {("cancelled", "withdrawn", None)}
