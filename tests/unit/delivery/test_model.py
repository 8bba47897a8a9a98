"""Where a parcel may go, and how long it waits."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.days import backoff
from chalicelib.delivery.model import EDGES, State, Track, after
from chalicelib.vocabulary.codes import SHIPMENT_STATES
from tests.unit.delivery.fakes import ACTIONS, track
from tests.unit.samples import NOW

TOLD = [*(track(action, hours) for hours, action in enumerate(ACTIONS, 1)), track("handed", valid=False)]


@given(st.sampled_from(State), st.sampled_from(TOLD), st.sampled_from([None, 0, 9]))
def test_no_track_moves_a_parcel_off_the_table_of_edges(state: State, told: Track, hours: int | None) -> None:
    latest = None if hours is None else NOW + timedelta(hours=hours)
    new = after(state, told, latest)
    assert new == state or new in EDGES[state]


def test_every_state_has_a_name_and_only_ends_have_no_way_out() -> None:
    assert set(SHIPMENT_STATES) == set(State) == set(EDGES)
    assert {state for state, ways in EDGES.items() if not ways} == {State.DELIVERED, State.CANCELLED}


def test_waiting_grows_to_an_hour() -> None:
    assert [backoff(tries).seconds // 60 for tries in (1, 2, 3, 7, 20)] == [1, 2, 4, 60, 60]
