"""The reasons of each level."""

from __future__ import annotations

from chalicelib.ratings import model
from chalicelib.vocabulary.ratings import LEVELS, REASONS


def test_every_reason_belongs_to_the_level_of_its_first_digit() -> None:
    assert (LEVELS[5], LEVELS[1]) == ("非常满意", "非常不满意")
    assert len(REASONS) == 40 and len(set(REASONS.values())) == 40
    assert all(len(model.reasons_of(level)) == 8 for level in LEVELS)
