"""What of the stream asks for a document, what the page shows, and who wakes the typeface."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.cases.model import Change, Event
from chalicelib.documents import parts
from chalicelib.vocabulary.events import DOCUMENTS, EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.documents.fakes import RECEIPT
from tests.unit.notices.fakes import MemoryQueue
from tests.unit.samples import NOW

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> MemoryQueue:
    made = MemoryQueue()
    monkeypatch.setattr(parts, "queue", lambda name: {"documents": made}[name])
    return made


def hear(new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
    parts.CAPABILITY.listeners["documents"](Change("1", old or {}, {"case_no": "1", **new}))


@pytest.mark.parametrize("event", [event for event in EventName if event is not EventName.SUBMITTED])
def test_an_act_that_has_a_document_is_queued_once(queue: MemoryQueue, event: EventName) -> None:
    row = {"sk": "event#000004", "data": json.dumps({"name": event})}
    hear(row)
    hear(row, row)
    assert queue.messages == ([{"case_no": "1", "event": 4}] if event in DOCUMENTS else [])


def test_a_new_head_has_its_receipt(queue: MemoryQueue) -> None:
    hear({"sk": "case"})
    hear({"sk": "doc#000001"})
    assert queue.messages == [{"case_no": "1", "event": 1}]


def test_what_has_a_document_and_none_was_made_is_owed() -> None:
    made = Decided(Status.DELIVERED)
    made.cases.record(made.case, Event(EventName.TRACKED, "", NOW))
    made.cases.keep(RECEIPT.with_(case_no=made.case_no))
    assert list(parts.CAPABILITY.owes["documents"](made.file)) == ["event#000002", "event#000003"]


def test_the_page_names_them_and_gives_no_address() -> None:
    made = Decided()
    made.cases.keep(RECEIPT.with_(case_no=made.case_no))
    page = parts.CAPABILITY.page
    assert page and page(made.file, made.service) == {
        "documents": [
            {
                "document_no": "成城管收〔2026〕000001号",
                "kind": "submitted",
                "title": "收件凭证",
                "issued_at": "2026-07-01T09:30:00.000+08:00",
            }
        ]
    }


def test_only_who_makes_a_document_wakes_the_typeface() -> None:
    code = "import sys, app, chalicelib.documents.service; print([each for each in sys.modules if each.startswith('fontTools')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
