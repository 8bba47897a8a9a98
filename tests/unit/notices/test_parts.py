"""What of the stream is told, and what stands beside the timeline."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.model import Change, Event, Row
from chalicelib.kernel import clock
from chalicelib.notices import parts
from chalicelib.vocabulary.events import EventName, message
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.notices.fakes import MemoryQueue
from tests.unit.samples import NOW


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> MemoryQueue:
    made = MemoryQueue()
    monkeypatch.setattr(parts, "queue", lambda name: {"notices": made}[name])
    return made


def hear(new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
    listener = parts.CAPABILITY.listeners["notices"]
    listener(Change("1", old or {}, {"case_no": "1", **new}))


@pytest.mark.parametrize("event", [event for event in EventName if event is not EventName.SUBMITTED])
def test_an_event_is_queued_once_if_somebody_is_told(queue: MemoryQueue, event: EventName) -> None:
    row = {"sk": "event#000004", "data": json.dumps({"name": event})}
    hear(row)
    hear(row, row)
    assert queue.messages == ([{"case_no": "1", "event": 4, "name": event}] if message(event) else [])


def test_a_new_head_is_the_first_event_and_other_rows_are_none(queue: MemoryQueue) -> None:
    head = {"sk": "case", "channel": "window"}
    hear(head)
    hear(head, head)
    hear({"sk": "notice#000001"})
    assert queue.messages == [{"case_no": "1", "event": 1, "name": "submitted"}]


def test_the_fate_of_a_notice_stands_beside_its_event() -> None:
    made = Decided()
    told = {"channel": "sms", "reason": "手机号码无法接收短信"}
    made.cases.keep(Row(made.case_no, "notice#000001", "notice", "failed", data=told))
    made.cases.keep(Row(made.case_no, "notice#000002", "notice", "skipped"))
    beside = parts.CAPABILITY.beside
    assert beside and beside(made.file) == {
        1: {"notice": {"channel": "sms", "status": "failed", "reason": "手机号码无法接收短信"}},
        2: {"notice": {"channel": "none", "status": "skipped"}},
    }


def test_what_is_tried_again_says_when_and_what_was_merged_or_is_told_to_nobody_why() -> None:
    made = Decided()
    made.cases.record(made.case, Event(EventName.PAID, "", NOW))
    made.cases.record(made.case, Event(EventName.ASSIGNED, "", NOW))
    waiting = {"channel": "sms", "tries": 3, "tried_at": clock.iso(NOW)}
    made.cases.keep(Row(made.case_no, "notice#000002", "notice", "queued", data=waiting))
    beside = parts.CAPABILITY.beside
    assert beside and beside(made.file) == {
        1: {"notice": {"channel": "none", "status": "skipped", "reason": "提交时已直接答复，并有办件号"}},
        2: {"notice": {"channel": "sms", "status": "queued", "next_at": clock.iso(NOW + timedelta(seconds=20))}},
        3: {"notice": {"channel": "none", "status": "skipped", "reason": "缴费时已当场告知"}},
    }


def test_what_is_told_and_has_no_fate_is_owed() -> None:
    made = Decided(Status.DELIVERED)
    made.cases.record(made.case, Event(EventName.TRACKED, "", NOW))
    made.cases.keep(Row(made.case_no, "notice#000002", "notice", "queued"))
    assert list(parts.CAPABILITY.owes["notices"](made.file)) == ["event#000003"], (
        "who filed on the web was answered there"
    )
