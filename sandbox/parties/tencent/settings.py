"""What Tencent Cloud would hand a city in a contract, made fresh on this machine."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.parties.drawn import digits

NAME = "tencent"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    return {
        "base_url": f"{base}/sandbox/parties/tencent",
        "secret_id": "AKID" + secrets.token_hex(16),
        "secret_key": secrets.token_hex(16),
        "sdk_app_id": "14" + digits(8),
        "sign_name": "蓉易办",
        "callback_key": secrets.token_urlsafe(24),
        "templates": {"code": "1100001", "notice": "1100002", "reply": "1100003"},
    }
