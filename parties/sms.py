"""What SMS gateways have in common: what they push to us, one or a batch, signed by nothing, behind a key in the address.

Each gateway's folder says what it calls things: `InboundFormat` for what people send (上行短信, read by `channels.sms`),
`ReportFormat` for what became of what we sent (状态报告, read here).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel import log
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.kernel.ids import canonical
from chalicelib.notices.model import Report
from parties import wire
from parties.wire import JSON, Inbound, Outbound

MOST = 500  # reports in one call


@dataclass(frozen=True)
class Answer:
    """How a gateway is told yes and no."""

    ok: Mapping[str, Any]
    no: Callable[[AppError], dict[str, Any]]

    def accept(self) -> Outbound:
        """Say that everything was received."""
        return Outbound(200, canonical(self.ok), JSON)

    def refuse(self, error: AppError) -> Outbound:
        """Say no in the gateway's own words, with an HTTP status it also understands; it calls again."""
        return Outbound(error.status, canonical(self.no(error)), JSON)


@dataclass(frozen=True)
class InboundFormat:
    """What one gateway calls things in what people send. `sequence` None: it numbers nothing, so phone, time and text are the number."""

    name: str
    phone: str
    text: str
    at: str
    sequence: str | None
    answer: Answer
    body: Callable[[Inbound], Any] = wire.parsed


@dataclass(frozen=True)
class ReportFormat:
    """What one gateway calls things in its reports. `fine` is what `state` holds when the telephone has the message.

    A report without `at` is of now; `body` reads one item or a list of them.
    """

    name: str
    sid: str
    at: str
    state: str
    fine: Any
    why: str
    ours: str | None
    answer: Answer
    body: Callable[[Inbound], Any] = wire.parsed


class Reports:
    """Reports of one gateway on what it sent. The telephone number in a report is not read."""

    def __init__(self, form: ReportFormat, callback_key: str) -> None:
        self._form, self._key = form, callback_key

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the key in the URL. Raises Unauthenticated."""
        wire.check_key(inbound, self._key)

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Report]:
        """Return the reports of the batch. One that cannot be read is left out and logged, unless none can.

        Raises TooLarge, Unsupported, InvalidInput.
        """
        told = self._form.body(inbound)
        items = told if isinstance(told, list) else [told]
        if not 1 <= len(items) <= MOST:
            raise InvalidInput("应当是状态报告的列表", code="bad_report")
        found = [self._report(item, now) for item in items]
        readable = [report for report in found if report is not None]
        if len(readable) < len(found):
            log.warning("report unreadable", provider=self._form.name, count=len(found) - len(readable))
        if not readable:
            raise InvalidInput("状态报告格式不正确", code="bad_report")
        return readable

    def render(self, inbound: Inbound, done: None, now: datetime) -> Outbound:
        """Say that everything was received."""
        return self._form.answer.accept()

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no; it calls again."""
        return self._form.answer.refuse(error)

    def _report(self, item: Any, now: datetime) -> Report | None:
        form = self._form
        if not isinstance(item, dict):
            return None
        sid, at = item.get(form.sid), _time(item[form.at]) if form.at in item else now
        ours = item.get(form.ours) if form.ours else ""
        if not isinstance(sid, str) or not 0 < len(sid) <= 128 or at is None or form.state not in item:
            return None
        return Report(
            form.name,
            sid,
            item[form.state] == form.fine,
            min(at, now),  # a clock ahead of ours must not make a report look young for ever
            str(item.get(form.why) or "")[:64],
            ours if isinstance(ours, str) and len(ours) <= 64 else "",
        )


def _time(value: Any) -> datetime | None:
    try:
        return wire.stamp(value)
    except InvalidInput:
        return None


TEMPLATES: dict[str, Any] = {
    "type": "object",
    "title": "短信模板：code 验证码、notice 通知、reply 会话答复，notice.<事件> 为某一事件单独的模板",
    "required": ["code", "notice", "reply"],
    "additionalProperties": {
        "title": "模板号（唯一变量为 code 或 text），或 {id, params：变量按顺序取哪些事实}",
        "type": ["string", "object"],
        "required": ["id", "params"],
        "properties": {"id": {"type": "string"}, "params": {"type": "array", "items": {"type": "string"}}},
    },
}
