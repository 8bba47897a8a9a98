"""What the notices need of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.notices.carriers import CardProvider, MessageProvider


class Queue(Protocol):
    """What the notices need of a queue."""

    def send(self, message: dict[str, Any]) -> None:
        """Add a message."""


@dataclass(frozen=True)
class Carriers:
    """Who carries messages."""

    sms: MessageProvider
    cards: CardProvider
