"""What may become of a notice, and the numbers it is known by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.notices import model
from chalicelib.notices.model import EDGES, Fate
from chalicelib.vocabulary.codes import NOTICE_FATES

STATUSES = sorted(EDGES)


def test_every_status_has_its_name_and_no_other() -> None:
    assert set(EDGES) == set(NOTICE_FATES)


@given(st.lists(st.sampled_from(STATUSES), max_size=12))
def test_nothing_leaves_the_table_of_states(path: list[str]) -> None:
    fate = Fate()
    for new in path:
        if new == fate.status or new in EDGES[fate.status]:
            fate = fate.with_(status=new)
        else:
            with pytest.raises(ValueError, match="does not go"):
                fate.with_(status=new)
    assert fate.status in EDGES


def test_an_end_is_an_end_and_what_was_skipped_goes_on_paper_alone() -> None:
    assert EDGES[model.DELIVERED] == frozenset() and EDGES[model.SKIPPED] == {model.SENT}


@given(st.builds(Fate, sid=st.text(), tries=st.integers(0, 9), reason=st.text(), card=st.sampled_from(["", "down"])))
def test_a_fate_is_read_as_it_was_written(fate: Fate) -> None:
    assert Fate.read(fate.status, fate.data()) == fate


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("123456789018-3", ("123456789018", "notice#000003")),
        ("say-abc", None),
        ("", None),
        ("123456789018", None),
        ("123-x", None),
    ],
)
def test_place(number: str, place: tuple[str, str] | None) -> None:
    assert model.place(number) == place
