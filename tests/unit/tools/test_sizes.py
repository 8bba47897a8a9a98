"""What is too large is named, and what is not is left alone."""

from __future__ import annotations

import pytest

from tools.sizes import BODY, FEW, FILE, STORY, USUAL, bodies, faults


def function(lines: int) -> str:
    """A function of so many lines below its docstring."""
    return 'def far() -> None:\n    """Go.\n\n    On.\n    """\n' + "    go()\n" * lines


def test_a_body_is_counted_below_its_docstring() -> None:
    assert list(bodies(function(3))) == [("far", 3)]
    assert list(bodies("def near(): ...\nasync def later():\n    return (\n        1\n    )")) == [
        ("near", 1),
        ("later", 3),
    ]
    assert list(bodies('class A:\n    def said(self) -> int:\n        """Nothing."""')) == [("said", 0)]


@pytest.mark.parametrize(("path", "most"), [("chalicelib/x.py", BODY), ("tests/unit/test_x.py", STORY)])
def test_a_function_that_is_too_long_is_named(path: str, most: int) -> None:
    assert not faults({path: function(most)})
    assert faults({path: function(most + 1)}) == [f"{path}: far has {most + 1} lines, {most} at most"]


@pytest.mark.parametrize("path", ["x.py", "web/x.ts", "web/x.tsx"])
def test_a_file_that_is_too_long_is_named(path: str) -> None:
    small = dict.fromkeys(map(str, range(FEW)), "")
    assert not faults({path: "\n" * FILE, **small})
    assert faults({path: "\n" * (FILE + 1), **small}) == [f"{path}: {FILE + 1} lines, {FILE} at most"]


def test_few_files_are_long() -> None:
    small, long = dict.fromkeys(map(str, range(2 * FEW)), ""), "\n" * (USUAL + 1)
    assert not faults({"a": long, "b": long, **small})
    assert "a, b, c" in faults({"a": long, "b": long, "c": long, **small})[0]
