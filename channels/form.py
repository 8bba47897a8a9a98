"""Channels that send whole forms as JSON (mini-program, web, window, kiosk): they differ in the session that is signed in, no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.vocabulary.channels import OF_SESSION


def read(kind: str, who: Session, message_id: str, body: dict[str, Any], now: datetime) -> Intake:
    """Wrap a checked JSON body as an Intake of the channel whose session sent it."""
    return Intake(kind, OF_SESSION[who.kind], who.subject, message_id, body, now, who)
