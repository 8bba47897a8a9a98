"""What EMS would hand a contract customer, made fresh on this machine."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from sandbox.parties.drawn import digits

NAME = "ems"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    return {
        "base_url": f"{base}/sandbox/parties/ems",
        "customer_code": digits(14),
        "authorization": secrets.token_hex(16),
        "key": base64.b64encode(secrets.token_bytes(16)).decode(),
        "callback_key": secrets.token_urlsafe(24),
        "tariff": {"city": 1000, "province": 1200, "country": 2000},
        "sender": {"name": "政务服务大厅", "phone": "02812345000", "address": "四川省成都市政务服务中心出证窗口"},
    }
