"""What WeChat would hand a city, made fresh on this machine: the app, its callback keys, a template for every message."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from chalicelib.notices.facts import CARD
from chalicelib.vocabulary import events

NAME = "wechat"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    told = [event for event in events.EVENTS if events.message(event)]
    return {
        "base_url": f"{base}/sandbox/parties/wechat",
        "appid": "wx" + secrets.token_hex(8),
        "secret": secrets.token_hex(16),
        "token": secrets.token_hex(16),
        "encoding_aes_key": _aes_key(),
        "templates": {str(name): {"id": secrets.token_urlsafe(32), "fields": dict(CARD)} for name in told},
        "page": "pages/case/case",
    }


def _aes_key() -> str:
    """Make an EncodingAESKey: 43 letters and digits that are the base64 of 32 bytes without its `=`."""
    while True:
        text = base64.b64encode(secrets.token_bytes(32)).decode()[:43]
        if text.isalnum():
            return text
