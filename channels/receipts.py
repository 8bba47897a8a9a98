"""Receipts of SMS gateways (短信状态报告): whether what we sent reached the telephone. A row in `DIALECTS` per gateway.

    aliyun   POST [{"phone_number", "send_time", "report_time", "success": bool, "err_code", "err_msg", "biz_id", "out_id"}…]
             → {"code": 0, "msg": "接收成功"}, otherwise again after 1, 5 and 10 minutes
    tencent  POST [{"user_receive_time", "nationcode", "mobile", "report_status": "SUCCESS"|"FAIL", "errmsg", "sid"}…]
             → {"result": 0, "errmsg": "OK"}

The gateways sign nothing; the callback's URL carries a key of ours. The telephone number in a receipt is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel import clock, config, log
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.kernel.ids import canonical
from chalicelib.notices.model import Delivered
from channels import wire
from channels.base import Inbound, Outbound

MOST = 500  # receipts in one call


@dataclass(frozen=True)
class Dialect:
    """What one gateway calls things. `fine` is what `state` holds when the telephone has the message."""

    name: str
    sid: str
    at: str
    state: str
    fine: Any
    why: str
    ours: str | None
    ok: Mapping[str, Any]
    no: Callable[[AppError], dict[str, Any]]


DIALECTS = {
    "aliyun": Dialect(
        "aliyun",
        sid="biz_id",
        at="report_time",
        state="success",
        fine=True,
        why="err_code",
        ours="out_id",
        ok={"code": 0, "msg": "接收成功"},
        no=lambda error: {"code": error.status, "msg": error.detail},
    ),
    "tencent": Dialect(
        "tencent",
        sid="sid",
        at="user_receive_time",
        state="report_status",
        fine="SUCCESS",
        why="errmsg",
        ours=None,
        ok={"result": 0, "errmsg": "OK"},
        no=lambda error: {"result": error.status, "errmsg": error.detail},
    ),
}


class Receipts:
    """Receipts by one gateway."""

    def __init__(
        self, dialect: Dialect, credentials: Callable[[], Mapping[str, Any]] = lambda: config.party("sms")
    ) -> None:
        self._dialect, self._credentials = dialect, credentials

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the key in the URL. Raises Unauthenticated."""
        wire.check_key(inbound, str(self._credentials().get("callback_key", "")))

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Delivered]:
        """Return the receipts of the batch. One that cannot be read is left out and logged, unless none can.

        Raises TooLarge, Unsupported, InvalidInput.
        """
        items = wire.parsed(inbound)
        if not isinstance(items, list) or not 1 <= len(items) <= MOST:
            raise InvalidInput("应当是状态报告的列表", code="bad_receipt")
        found = []
        for item in items:
            receipt = self._receipt(item, now)
            if receipt is None:
                log.warning("receipt unreadable", provider=self._dialect.name)
            else:
                found.append(receipt)
        if not found:
            raise InvalidInput("状态报告格式不正确", code="bad_receipt")
        return found

    def acknowledge(self) -> Outbound:
        """Say that everything was received."""
        return Outbound(200, canonical(self._dialect.ok), "application/json; charset=utf-8")

    def refuse(self, error: AppError) -> Outbound:
        """Say no in the gateway's own words; it calls again."""
        return Outbound(error.status, canonical(self._dialect.no(error)), "application/json; charset=utf-8")

    def _receipt(self, item: Any, now: datetime) -> Delivered | None:
        dialect = self._dialect
        if not isinstance(item, dict):
            return None
        sid, at = item.get(dialect.sid), _time(item.get(dialect.at))
        ours = item.get(dialect.ours) if dialect.ours else ""
        if not isinstance(sid, str) or not 0 < len(sid) <= 128 or at is None or dialect.state not in item:
            return None
        # a clock ahead of ours must not make a receipt look young for ever
        return Delivered(
            dialect.name,
            sid,
            item[dialect.state] == dialect.fine,
            min(at, now),
            str(item.get(dialect.why) or "")[:64],
            ours if isinstance(ours, str) and len(ours) <= 64 else "",
        )


def _time(value: Any) -> datetime | None:
    """Read `YYYY-MM-DD hh:mm:ss` of Beijing."""
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=clock.SHANGHAI)
    except (TypeError, ValueError):
        return None
