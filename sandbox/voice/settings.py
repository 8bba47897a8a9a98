"""What the operator of a voice gateway would be told and tell, made fresh on this machine."""

from __future__ import annotations

import secrets
from typing import Any

NAME = "voicexml"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    return {"callback_key": secrets.token_urlsafe(24), "operator": "02812345001"}
