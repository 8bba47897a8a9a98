"""What Aliyun would hand a city in a contract, made fresh on this machine."""

from __future__ import annotations

import secrets
from typing import Any

NAME = "aliyun"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    return {
        "base_url": f"{base}/sandbox/parties/aliyun",
        "access_key_id": "LTAI" + secrets.token_hex(10),
        "access_key_secret": secrets.token_hex(15),
        "sign_name": "蓉易办",
        "callback_key": secrets.token_urlsafe(24),
        "templates": {"code": "SMS_CODE", "notice": "SMS_NOTICE", "reply": "SMS_REPLY"},
    }
