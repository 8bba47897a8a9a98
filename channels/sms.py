"""Text messages people send us (上行短信). One class; what differs between gateways is a row in `DIALECTS`.

    aliyun   POST [{"phone_number", "content", "send_time": "2026-11-22 09:30:00", "dest_code", "sequence_id"}…]  (SmsUp)
             → {"code": 0, "msg": "接收成功"}, otherwise asked again after 1, 5 and 10 minutes
    tencent  POST {"extend", "mobile", "nationcode", "sign", "text", "time": Unix seconds} → {"result": 0, "errmsg": "OK"}

The gateways sign nothing, so the callback's URL carries a key of ours. The answer to the person is a message of its own,
queued before we say "received": nothing is lost, and what comes twice is answered the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.dialogue.model import Turn
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock, config, formats, log
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.kernel.ids import canonical
from channels import wire
from channels.base import Inbound, Outbound

FRESH = 24 * 3600  # seconds a message may have been on its way
AHEAD = 600  # seconds the gateway's clock may be ahead of ours
LONGEST = 1000  # characters of one message, all segments together


@dataclass(frozen=True)
class Dialect:
    """What one gateway calls things. `sequence` None: it numbers nothing, so phone, time and text are the number."""

    name: str
    phone: str
    text: str
    at: str
    sequence: str | None
    ok: Mapping[str, Any]
    no: Callable[[AppError], dict[str, Any]]


ALIYUN = Dialect(
    "aliyun",
    phone="phone_number",
    text="content",
    at="send_time",
    sequence="sequence_id",
    ok={"code": 0, "msg": "接收成功"},
    no=lambda error: {"code": error.status, "msg": error.detail},
)
TENCENT = Dialect(
    "tencent",
    phone="mobile",
    text="text",
    at="time",
    sequence=None,
    ok={"result": 0, "errmsg": "OK"},
    no=lambda error: {"result": error.status, "errmsg": error.detail},
)
DIALECTS = {dialect.name: dialect for dialect in (ALIYUN, TENCENT)}


class Sms:
    """People who send text messages, by one gateway."""

    name = "sms"
    inline = False

    def __init__(
        self, dialect: Dialect, credentials: Callable[[], Mapping[str, Any]] = lambda: config.party("sms")
    ) -> None:
        self._dialect, self._credentials = dialect, credentials

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the callback key."""
        wire.check_key(inbound, self._credentials()["callback_key"])

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Turn]:
        """Return every message of the batch. One that cannot be read is left out and logged, unless none can."""
        found = wire.parsed(inbound)
        items = found if isinstance(found, list) else [found]
        turns: list[Turn] = []
        fault: AppError = InvalidInput("没有短信", code="empty")
        for item in items:
            try:
                turns.append(self._turn(item, now))
            except AppError as error:
                fault = error
                log.warning("sms.unreadable", provider=self._dialect.name, code=error.code)
        if not turns:
            raise fault
        return turns

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Say that everything was received."""
        return _json(200, self._dialect.ok)

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no in the gateway's own words, with an HTTP status it also understands."""
        return _json(error.status, self._dialect.no(error))

    def _turn(self, item: Any, now: datetime) -> Turn:
        if not isinstance(item, dict):
            raise InvalidInput("短信格式不正确", code="bad_message")
        dialect = self._dialect
        phone, said, at = item.get(dialect.phone), item.get(dialect.text), item.get(dialect.at)
        mobile = mainland(str(phone))
        if not isinstance(said, str) or len(said) > LONGEST or mobile is None:
            raise InvalidInput("短信格式不正确", code="bad_message")
        wire.check_fresh(_time(at), now, past=FRESH, ahead=AHEAD)
        number = item.get(dialect.sequence) if dialect.sequence else _digest(mobile, at, said)
        if not isinstance(number, str | int) or isinstance(number, bool) or not 0 < len(str(number)) <= 64:
            raise InvalidInput("短信缺少序号", code="bad_message")
        return Turn("sms", f"tel:{mobile}", mobile, f"{dialect.name}:{number}", said, now)


def mainland(number: str) -> str | None:
    """Return the 11 digits of a mainland mobile however it was written (+86…, 0086…, 86…), else None."""
    digits = number.strip().removeprefix("+").removeprefix("00")
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    return digits if formats.mobile(digits) else None


def _time(value: Any) -> datetime:
    """Read Unix seconds or `YYYY-MM-DD hh:mm:ss` of Beijing."""
    if isinstance(value, str) and not value.isdecimal():
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=clock.SHANGHAI)
        except ValueError:
            raise InvalidInput("时间格式不正确", code="bad_time") from None
    return wire.moment(value)


def _digest(mobile: str, at: Any, said: str) -> str:
    return hashlib.sha256(canonical([mobile, at, said]).encode()).hexdigest()[:32]


def _json(status: int, value: Mapping[str, Any]) -> Outbound:
    return Outbound(status, canonical(value), "application/json; charset=utf-8")
