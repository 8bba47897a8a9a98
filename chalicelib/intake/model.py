"""What every channel hands to the desk, and what the desk hands back. Nothing of a channel's protocol survives here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from chalicelib.cases.rights import Asker
from chalicelib.identity.model import Session


@dataclass(frozen=True)
class Intake:
    """One submission (收件), whatever way it came.

    `sender` is who sent it as the channel proved it: `wx:<openid>`, `tel:<mobile>`, `staff:<username>`,
    `kiosk:<device>:<visit>`; `who` is the session, where somebody is signed in.
    `message_id` is the sender's own key for this submission (Idempotency-Key, MsgId, sequence id, call id).
    `kind` is one that a capability receives (`Capability.receives`), and `body` depends on it:
        application  {"service", "form", "materials"?, "contact", "delivery"?, "agent"?, "renews"?}
        supplement   {"case_no", "form"?, "materials"?}
        withdrawal   {"case_no", "reason"?}
        query        {"case_no", "verify"?}        verify = last four of the applicant's ID or credit code
        rating       {"case_no", "level" 1…5 (5 best), "reasons"?, "text"?, "ticket"?, "anonymous"?, "again"?}
    `source` is the network address it came from, where there is one.
    """

    kind: str
    channel: str
    sender: str
    message_id: str
    body: dict[str, Any]
    at: datetime
    who: Session | None = None
    source: str = ""

    @property
    def asker(self) -> Asker:
        """Who asks, to be held against the table of rights."""
        return Asker.of(self.who) if self.who else Asker.talking(self.sender)


@dataclass(frozen=True)
class Ask:
    """What the next answer may be, so that a telephone knows which keys to collect and a chat which buttons to draw.

    kind: `choice` (one of `choices`: key → label), `digits` (up to `length` keys, X keyed as *), `text`.
    """

    kind: Literal["choice", "digits", "text"]
    length: int = 0
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """The answer, for any channel to render: JSON channels send `body`, the others say `text`.

    `created` tells a first receipt (201) from the same one again (200). `ended` closes a conversation; `transfer` hands it to
    a person (人工). `asks`: whether he may be asked beside it how he was served.
    """

    text: str
    body: dict[str, Any] = field(default_factory=dict)
    created: bool = False
    ask: Ask | None = None
    ended: bool = False
    transfer: bool = False
    asks: bool = False
