"""Which rows wake the functions that listen to the cases table: what nothing follows wakes nobody."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases.items import event_item, row_item
from chalicelib.cases.model import TASK, Event, Row
from chalicelib.vocabulary.events import EVENTS, EventName
from infra.listening import hears, passes
from tests.unit.decided import Decided
from tests.unit.samples import NOW


def wakes(name: str, image: object, happening: str = "INSERT") -> bool:
    """Tell whether a function listens to a new row."""
    return hears(name, {"eventName": happening, "dynamodb": {"NewImage": image}})


@pytest.mark.parametrize("event", EventName)
def test_an_event_wakes_the_outbox_if_something_follows_it_and_the_figures_always(event: EventName) -> None:
    image = event_item(Decided().case, Event(event, "", NOW)).to_dynamodb_dict()
    assert wakes("Stream", image) is EVENTS[event].followed
    assert wakes("Figures", image)


@pytest.mark.parametrize(
    ("token", "outcome", "woken"), [("t", "approve", True), ("t", None, False), (None, "x", False)]
)
def test_a_row_wakes_it_once_it_has_token_and_outcome(token: str | None, outcome: str | None, woken: bool) -> None:
    image = row_item(Row("1", "task#a#b#1", TASK, "open", token=token, outcome=outcome)).to_dynamodb_dict()
    assert wakes("Stream", image, "MODIFY") is woken and not wakes("Figures", image, "MODIFY")


def record(key: str, name: str = "INSERT") -> dict[str, Any]:
    """A record of the stream, of a row by its sort key."""
    return {"eventName": name, "dynamodb": {"NewImage": {"sk": {"S": key}}}}


def test_a_record_passes_a_filter_as_lambda_reads_it() -> None:
    pattern = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"sk": {"S": ["case", {"prefix": "event#"}]}}}}
    assert passes(record("case"), pattern) and passes(record("event#000002"), pattern)
    assert not passes(record("pay#1"), pattern) and not passes(record("case", "MODIFY"), pattern)
    exists = {"dynamodb": {"NewImage": {"token": {"S": [{"exists": True}]}}}}
    assert not passes(record("case"), exists)
