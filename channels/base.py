"""What a channel people talk on satisfies, besides being a callback like any other: what was said goes in, what is answered comes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from chalicelib.kernel.errors import AppError
from parties.wire import Inbound, Outbound


class TalkChannel(Protocol):
    """A channel people talk on (WeChat account, SMS, telephone)."""

    name: str
    inline: bool  # True: the reply goes back in the answer; False: it is sent as a message of its own

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Raise Unauthenticated for a bad signature or a stale stamp, InvalidInput/TooLarge/Unsupported for what cannot be read."""

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Utterance]:
        """Return what was said; empty for a message that needs no answer. Raises InvalidInput."""

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Answer in the channel's own protocol."""

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no in the channel's own way."""
