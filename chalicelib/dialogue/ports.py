"""What a conversation asks of the rest of the house, and what one answer sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.model import Case
from chalicelib.cases.rights import Asker
from chalicelib.catalogue.model import Services, Summary
from chalicelib.dialogue.model import Memory, Utterance
from chalicelib.dialogue.words import Heard
from chalicelib.intake.model import Intake, Reply


class Desk(Protocol):
    """Receives every submission."""

    def receive(self, intake: Intake, now: datetime) -> Reply: ...


class Cases(Protocol):
    """Lists a person's cases, newest first."""

    def mine(self, asker: Asker, *, limit: int) -> Sequence[Case]: ...


class ListedServices(Services, Protocol):
    """Services that can be listed by channel."""

    def list(self, channel: str | None = None) -> list[Summary]: ...


class OptOuts(Protocol):
    """Keeps who wants no SMS (退订)."""

    def opt_out(self, phone: str, now: datetime) -> None: ...
    def opt_in(self, phone: str) -> None: ...


class Box(Protocol):
    """Seals JSON values, bound to a place (`kernel.seal`)."""

    def seal(self, value: Any, place: str) -> bytes: ...
    def open(self, sealed: bytes, place: str) -> Any: ...


class Invitations(Protocol):
    """Knows who was asked to rate what (`ratings.invitations`)."""

    def settle(self, sender: str, case_no: str, now: datetime) -> None: ...
    def latest(self, sender: str, now: datetime, after: str = "") -> str: ...


@dataclass(frozen=True)
class Scene:
    """One utterance, cleaned, with what is remembered."""

    utterance: Utterance
    heard: Heard
    memory: Memory
    now: datetime

    @property
    def keypad(self) -> bool:
        """Tell whether only keys can be sent."""
        return self.utterance.keypad

    @property
    def data(self) -> Mapping[str, Any]:
        """What the present state remembers."""
        return self.memory.data

    def intake(self, kind: str, body: dict[str, Any], message_id: str = "") -> Intake:
        """Make a submission of this utterance."""
        return Intake(
            kind, self.utterance.channel, self.utterance.sender, message_id or self.utterance.message_id, body, self.now
        )
