"""What a move to another version says before it is done."""

from __future__ import annotations

from tools.moving import changes, turn

OLD = {"name": "甲", "stages": [{"id": "a", "limit_days": 1}], "fee": None, "note": "x" * 100}


def test_it_says_what_differs_and_nothing_else() -> None:
    assert changes(OLD, OLD) == []
    new = {**OLD, "stages": [{"id": "a", "limit_days": 1}, {"id": "b", "limit_days": 1}], "note": "短"}
    told = changes(OLD, new)
    assert told[1] == 'stages: ["a"] → ["a", "b"]'
    assert told[0].startswith("note: ") and len(told[0]) < 100


def test_the_turn_is_the_first_stage_not_approved_by_all() -> None:
    stages = [
        {"id": "a", "departments": ["x", "y"]},
        {"id": "b", "departments": ["x"]},
        {"id": "c", "departments": ["x"]},
    ]
    assert turn(stages, set()) == turn(stages, {("a", "x")}) == "a"
    assert turn(stages, {("a", "x"), ("a", "y"), ("c", "x")}) == "b"
    assert turn(stages, {("a", "x"), ("a", "y"), ("b", "x"), ("c", "x")}) == "c"
