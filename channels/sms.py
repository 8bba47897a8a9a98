"""Text messages people send us (上行短信); what differs between gateways is the `InboundFormat` in each one's folder.

The gateways sign nothing, so the callback's URL carries a key of ours. The answer to the person is a message of its own,
queued before we say "received": nothing is lost, and what comes twice is answered the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from chalicelib.kernel import formats, log
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.kernel.ids import canonical
from chalicelib.vocabulary.channels import subject
from parties import wire
from parties.base import Settings
from parties.sms import InboundFormat
from parties.wire import Inbound, Outbound

FRESH = 24 * 3600  # seconds a message may have been on its way
AHEAD = 600  # seconds the gateway's clock may be ahead of ours
LONGEST = 1000  # characters of one message, all segments together


class Sms:
    """People who send text messages, by one gateway."""

    inline = False

    def __init__(self, form: InboundFormat, settings: Callable[[], Settings]) -> None:
        self._form, self._settings = form, settings

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the callback key."""
        wire.check_key(inbound, self._settings()["callback_key"])

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Utterance]:
        """Return every message of the batch. One that cannot be read is left out and logged, unless none can."""
        found = self._form.body(inbound)
        items = found if isinstance(found, list) else [found]
        turns: list[Utterance] = []
        fault: AppError = InvalidInput("没有短信", code="empty")
        for item in items:
            try:
                turns.append(self._turn(item, now))
            except AppError as error:
                fault = error
                log.warning("sms.unreadable", provider=self._form.name, code=error.code)
        if not turns:
            raise fault
        return turns

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Say that everything was received."""
        return self._form.answer.accept()

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no in the gateway's own words, with an HTTP status it also understands."""
        return self._form.answer.refuse(error)

    def _turn(self, item: Any, now: datetime) -> Utterance:
        if not isinstance(item, dict):
            raise InvalidInput("短信格式不正确", code="bad_message")
        form = self._form
        phone, said, at = item.get(form.phone), item.get(form.text), item.get(form.at)
        mobile = formats.mainland(str(phone))
        if not isinstance(said, str) or len(said) > LONGEST or mobile is None:
            raise InvalidInput("短信格式不正确", code="bad_message")
        wire.check_fresh(_time(at), now, past=FRESH, ahead=AHEAD)
        number = item.get(form.sequence) if form.sequence else _digest(mobile, at, said)
        if not isinstance(number, str | int) or isinstance(number, bool) or not 0 < len(str(number)) <= 64:
            raise InvalidInput("短信缺少序号", code="bad_message")
        return Utterance("sms", subject("sms", mobile), mobile, f"{form.name}:{number}", said, now)


def _time(value: Any) -> datetime:
    """Read Unix seconds, or what `wire.stamp` reads."""
    return wire.stamp(value) if isinstance(value, str) and not value.isdecimal() else wire.moment(value)


def _digest(mobile: str, at: Any, said: str) -> str:
    return hashlib.sha256(canonical([mobile, at, said]).encode()).hexdigest()[:32]
