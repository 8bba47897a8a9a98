"""The arithmetic of `make bench`: bytes and units by DynamoDB's rules, transitions of a definition, prices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.workflows import definition, names
from tools.benching import prices, units
from tools.benching.prices import Use
from tools.benching.transitions import entered, items
from tools.benching.triggers import Executions
from tools.benching.units import Index, carried, read, size, written

LIST = Index("worklist", frozenset({"desk", "due"}), frozenset({"case_no", "sk", "desk", "due", "status"}))


def item(length: int = 0, **more: str) -> dict[str, Any]:
    """An item of a given length in `data`, with more texts."""
    texts = {"case_no": "1", "sk": "case", "data": "x" * length, **more}
    return {name: {"S": text} for name, text in texts.items()}


@pytest.mark.parametrize(
    ("value", "bytes_"),
    [
        ({"S": "优待证"}, 9),
        ({"B": b"\x00" * 5}, 5),
        ({"N": "7"}, 2),
        ({"N": "1200"}, 2),  # zeros at an end are no digits
        ({"N": "-123"}, 4),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
    ],
)
def test_bytes_are_those_of_name_and_value(value: dict[str, Any], bytes_: int) -> None:
    assert size({"a": value}) == 1 + bytes_


def test_a_write_takes_the_larger_of_what_was_and_what_is() -> None:
    assert written(None, item(900)) == 1
    assert written(None, item(1100)) == written(item(1100), item()) == written(item(1100), None) == 2
    assert written(None, None) == 1  # deleting what is not there


@pytest.mark.parametrize(
    ("before", "after", "units_"),
    [
        (None, item(), 0),  # not in the index: it is sparse
        (None, item(desk="a", due="1"), 1),
        (item(desk="a", due="1"), item(5, desk="a", due="1"), 0),  # nothing the index carries has changed
        (item(desk="a", due="1", status="open"), item(desk="a", due="1", status="done"), 1),
        (item(desk="a", due="1"), item(desk="b", due="1"), 2),  # out of one place, into the other
        (item(desk="a", due="1"), item(), 1),
        (item(desk="a", due="1"), None, 1),
    ],
)
def test_an_index_takes_units_for_what_it_carries(before: Any, after: Any, units_: int) -> None:
    assert carried(LIST, before, after) == units_


def test_an_index_is_read_from_its_description() -> None:
    described = {
        "IndexName": "worklist",
        "KeySchema": [{"AttributeName": "desk"}, {"AttributeName": "due"}],
        "Projection": {"NonKeyAttributes": ["status"]},
    }
    assert Index.of(described, ["case_no", "sk"]) == LIST


def test_a_read_takes_the_bytes_of_all_items_together() -> None:
    assert read([item(900)] * 4, consistent=True) == 1
    assert read([item(900)] * 5, consistent=True) == 2
    assert read([item()], consistent=False) == read([], consistent=False) == 0.5


def test_states_inside_a_map_are_counted() -> None:
    plan = {"stages": [{"departments": ["a", "b"]}, {"departments": ["c"]}]}
    assert items(plan) == [2, 1]
    assert entered(definition("approval"), items(plan)) == 8  # Stage Review Review Decided Stage Review Decided Done
    assert entered(definition("approval"), [1]) == 4
    assert [entered(definition(name)) for name in names().values() if name != "approval"] == [1, 1, 1]


def test_every_use_has_a_price() -> None:
    assert set(prices.PRICES) == set(Use)
    assert prices.cost({Use.TRANSITION: 14 * 1000}) == pytest.approx(0.35)
    assert prices.cost({Use.WRITE_UNIT: 1_000_000, Use.READ_UNIT: 1_000_000}) == pytest.approx(0.75)


def test_memory_gives_a_share_of_a_processor_and_no_more_than_one() -> None:
    assert (
        prices.gb_seconds(1.0, 0, 0, 512)
        == pytest.approx(prices.gb_seconds(1.0, 0, 0, 1024))
        == pytest.approx(1769 / 1024)
    )
    assert prices.gb_seconds(1.0, 0, 0, 2048) == pytest.approx(2.0)
    assert prices.gb_seconds(0.0, 2, 1, 1024) == pytest.approx(2 * prices.ANSWER + prices.PARTY)
    assert units.TRANSACTION == 2


def test_an_execution_calls_its_steps_round_by_round() -> None:
    plan = {
        "case_no": "1",
        "stages": [{"id": "s", "departments": ["a", "b"]}, {"id": "t", "departments": ["c"]}],
    }
    flow = Executions({name: name for name in names()})
    first = flow.start({"stateMachineArn": "Approval", "input": json.dumps(plan)})
    assert [(step["step"], step["stage"], step["department"]) for step in first] == [
        ("open_task", "s", "a"),
        ("open_task", "s", "b"),
    ]
    assert flow.answer({"taskToken": first[0]["token"]}) == []
    (last,) = flow.answer({"taskToken": first[1]["token"]})
    assert last["department"] == "c" and flow.answer({"taskToken": last["token"]}) == [] and flow.entered == 8
    (invite,) = flow.start({"stateMachineArn": "Rating", "input": '{"case_no": "1"}'})
    assert invite == {"step": "invite", "case_no": "1"}
