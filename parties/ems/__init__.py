"""中国邮政速递 (EMS): orders we place, tracks it pushes."""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, CALLBACK_KEY, Party, Settings, schema
from parties.courier import SENDER, TARIFF


def _courier(settings: Settings) -> Any:
    from parties.ems.orders import Ems

    return Ems(settings)


def _tracks(settings: Settings) -> Any:
    from parties.ems.tracks import Tracks

    return Tracks(settings)


PARTY = Party(
    "ems",
    schema(
        "邮政速递",
        {
            "base_url": f"{BASE_URL}：订单接口（api.ems.com.cn，接口规范 V2.7）",
            "customer_code": "协议客户号（senderNo）",
            "authorization": "授权码",
            "key": "签名密钥：16字节的base64，也是SM4密钥",
            "callback_key": CALLBACK_KEY,
        },
        {"tariff": TARIFF},
        sender=SENDER,
    ),
    roles={"courier": _courier},
    callbacks={"delivery/ems/track": _tracks},
)
