"""The conversation behind the channels."""

from __future__ import annotations

import pytest

from tests.unit.dialogue.fakes import World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A conversation, and the functions that answer with it."""
    made = World()
    monkeypatch.setattr("handlers.callbacks.dialogue", lambda: made.dialogue)
    return made
