"""The one interface every way in satisfies: verify, read, render. Plain values in, plain values out; no Chalice here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chalicelib.dialogue.model import Turn
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel.errors import AppError


@dataclass(frozen=True)
class Inbound:
    """An HTTP request as a channel sees it. Header names are lower case; `body` is the bytes that were signed."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Outbound:
    """What goes back on the wire."""

    status: int
    body: str
    content_type: str


class TalkChannel(Protocol):
    """A channel people talk on (WeChat account, SMS, telephone)."""

    name: str
    inline: bool  # True: the reply goes back in the answer; False: it is sent as a message of its own

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Raise Unauthenticated for a bad signature or a stale stamp, InvalidInput/TooLarge/Unsupported for what cannot be read."""

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Turn]:
        """Return what was said; empty for a message that needs no answer. Raises InvalidInput."""

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Answer in the channel's own protocol."""

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no in the channel's own way."""


@dataclass(frozen=True)
class FormChannel:
    """A channel that sends whole forms as JSON (mini-program, web, window, kiosk): they differ in data only.

    `apply_code` is 申报来源 (0 窗口, 1 网上 …), `rating_code` the platform code `pf` of the rating exchange (domain notes §2.2).
    """

    name: str
    session_kinds: frozenset[str]
    apply_code: str
    rating_code: str

    def read(self, kind: str, sender: str, message_id: str, body: dict[str, Any], now: datetime) -> Intake:
        """Wrap a checked JSON body as an Intake."""
        return Intake(kind=kind, channel=self.name, sender=sender, message_id=message_id, body=body, at=now)  # type: ignore[arg-type]
