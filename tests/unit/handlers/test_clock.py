"""The rounds of the minute: all of them, whatever one does."""

from __future__ import annotations

from datetime import datetime

import pytest
from chalice.test import Client

from app import app
from chalicelib import wiring


def test_a_round_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[datetime] = []

    def broken(now: datetime) -> int:
        raise OSError("down")

    def counted(now: datetime) -> int:
        moments.append(now)
        return 3

    monkeypatch.setattr(wiring, "rounds", lambda: {"first": broken, "second": counted, "third": counted})
    with Client(app) as client:
        event = client.events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
        assert client.lambda_.invoke("clock", event).payload == {"second": 3, "third": 3}
    assert len(set(moments)) == 1, "one moment for all"
