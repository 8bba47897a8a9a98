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
    data = {"name": str(event), "at": "2026-07-08T09:30:00.000+08:00", "data": facts, "service": "s"}
    return Change("1", old or {}, {"case_no": NO, "sk": "event#000007", "data": json.dumps(data)})


def test_a_head_counts_as_received_by_its_channel() -> None:
    assert happening(told(EventName.SUBMITTED)) == Happening(f"{NO}#case", "2026-07-01", ("received", "channel_sms"))


DECIDED = [event for event, row in EVENTS.items() if row.counts == "decided"]
EVALUABLE = ("evaluable",)


@pytest.mark.parametrize("event", DECIDED)
@pytest.mark.parametrize(
    ("promised", "figure"), [("2026-07-08", "on_time"), ("2026-07-07", "overdue"), (None, "on_time")]
)
def test_a_decision_is_on_time_to_the_end_of_the_day_promised(
    event: EventName, promised: str | None, figure: str
) -> None:
    facts: dict[str, Any] = {"promised_by": promised} if promised else {}
    ends = EVALUABLE if EVENTS[event].begins == "rating" else ()
    expected = Happening(f"{NO}#event#000007", "2026-07-08", ("decided", figure, *ends), "s")
    assert happening(told(event, **facts)) == expected


def test_every_result_and_every_no_can_be_rated_and_is_counted_as_such_once() -> None:
    ends = {EventName.DELIVERED, EventName.DENIED, EventName.NOT_ACCEPTED, EventName.TRANSFERRED}
    assert {event for event, row in EVENTS.items() if row.evaluable} == ends
    found = happening(told(EventName.DELIVERED))
    assert found and found.figures == EVALUABLE
    assert happening(told(EventName.RATING_INVITED)) is None and happening(told(EventName.CLOSED)) is None


@pytest.mark.parametrize(
    ("facts", "figures"),
    [
        ({"level": 5, "number": 1}, ("level_5",)),
        ({"level": 1, "number": 1, "opens": True}, ("level_1", "rectifications")),
        ({"level": 4, "number": 2}, ()),
        ({"level": 1, "number": 2, "opens": False}, ()),
        ({"level": 1, "number": 2, "opens": True}, ("rectifications",)),
        ({"level": 1, "number": 1, "opens": False, "held": True}, ()),
    ],
)
def test_an_addition_is_no_second_rating_and_what_is_held_is_none_yet(
    facts: dict[str, Any], figures: tuple[str, ...]
) -> None:
    found = happening(told(EventName.RATED, **facts))
    assert (found.figures if found else ()) == figures and (not found or found.day == "2026-07-08")


@pytest.mark.parametrize(
    ("event", "facts", "figures"),
    [
        (EventName.RATING_COUNTED, {"level": 1, "number": 1, "opens": True}, ("level_1", "rectifications")),
        (EventName.RATING_INVALIDATED, {"level": 1, "number": 1, "counted": True}, ("out_1", "rectifications_out")),
        (EventName.RATING_INVALIDATED, {"level": 1, "number": 2, "counted": True}, ("rectifications_out",)),
        (EventName.RECTIFIED, {"cycle": 1, "on_time": True, "named": True}, ("rectified_on_time", "answered_named")),
        (EventName.RECTIFIED, {"cycle": 1, "on_time": False, "named": False}, ()),
        (EventName.RECTIFIED, {"cycle": 2, "on_time": True, "named": True}, ()),
        (EventName.RATING_REVISITED, {"cycle": 1, "named": True}, ("revisited",)),
        (EventName.RATING_REVISITED, {"cycle": 1, "named": False}, ()),
        (EventName.RATING_REVISITED, {"cycle": 2, "named": True}, ()),
    ],
)
def test_what_follows_a_bad_rating_is_counted_on_the_day_it_was_given(
    event: EventName, facts: dict[str, Any], figures: tuple[str, ...]
) -> None:
    day: dict[str, Any] = (
        {} if event is EventName.RATING_COUNTED else {"opened_on": "2026-06-20", "counted_on": "2026-06-20"}
    )
    found = happening(told(event, **facts, **day))
    assert (found.figures if found else ()) == figures
    assert not found or found.day == ("2026-07-08" if event is EventName.RATING_COUNTED else "2026-06-20")


def test_a_rating_that_was_held_is_taken_out_of_nothing() -> None:
    facts: dict[str, Any] = {"level": 2, "number": 1, "counted": False, "counted_on": "2026-06-20"}
    assert happening(told(EventName.RATING_INVALIDATED, **facts)) is None


@pytest.mark.parametrize("event", [event for event, row in EVENTS.items() if isinstance(row.counts, Figure)])
def test_an_event_counts_as_its_figure(event: EventName) -> None:
    found = happening(told(event))
    assert found and found.figures[0] == EVENTS[event].counts


@pytest.mark.parametrize(
    "event", [event for event, row in EVENTS.items() if row.counts == "nothing" and not row.evaluable]
)
def test_nothing_else_counts(event: EventName) -> None:
    assert happening(told(event)) is None


SAID: dict[str, Any] = {
    "level": 5,
    "cycle": 1,
    "on_time": True,
    "named": True,
    "counted": True,
    "opened_on": "2026-06-20",
}


@pytest.mark.parametrize("event", [event for event, row in EVENTS.items() if row.counts != "nothing"])
def test_only_what_is_new_counts(event: EventName) -> None:
    change = told(event, **SAID)
    assert happening(change) is not None
    assert happening(told(event, old=change.new, **SAID)) is None


@pytest.mark.parametrize("key", ["notice#000007", "task#accept#zwzx#1", "pay#1"])
def test_other_rows_count_for_nothing(key: str) -> None:
    assert happening(Change("1", {}, {"case_no": NO, "sk": key, "data": "{}"})) is None
