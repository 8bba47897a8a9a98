"""What a carrier of messages does for us, whoever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.notices.model import Card, Sms
from chalicelib.vocabulary.channels import SessionKind


class MessageProvider(Protocol):
    """A carrier of short messages."""

    name: str
    patience: (
        int | None
    )  # seconds after a silent try within which the carrier may not yet know of it; None: it cannot be asked

    def send(self, sms: Sms, now: datetime) -> str:
        """Send one message and return the carrier's number for it.

        Raises PartyRefused (never again), PartyFault (not sent, later), Unsure (may have been sent).
        """

    def find(self, sms: Sms, since: datetime, now: datetime) -> Sequence[str]:
        """Return numbers of messages sent to this phone since a try, which the message may have; our `out_id` where the carrier
        knows the message by it. Raises PartyFault."""


class CardProvider(Protocol):
    """A carrier of cards: messages inside an app (WeChat's subscribe messages)."""

    name: str
    app: SessionKind
    """Whose users it reaches, and the way (`codes.NOTICE_WAYS`) a notice goes by it."""
    page: str
    """The page a card opens; empty for none."""

    def template(self, event: str) -> Mapping[str, Any] | None:
        """Return the template of an event, {"id", "fields"?: field → our text}; None where there is none."""

    def send_card(self, card: Card, now: datetime) -> str:
        """Send one card and return its number. Raises as `MessageProvider.send` does."""
