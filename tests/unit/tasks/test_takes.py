"""Kinds of tasks that take money: how, and against which receipt."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kernel.errors import InvalidInput
from chalicelib.tasks.model import Decision
from tests.unit.samples import NOW
from tests.unit.tasks.fakes import Board


@pytest.mark.parametrize(
    ("kind", "given", "fields"),
    [
        ("cashier", {}, ["pay_way", "receipt_no"]),
        ("cashier", {"pay_way": "card"}, ["receipt_no"]),
        ("pickup", {"pay_way": "cash", "receipt_no": "0012345"}, ["pay_way", "receipt_no"]),
    ],
)
def test_money_is_taken_against_a_receipt_and_only_where_it_is(
    kind: str, given: dict[str, Any], fields: list[str]
) -> None:
    board = Board(kind)
    with pytest.raises(InvalidInput) as refused:
        board.tasks.decide(board.worker, board.task_id, Decision("approve", **given), NOW)
    assert [fault.path for fault in refused.value.fields] == fields and not board.followed
