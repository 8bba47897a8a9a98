"""Every far end. A new one is a folder under `parties/` and a line here."""

from __future__ import annotations

from typing import Any

from chalicelib.vocabulary.channels import APPS as NAMES
from sandbox.faults import Breakable
from sandbox.gateway import Gateway
from sandbox.parties.aliyun import settings as aliyun
from sandbox.parties.aliyun.server import Aliyun
from sandbox.parties.ems import settings as ems
from sandbox.parties.ems.server import Ems
from sandbox.parties.sf import settings as sf
from sandbox.parties.sf.server import Sf
from sandbox.parties.tencent import settings as tencent
from sandbox.parties.tencent.server import Tencent
from sandbox.parties.wechat import settings as wechat
from sandbox.parties.wechat.server import WeChat
from sandbox.parties.wechat_pay import settings as wechat_pay
from sandbox.parties.wechat_pay.server import WeChatPay
from sandbox.voice import settings as voice

SETTINGS = (wechat, wechat_pay, aliyun, tencent, ems, sf, voice)
SMS = (Aliyun, Tencent)
"""Gateways of short messages; the first is the one in use."""
APPS = (WeChat,)
"""Apps whose mini-programs sign their users in."""
PAY = (WeChatPay,)
"""Payment parties; the first is the one in use."""
COURIERS = (Ems, Sf)
"""Couriers; the first is the one in use."""
BREAKABLE = (
    *(Breakable(app, name) for app, name in NAMES.items()),
    *(row for each in (*PAY, Gateway, *COURIERS) for row in each.breakable),
)
"""What can be put at fault; the page lists it in this order."""


def make_parties(base: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (parties secret, private halves of the far ends) for a front door at `base`, such as `http://127.0.0.1:8000`."""
    parties: dict[str, Any] = {each.NAME: each.settings(base.rstrip("/")) for each in SETTINGS}
    far: dict[str, Any] = {}
    for party in parties.values():
        far |= party.pop("far", {})
    parties["wechat_pay"]["appid"] = parties["wechat"]["appid"]
    use = {role: ends[0].name for role, ends in (("sms", SMS), ("pay", PAY), ("courier", COURIERS))}
    return {"use": use, **parties}, far
