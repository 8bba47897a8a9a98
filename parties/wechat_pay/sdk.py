"""wechatpayv3 in public-key mode (平台公钥): no certificate download, no call in the constructor.

The SDK's traps are closed here and in `notify`: its address is fixed, so it is set; `callback` takes a notice of any age and
fetches certificates for a serial it does not know, so freshness is checked first; its errors are bare exceptions.
"""

from __future__ import annotations

from typing import Any

from parties.base import Settings

TIMEOUT = (1.0, 4.0)  # seconds to connect and to read; the citizen waits for a code


def make_sdk(settings: Settings) -> Any:
    """Make the SDK for one merchant: no network, some 300 ms of imports, so once per container."""
    from wechatpayv3 import WeChatPay, WeChatPayType

    made = WeChatPay(
        wechatpay_type=WeChatPayType.MINIPROG,
        mchid=settings["mchid"],
        private_key=settings["private_key"],
        cert_serial_no=settings["cert_serial_no"],
        appid=settings["appid"],
        apiv3_key=settings["apiv3_key"],
        notify_url=settings["notify_url"],
        public_key=settings["public_key"],
        public_key_id=settings["public_key_id"],
        timeout=TIMEOUT,
    )
    made._core._gate_way = settings["base_url"].rstrip("/")
    return made
