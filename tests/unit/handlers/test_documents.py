"""The function that makes documents: each message by itself; what fails comes again, and from its sixth try on the case says so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chalice.test import Client

from app import app
from chalicelib.cases.faults import NOTED, who_and_what
from chalicelib.cases.model import FAULT
from handlers import documents as routes
from handlers import messages
from tests.unit.documents.fakes import Office
from tests.unit.notices.fakes import MemoryQueue


def message(case_no: str, number: int, attempt: int) -> dict[str, Any]:
    return {
        "messageId": str(number),
        "receiptHandle": "r",
        "body": json.dumps({"case_no": case_no, "event": number}),
        "attributes": {"ApproximateReceiveCount": str(attempt)},
    }


def test_each_is_made_and_what_fails_is_put_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    office, queue = Office(), MemoryQueue()
    monkeypatch.setattr(routes, "papers", lambda: office.documents)
    monkeypatch.setattr(routes, "cases", lambda: office.made.cases)
    monkeypatch.setattr(messages, "queue", lambda name: {"documents": queue}[name])
    case_no = office.made.case_no
    with Client(app) as client:
        told = {"Records": [message(case_no, 1, 1), message(case_no, 9, NOTED)]}
        answer: Any = client.lambda_.invoke("documents", told).payload
        assert answer == {"batchItemFailures": [{"itemIdentifier": "9"}]} and len(queue.hidden) == 1
        assert office.made.row("doc#000001")
        (fault,) = office.made.file.of(FAULT)
        assert (who_and_what(fault.key), fault.status) == (("documents", "event#000009"), "open")
