"""Somebody who listens at the end of every talk channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers import callbacks
from tests.contract.channels.talking import Listener


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    listener = Listener()
    monkeypatch.setattr(callbacks, "dialogue", lambda: listener)
    monkeypatch.setattr(callbacks, "notices", lambda: listener)
    yield listener
