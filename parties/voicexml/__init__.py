"""A telephone gateway that browses VoiceXML 2.1 (W3C 2007-06-19), whoever makes it: settings here, documents in `documents`."""

from __future__ import annotations

from parties.base import CALLBACK_KEY, Party, schema

PARTY = Party(
    "voicexml",
    schema("电话语音网关", {"callback_key": CALLBACK_KEY, "operator": "人工坐席的电话号码"}),
)
