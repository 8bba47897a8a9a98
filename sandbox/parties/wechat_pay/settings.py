"""What WeChat Pay would hand a merchant, made fresh on this machine, and the key that only the far end would know."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox import rsa
from sandbox.parties.drawn import digits

NAME = "wechat_pay"


def settings(base: str) -> dict[str, Any]:
    """Return the settings for a front door at `base`; the app is WeChat's, put in by who puts all of them together."""
    merchant, platform = rsa.fresh(), rsa.fresh()
    return {
        "base_url": f"{base}/sandbox/parties/wechat_pay",
        "mchid": digits(10),
        "apiv3_key": secrets.token_hex(16),
        "private_key": rsa.private(merchant),
        "cert_serial_no": secrets.token_hex(20).upper(),
        "public_key": rsa.public(platform),
        "public_key_id": "PUB_KEY_ID_" + digits(28),
        "notify_url": f"{base}/channels/pay/wechat/notify",
        "far": {"wechat_pay_platform_private_key": rsa.private(platform)},
    }
