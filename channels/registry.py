"""Every way in. A new one is a file beside this and a line here."""

from __future__ import annotations

from channels.base import FormChannel, TalkChannel
from channels.ivr import Ivr
from channels.kiosk import KIOSK
from channels.miniprogram import MINIPROGRAM
from channels.sms import DIALECTS, Sms
from channels.web import WEB
from channels.wechat import WeChat
from channels.window import WINDOW

TALK: dict[str, TalkChannel] = {
    "wechat": WeChat(),
    "ivr": Ivr(),
    **{f"sms/{name}": Sms(dialect) for name, dialect in DIALECTS.items()},
}
"""Channels people talk on, by the path under /channels that reaches them."""

FORM: dict[str, FormChannel] = {
    kind: channel for channel in (MINIPROGRAM, WEB, WINDOW, KIOSK) for kind in channel.session_kinds
}
"""Channels that send whole forms, by the kind of session that uses them."""
