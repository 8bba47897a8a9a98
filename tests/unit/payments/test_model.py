"""States of a bill, and numbers of orders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.model import Row, moved
from chalicelib.payments.model import EDGES, KEY, KIND, Order, State, attempt_of, trade_no
from chalicelib.vocabulary.codes import BILL_STATES
from tests.unit.samples import NOW


def test_every_state_has_its_name_and_no_other() -> None:
    assert set(State) == set(EDGES) == set(BILL_STATES)


@given(st.sampled_from(State), st.sampled_from(State))
def test_no_edge_but_those_of_the_table(old: State, new: State) -> None:
    legal = {
        (State.UNPAID, State.PAYING),
        (State.UNPAID, State.PAID),
        (State.UNPAID, State.CLOSED),
        (State.PAYING, State.PAYING),
        (State.PAYING, State.PAID),
        (State.PAYING, State.CLOSED),
    }
    assert (new in EDGES[old]) == ((old, new) in legal)
    row = Row("1" * 12, KEY, KIND, str(old))
    if (old, new) in legal:
        assert moved(row, EDGES, new).status == new
    else:
        with pytest.raises(ValueError, match="does not go"):
            moved(row, EDGES, new)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(1, 9999))
def test_an_order_number_says_its_case_and_fits_the_party(case_no: str, attempt: int) -> None:
    number = trade_no(case_no, attempt)
    assert attempt_of(number) == (str(case_no), attempt) and 6 <= len(number) <= 32


def test_an_order_is_written_and_read_the_same() -> None:
    order = Order("1P1", "hash", NOW, NOW + timedelta(hours=2), "wx1")
    assert Order.read(order.data()) == Order.read(order.data() | {"of_another_version": 1}) == order
