"""Which rows wake the functions that listen to the cases table: what nothing follows wakes nobody."""

from __future__ import annotations

import pytest

from chalicelib.cases.items import event_item, row_item
from chalicelib.cases.model import TASK, Event, Row
from chalicelib.vocabulary.events import EVENTS, EventName
from tests.unit.decided import Decided
from tests.unit.samples import NOW
from tools.benching.triggers import filters, passes


def wakes(name: str, image: object, happening: str = "INSERT") -> bool:
    """Tell whether a function listens to a new row."""
    record = {"eventName": happening, "dynamodb": {"NewImage": image}}
    return any(passes(record, pattern) for pattern in filters(name))


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
