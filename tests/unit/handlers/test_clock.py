"""The rounds of the minute: each by itself, and all of them where none is named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from chalice.test import Client

from app import app
from chalicelib import wiring


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When the rounds `second` and `third` were done; `first` fails."""
    found: list[datetime] = []

    def broken(now: datetime) -> int:
        raise OSError("down")

    def counted(now: datetime) -> int:
        found.append(now)
        return 3

    monkeypatch.setattr(wiring, "rounds", lambda: {"first": broken, "second": counted, "third": counted})
    return found


def strike(**event: str) -> Any:
    with Client(app) as client:
        return client.lambda_.invoke("clock", event).payload


def test_a_round_that_is_named_is_done_by_itself(moments: list[datetime]) -> None:
    assert strike(round="second") == {"second": 3} and len(moments) == 1


def test_a_round_that_fails_does_not_stop_the_others(moments: list[datetime]) -> None:
    assert strike() == {"second": 3, "third": 3}
    assert len(set(moments)) == 1, "one moment for all"
