"""Every way in on which people talk. A new one is a file beside this and a line here; whole forms come by `channels.form`."""

from __future__ import annotations

from functools import partial

from channels.base import TalkChannel
from channels.ivr import Ivr
from channels.sms import Sms
from channels.wechat import WeChat
from parties import registry

TALK: dict[str, TalkChannel] = {
    "wechat": WeChat(),
    "ivr/vxml": Ivr(),
    **{
        f"sms/{party.name}/inbound": Sms(party.inbound, partial(registry.settings, party.name))
        for party in registry.PARTIES.values()
        if party.inbound
    },
}
"""Channels people talk on, by the path below /channels that reaches them."""
