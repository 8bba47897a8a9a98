"""The table's index of desks, read raw: a row that cannot be read hides no other, and a page is filled behind it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases.items import Item, row_item
from chalicelib.cases.model import TASK, Row
from chalicelib.cases.store import Store


class Index:
    """Five rows of a desk in pages of two, the second spoiled."""

    def __init__(self) -> None:
        rows = [
            Row(f"{n}", f"task#{n}", TASK, "open", desk="d", due=f"2026-01-0{n}", data={"n": n}) for n in range(1, 6)
        ]
        self.rows = [row_item(row).to_dynamodb_dict() for row in rows]
        self.rows[1]["data"] = {"S": "{spoiled"}

    def query(
        self, desk: str, condition: Any, *, index_name: str, limit: int, exclusive_start_key: Any
    ) -> dict[str, Any]:
        at = exclusive_start_key or 0
        page = self.rows[at : at + 2]
        return {"Items": page} | ({"LastEvaluatedKey": at + 2} if at + 2 < len(self.rows) else {})


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    made = Store("table", "us-east-1")
    index = Index()
    monkeypatch.setattr(Item, "_get_connection", lambda: index)
    return made


def test_a_row_that_cannot_be_read_hides_no_other(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    assert [row.case_no for row in store.due("d", "2026-02")] == ["1", "3", "4", "5"]
    assert "row unreadable" in caplog.text and "task#2" in caplog.text and "spoiled" not in caplog.text


@pytest.mark.parametrize(("limit", "found"), [(1, ["1"]), (3, ["1", "3", "4"]), (9, ["1", "3", "4", "5"])])
def test_a_page_of_a_desk_is_full_though_a_row_was_passed_over(store: Store, limit: int, found: list[str]) -> None:
    assert [row.case_no for row in store.on_desk("d", limit)] == found
