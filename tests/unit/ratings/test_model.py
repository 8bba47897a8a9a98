"""The two scales of the outside, and the reasons of each level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.ratings import model
from chalicelib.vocabulary.codes import LEVELS, REASONS


def test_both_ends_of_both_scales() -> None:
    assert (model.to_gbt(5), model.to_gbt(1), model.from_gbt("1"), model.from_gbt("5")) == ("1", "5", 5, 1)
    assert (model.to_exchange(5), model.to_exchange(1), model.from_exchange("5"), model.from_exchange("1")) == (
        "5",
        "1",
        5,
        1,
    )
    assert (LEVELS[5], LEVELS[1]) == ("非常满意", "非常不满意")


@given(st.integers(-3, 9))
def test_the_scales_come_back_and_refuse_what_is_no_level(level: int) -> None:
    if 1 <= level <= 5:
        assert model.from_gbt(model.to_gbt(level)) == model.from_exchange(model.to_exchange(level)) == level
        return
    for write in (model.to_gbt, model.to_exchange):
        with pytest.raises(ValueError, match="no such level"):
            write(level)


def test_every_reason_belongs_to_the_level_of_its_first_digit() -> None:
    assert len(REASONS) == 40 and len(set(REASONS.values())) == 40
    assert all(len(model.reasons_of(level)) == 8 for level in LEVELS)
