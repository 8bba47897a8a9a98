"""What a conversation asks of the rest of the house, and what one turn of it sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.model import Case
from chalicelib.catalogue.model import Service, Summary
from chalicelib.dialogue.model import Memory, Turn
from chalicelib.dialogue.words import Heard
from chalicelib.intake.model import Intake, Kind, Reply


class Desk(Protocol):
    """Receives every submission."""

    def receive(self, intake: Intake, now: datetime) -> Reply: ...


class Cases(Protocol):
    """Lists a person's cases, newest first."""

    def mine(self, sender: str, *, limit: int) -> Sequence[Case]: ...


class Catalogue(Protocol):
    """Knows the services."""

    def list(self, channel: str | None = None) -> list[Summary]: ...
    def get(self, code: str) -> Service: ...


class Sessions(Protocol):
    """Keeps JSON values until their time is over (`kernel.sessions`)."""

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]: ...
    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None: ...
    def delete(self, key: str) -> None: ...


class OptOuts(Protocol):
    """Keeps who wants no SMS (退订)."""

    def opt_out(self, phone: str, now: datetime) -> None: ...
    def opt_in(self, phone: str) -> None: ...


class Box(Protocol):
    """Seals JSON values, bound to a place (`kernel.seal`)."""

    def seal(self, value: Any, place: str) -> bytes: ...
    def open(self, sealed: bytes, place: str) -> Any: ...


class Reasons(Protocol):
    """Names the reasons a level may be given for: code → Chinese."""

    def __call__(self, level: int) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Scene:
    """One turn, cleaned, with what is remembered."""

    turn: Turn
    heard: Heard
    memory: Memory
    now: datetime

    @property
    def keypad(self) -> bool:
        """Tell whether only keys can be sent."""
        return self.turn.keypad

    @property
    def data(self) -> Mapping[str, Any]:
        """What the present state remembers."""
        return self.memory.data

    def intake(self, kind: Kind, body: dict[str, Any], message_id: str = "") -> Intake:
        """Make a submission of this turn."""
        return Intake(kind, self.turn.channel, self.turn.sender, message_id or self.turn.message_id, body, self.now)
