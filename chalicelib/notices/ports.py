"""What the notices need of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.notices.providers.base import CardProvider, MessageProvider


class Sessions(Protocol):
    """What is used of `kernel.sessions.Sessions`."""

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]: ...
    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None: ...
    def delete(self, key: str) -> None: ...


class Queue(Protocol):
    """What the notices need of a queue."""

    def send(self, message: dict[str, Any]) -> None:
        """Add a message."""

    def later(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message that was received for `seconds` (at most 43 200) from now."""


@dataclass(frozen=True)
class Parties:
    """Who carries messages, and what WeChat gave us: `templates` by event name and the `page` a card opens."""

    sms: MessageProvider
    cards: CardProvider
    wechat: Mapping[str, Any]
