"""What 顺丰 would hand a contract customer, made fresh on this machine."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.parties.drawn import digits

NAME = "sf"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`."""
    return {
        "base_url": f"{base}/sandbox/parties/sf",
        "partner_id": f"RYB{secrets.token_hex(4).upper()}",
        "checkword": secrets.token_urlsafe(24),
        "monthly_card": digits(10),
        "callback_key": secrets.token_urlsafe(24),
        "tariff": {"city": 1100, "province": 1300, "country": 2200},
        "sender": {"name": "政务服务大厅", "phone": "02812345000", "address": "四川省成都市政务服务中心出证窗口"},
    }
