"""The telephone (12345 语音自助): VoiceXML 2.1 over HTTP. A voice platform fetches one document a turn.

    platform ──POST call, caller, seq[, keys]──► us ──► one document: what is said, which keys are taken, where they go
       ▲                                                 │
       └──── submit namelist="call caller seq keys" ◄────┘      seq counts up, so (call, seq) names a turn

GB/T 33358-2016 wants no menu in front of a person: the first prompt is short and 0 leads to a person at once, as it does in
every menu. Nobody answers, or nothing fits, three times: a person. X of an identity number is keyed as *.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from chalicelib.kernel import formats
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.vocabulary.channels import subject
from channels import speech
from parties import registry, wire
from parties.base import Settings
from parties.registry import SettingsFault
from parties.voicexml import documents
from parties.wire import Inbound, Outbound

SORRY = "对不起，系统正忙，现在为您转接人工。"
GOODBYE = "对不起，这次没能办理，请稍后再拨。"
TRANSFERRING = "现在为您转接人工，请稍候。"
_CALL, _KEYS, _SEQ = re.compile(r"[\w.@:+-]{1,128}", re.ASCII), re.compile(r"[0-9*#]{0,40}"), re.compile(r"[0-9]{1,4}")
_CALLER = re.compile(r"(?:sips?:|tel:)?(?P<number>\+?\d{3,20})?[\w.@:;=+ -]{0,100}", re.ASCII)


class Ivr:
    """People who call, through a VoiceXML platform."""

    inline = True

    def __init__(self, settings: Callable[[], Settings] = lambda: registry.settings("voicexml")) -> None:
        self._settings = settings

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the callback key."""
        wire.check_key(inbound, self._settings()["callback_key"])

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Utterance]:
        """Return what was keyed; empty at the start of a call and where nobody answered."""
        form = _form(inbound)
        return [utterance(form["call"], form.get("caller", ""), form.get("keys", ""), form.get("seq", "0"), now)]

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Say the answer and take the next keys."""
        form, reply = _form(inbound), replies[-1]
        said, operator = speech.spoken(reply.text), self._settings()["operator"]
        if reply.transfer:
            document = documents.transferring(said or TRANSFERRING, operator)
        elif reply.ended or reply.ask is None:
            document = documents.ending(said)
        else:
            following = {
                "call": form["call"],
                "caller": form.get("caller", ""),
                "seq": str(int(form.get("seq", "0")) + 1),
            }
            next_ = f"vxml?{urlencode({'key': inbound.query.get('key', '')})}"
            document = documents.asking(said, reply.ask, following, next_, operator, TRANSFERRING)
        return Outbound(200, document, documents.MEDIA)

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say sorry and hang up; where it is our own trouble, pass the caller to a person instead of dropping the call.

        Nobody to pass the caller to is known where the platform gave us nothing: it hears that we are busy.
        """
        if error.retryable:
            with suppress(SettingsFault):
                document = documents.transferring(SORRY, self._settings()["operator"])
                return Outbound(200, document, documents.MEDIA)
        return Outbound(error.status, documents.ending(GOODBYE), documents.MEDIA)


def utterance(call: str, caller: str, keys: str, seq: str, now: datetime) -> Utterance:
    """Make an utterance of a call's facts. Raises InvalidInput for what no platform sends."""
    who = _CALLER.fullmatch(caller)
    if not (who and _CALL.fullmatch(call) and _KEYS.fullmatch(keys) and _SEQ.fullmatch(seq)):
        raise InvalidInput("通话参数不正确", code="bad_message")
    number = who["number"] or ""
    sender = subject("sms", formats.mainland(number) or number) if number else f"call:{call}"
    return Utterance("ivr", sender, call, f"{call}:{int(seq)}", keys.rstrip("#") or keys[:1], now, keypad=True)


def _form(inbound: Inbound) -> dict[str, str]:
    """Read the form-encoded body. Raises InvalidInput."""
    form = wire.form(inbound)
    if "call" not in form:
        raise InvalidInput("缺少通话编号", code="bad_message")
    return form
