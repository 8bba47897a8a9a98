"""What a move to another version says before it is done."""

from __future__ import annotations

from tools.moving import changes

OLD = {"name": "甲", "stages": [{"id": "a", "limit_days": 1}], "fee": None, "note": "x" * 100}


def test_it_says_what_differs_and_nothing_else() -> None:
    assert changes(OLD, OLD) == []
    new = {**OLD, "stages": [{"id": "a", "limit_days": 1}, {"id": "b", "limit_days": 1}], "note": "短"}
    told = changes(OLD, new)
    assert told[1] == 'stages: ["a"] → ["a", "b"]'
    assert told[0].startswith("note: ") and len(told[0]) < 100
