"""顺丰速运 (SF): orders we place, routes we ask for, routes it pushes."""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, CALLBACK_KEY, Party, Settings, schema
from parties.courier import SENDER, TARIFF


def _courier(settings: Settings) -> Any:
    from parties.sf.orders import Sf

    return Sf(settings)


def _routes(settings: Settings) -> Any:
    from parties.sf.routes import Routes

    return Routes(settings)


PARTY = Party(
    "sf",
    schema(
        "顺丰速运",
        {
            "base_url": f"{BASE_URL}：丰桥统一接入（sfapi.sf-express.com/std/service，沙箱sfapi-sbox.sf-express.com）",
            "partner_id": "顾客编码（partnerID）",
            "checkword": "校验码",
            "monthly_card": "月结卡号",
            "callback_key": CALLBACK_KEY,
        },
        {"express_type": {"type": "integer", "title": "快件产品类别，不填为2（顺丰标快）"}, "tariff": TARIFF},
        sender=SENDER,
    ),
    roles={"courier": _courier},
    callbacks={"delivery/sf/track": _routes},
)
