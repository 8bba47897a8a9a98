"""Where a parcel may go, and how long it waits."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.model import EDGES, State, Track, after, backoff
from tests.unit.delivery.fakes import TRACKS, track
from tests.unit.samples import NOW


@given(st.sampled_from(State), st.sampled_from([*TRACKS, track("handed", valid=False)]), st.sampled_from([None, 0, 9]))
def test_no_track_moves_a_parcel_off_the_table_of_edges(state: State, told: Track, hours: int | None) -> None:
    latest = None if hours is None else NOW + timedelta(hours=hours)
    new = after(state, told, latest)
    assert new == state or new in EDGES[state]


def test_waiting_grows_to_an_hour() -> None:
    assert [backoff(tries).seconds // 60 for tries in (1, 2, 3, 7, 20)] == [1, 2, 4, 60, 60]
