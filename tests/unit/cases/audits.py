"""The record of readings, in memory."""

from __future__ import annotations

from typing import Any


class Audits:
    """Keeps what was noted."""

    def __init__(self) -> None:
        self.notes: list[tuple[Any, ...]] = []

    def note(self, *facts: Any) -> None:
        self.notes.append(facts)
