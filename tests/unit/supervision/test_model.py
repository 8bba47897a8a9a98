"""What each event counts as, on which day, and that it counts once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.cases.model import Change
from chalicelib.supervision.model import Happening, happening
from chalicelib.vocabulary.events import EVENTS, EventName
from chalicelib.vocabulary.figures import Figure

NO = "123456789018"


def told(event: EventName, old: dict[str, Any] | None = None, **facts: Any) -> Change:
    """The record of an event's row; the first event is the head itself."""
    if event is EventName.SUBMITTED:
        head = {"case_no": NO, "sk": "case", "received_at": "2026-07-01T23:59:59.000+08:00", "channel": "sms"}
        return Change("1", old or {}, head)
    data = {"name": str(event), "at": "2026-07-08T09:30:00.000+08:00", "data": facts}
    return Change("1", old or {}, {"case_no": NO, "sk": "event#000007", "data": json.dumps(data)})


def test_a_head_counts_as_received_by_its_channel() -> None:
    assert happening(told(EventName.SUBMITTED)) == Happening(f"{NO}#case", "2026-07-01", ("received", "channel_sms"))


DECIDED = [event for event, row in EVENTS.items() if row.counts == "decided"]


@pytest.mark.parametrize("event", DECIDED)
@pytest.mark.parametrize(
    ("promised", "figure"), [("2026-07-08", "on_time"), ("2026-07-07", "overdue"), (None, "on_time")]
)
def test_a_decision_is_on_time_to_the_end_of_the_day_promised(
    event: EventName, promised: str | None, figure: str
) -> None:
    facts: dict[str, Any] = {"promised_by": promised} if promised else {}
    expected = Happening(f"{NO}#event#000007", "2026-07-08", ("decided", figure))
    assert happening(told(event, **facts)) == expected


@pytest.mark.parametrize("level", [1, 5])
def test_a_first_rating_counts_by_its_level_an_addition_does_not(level: int) -> None:
    found = happening(told(EventName.RATED, level=level, number=1))
    assert found and (found.day, found.figures) == ("2026-07-08", (f"level_{level}",))
    assert happening(told(EventName.RATED, level=level, number=2)) is None


@pytest.mark.parametrize("event", [event for event, row in EVENTS.items() if isinstance(row.counts, Figure)])
def test_an_event_counts_as_its_figure(event: EventName) -> None:
    found = happening(told(event))
    assert found and found.figures[0] == EVENTS[event].counts


@pytest.mark.parametrize("event", [event for event, row in EVENTS.items() if row.counts == "nothing"])
def test_nothing_else_counts(event: EventName) -> None:
    assert happening(told(event)) is None


@pytest.mark.parametrize("event", [event for event, row in EVENTS.items() if row.counts != "nothing"])
def test_only_what_is_new_counts(event: EventName) -> None:
    change = told(event, level=5)
    assert happening(change) is not None
    assert happening(told(event, old=change.new, level=5)) is None


@pytest.mark.parametrize("key", ["notice#000007", "task#accept#zwzx#1", "pay#1"])
def test_other_rows_count_for_nothing(key: str) -> None:
    assert happening(Change("1", {}, {"case_no": NO, "sk": key, "data": "{}"})) is None
