"""What ends with a case, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.model import (
    EDGES,
    HEAD,
    WAIT,
    Row,
    WaitState,
    answered,
    closing,
    event_key,
    event_number,
    numbered,
)


@given(st.sampled_from(WaitState), st.sampled_from(WaitState))
def test_a_wait_is_answered_once(old: WaitState, new: WaitState) -> None:
    wait = Row("1", "wait#supplement#a#b", WAIT, str(old), desk="@supplements#1")
    if new in EDGES[old]:
        assert old is WaitState.OPEN
        over = answered(wait, "rated", new)
        assert (over.status, over.outcome, over.desk) == (new, "rated", None)
    else:
        with pytest.raises(ValueError, match="does not go"):
            answered(wait, "rated", new)


def test_closing_ends_tasks_and_waits_that_are_open_and_nothing_else() -> None:
    rows = [
        Row("1", "task#a#b#1", "task", "claimed", desk="b@c"),
        Row("1", "wait#supplement#a#b", "wait", "open"),
        Row("1", "task#a#c#1", "task", "decided", outcome="approve"),
        Row("1", "pay#1", "payment", "unpaid"),
    ]
    closed = closing(rows, "withdrawn")
    assert [row.key for row in closed] == ["task#a#b#1", "wait#supplement#a#b"]
    assert {(row.status, row.outcome, row.desk) for row in closed} == {("cancelled", "withdrawn", None)}


@given(st.integers(1, 999_999))
def test_an_event_is_found_by_its_key_and_the_first_is_the_head(number: int) -> None:
    assert event_number(event_key(number)) == number and event_key(1) == HEAD
    assert event_number(numbered("notice", number)) is None and event_number("") is None
