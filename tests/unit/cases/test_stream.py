"""The outbox: each change to every listener, in order, and from where to go on when one fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.capability import Listener, Owes
from chalicelib.cases.faults import NOTED
from chalicelib.cases.model import FAULT, Change, Row
from chalicelib.cases.stream import OWED_AFTER, Outbox, carry_out, wait
from chalicelib.kernel import clock
from chalicelib.kernel.errors import NotFound
from tests.unit.decided import Decided
from tests.unit.samples import NOW

CHANGES = [Change(str(number), {}, {"sk": "case", "case_no": str(number)}) for number in (1, 2, 3)]


class Queue:
    """What was put off; `broken`: even that fails."""

    def __init__(self, broken: bool = False) -> None:
        self.messages: list[dict[str, Any]] = []
        self.broken = broken

    def __call__(self, message: dict[str, Any]) -> None:
        if self.broken:
            raise OSError("no queue")
        self.messages.append(message)


def test_every_listener_hears_every_change_in_order() -> None:
    heard: list[tuple[str, str]] = []
    listeners = {who: lambda change, who=who: heard.append((who, change.sequence)) for who in "ab"}
    queue = Queue()
    assert carry_out(CHANGES, listeners, queue) is None and not queue.messages
    assert heard == [(who, number) for number in "123" for who in "ab"]


@pytest.mark.parametrize("failing", ["1", "2", "3"])
def test_what_fails_is_put_off_by_itself_and_holds_up_no_other_listener(failing: str) -> None:
    heard: list[str] = []
    tried: list[str] = []

    def one(change: Change) -> None:
        tried.append(change.sequence)
        if change.sequence == failing:
            raise OSError("down")

    queue = Queue()
    assert carry_out(CHANGES, {"one": one, "two": lambda change: heard.append(change.sequence)}, queue) is None
    assert heard == ["1", "2", "3"]
    assert tried == [number for number in "123" if number <= failing], (
        "an engine that is down is not asked again and again"
    )
    put_off = [number for number in "123" if number >= failing]
    assert queue.messages == [{"listener": "one", "case_no": number, "row": "case"} for number in put_off]


def test_without_a_queue_the_stream_tells_again() -> None:
    def broken(change: Change) -> None:
        if change.sequence == "2":
            raise OSError("down")

    assert carry_out(CHANGES, {"one": broken}, Queue(broken=True)) == "2"


def test_what_was_put_off_is_carried_out_from_the_row_as_it_is_and_its_fault_noted_until_then() -> None:
    case = Decided()
    heard: list[Change] = []
    down = True

    def listener(change: Change) -> None:
        if down:
            raise KeyError("service")
        heard.append(change)

    outbox = Outbox(case.cases, {"one": listener}, {})
    message = {"listener": "one", "case_no": case.case_no, "row": "case"}
    for attempt in range(1, NOTED + 2):
        with pytest.raises(KeyError):
            outbox.carry_out(message, NOW, attempt)
        found = case.cases.row(case.case_no, "fault#one#case")
        assert (found is not None) == (attempt >= NOTED)
    noted = case.row("fault#one#case")
    assert (noted.status, noted.data) == ("open", {"code": "KeyError"})
    assert [row.case_no for row in case.cases.waiting(FAULT, clock.iso(NOW))] == [case.case_no]
    down = False
    outbox.carry_out(message, NOW, 1)  # as after the dead letters, where tries are counted anew
    assert heard[0].happened == (1, "submitted") and heard[0].new["service"] == case.case.service
    assert case.row("fault#one#case").status == "mended" and not list(case.cases.waiting(FAULT, clock.iso(NOW)))


def test_a_row_put_off_is_told_as_new() -> None:
    case = Decided()
    case.cases.keep(Row(case.case_no, "task#s#d#1", "task", "decided", token="t", outcome="approve"))
    told = case.cases.change(case.case_no, "task#s#d#1")
    assert (told.old, told.new["token"], told.new["outcome"], told.happened) == ({}, "t", "approve", None)
    granted = case.cases.change(case.case_no, "event#000002")
    assert granted.happened == (2, "granted")


def test_what_is_owed_is_carried_out_listener_by_listener_from_the_file_in_hand() -> None:
    case = Decided()
    case.cases.keep(Row(case.case_no, "task#s#d#1", "task", "decided", token="t", outcome="approve"))
    heard: list[tuple[str, Change]] = []
    rows = {"notices": ["case", "event#000002"], "workflows": ["task#s#d#1"]}
    listeners: dict[str, Listener] = {
        "workflows": lambda change: heard.append(("workflows", change)),
        "notices": lambda change: heard.append(("notices", change)),
    }
    owes: dict[str, Owes] = {"notices": lambda file: rows["notices"], "workflows": lambda file: rows["workflows"]}
    outbox = Outbox(case.cases, listeners, owes)
    assert outbox.sweep(NOW + OWED_AFTER - timedelta(seconds=1)) == 0 and not heard
    assert outbox.sweep(NOW + OWED_AFTER) == 1
    assert heard == [(name, case.cases.change(case.case_no, key)) for name, keys in rows.items() for key in keys]


def test_a_row_there_is_not_tells_nothing() -> None:
    for key in ("task#s#d#1", "event#000009"):
        with pytest.raises(NotFound):
            Decided().file.change(key)


def test_the_waits_grow_to_an_hour_and_stay() -> None:
    waits = [wait(attempt) for attempt in range(1, 201)]
    assert waits == sorted(waits) and waits[0] == 5 and waits[-1] == 3600
    assert sum(waits) > 7 * 24 * 3600, "a week, as the queue's `Tries` say"


@pytest.mark.parametrize(
    ("old", "new", "happened"),
    [
        ({}, {"sk": "case"}, (1, "submitted")),
        ({"sk": "case"}, {"sk": "case"}, None),
        ({}, {"sk": "event#000012", "data": '{"name": "paid"}'}, (12, "paid")),
        ({"sk": "event#000012"}, {"sk": "event#000012", "data": '{"name": "paid"}'}, None),
        ({}, {"sk": "notice#000012"}, None),
        ({}, {}, None),
    ],
)
def test_what_happened(old: dict[str, str], new: dict[str, str], happened: tuple[int, str] | None) -> None:
    assert Change("1", old, new).happened == happened
