"""What ends with a case, and what does not."""

from __future__ import annotations

from chalicelib.cases.model import Row, closing


def test_closing_ends_tasks_and_waits_that_are_open_and_nothing_else() -> None:
    rows = [
        Row("1", "task#a#b#1", "task", "claimed", desk="b@c"),
        Row("1", "wait#rating", "wait", "open"),
        Row("1", "task#a#c#1", "task", "decided", outcome="approve"),
        Row("1", "pay#1", "payment", "unpaid"),
    ]
    closed = closing(rows, "withdrawn")
    assert [row.key for row in closed] == ["task#a#b#1", "wait#rating"]
    assert {(row.status, row.outcome, row.desk) for row in closed} == {("cancelled", "withdrawn", None)}
