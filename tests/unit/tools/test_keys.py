"""What a change writes to an index, and what that makes in a city."""

from __future__ import annotations

from typing import Any

import pytest

from tools.keys import Index, busiest, kind, per_case, written

DESK: Index = ("worklist", ["desk", "due"], {"case_no", "sk", "desk", "due", "status"})


def item(**texts: str) -> dict[str, Any]:
    return {name: {"S": text} for name, text in {"case_no": "1", "sk": "case", **texts}.items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, item(desk="a", due="1", status="x"), [("a", 1)]),
        (item(desk="a", due="1", status="x"), item(desk="a", due="1", status="x", other="y"), []),
        (item(desk="a", due="1", status="x"), item(desk="a", due="1", status="y"), [("a", 1)]),
        (item(desk="a", due="1"), item(desk="b", due="1"), [("a", 1), ("b", 1)]),
        (item(desk="a", due="1"), item(status="y"), [("a", 1)]),
        (item(status="x"), item(status="y"), []),
        ({}, item(desk="a", due="1", status="x" * 1500), [("a", 2)]),
    ],
)
def test_what_a_change_writes_to_an_index(old: dict[str, Any], new: dict[str, Any], expected: list[Any]) -> None:
    assert list(written(old, new, DESK)) == expected


def test_sorts_of_keys() -> None:
    assert [kind(key) for key in ("@owed#7", "mzj@510100#3", "9f" * 32)] == ["@owed", "department", "person"]


def test_only_finished_cases_count_and_the_largest_department_is_spread() -> None:
    on, off = item(desk="mzj@510100#1", due="1", status="x"), item(status="delivered")
    open_case = {**on, "case_no": {"S": "2"}}
    units = per_case([({}, on), (on, off), ({}, open_case)], [DESK])
    assert units == {("worklist", "department"): 2.0}
    whole = busiest(("worklist", "department"), 2.0, {"department": 1, "@": 10})
    assert busiest(("worklist", "department"), 2.0, {"department": 5, "@": 10}) == whole / 5 > 0
    assert busiest(("by_owner", "person"), 5.0, {"department": 5, "@": 10}) == 0
