"""POST /channels/delivery/ems/track?key=…: EMS pushes what happened to parcels. It signs nothing.

{"listexpressmail": [{"serialnumber", "mailnum", "procdate": "yyyymmdd", "proctime": "hhmmss", "orgfullname", "action",
                      "description", "effect": "1" valid | "0" not, "properdelivery" (10), "notproperdelivery" (20)}]}
→ {"response": {"success": "1", "failmailnums": "", "remark": ""}}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.delivery.model import Track, TrackKind
from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError, Fault, InvalidInput
from parties import wire
from parties.base import Settings
from parties.ems.waybill import WAYBILL
from parties.wire import JSON, Inbound, Outbound

MOST = 200  # tracks in one push
AHEAD, PAST = timedelta(days=1), timedelta(days=366)
ACTIONS: dict[str, tuple[str, TrackKind]] = {
    "00": ("已收寄", "moving"),
    "10": ("已妥投", "delivered"),
    "20": ("未妥投", "failed"),
    "30": ("转运中", "moving"),
    "40": ("离开处理中心", "moving"),
    "41": ("到达处理中心", "moving"),
    "50": ("安排投递", "moving"),
    "51": ("正在投递", "moving"),
    "60": ("已揽收", "moving"),
}
"""EMS's actions (轨迹推送), as the timeline says them, and what each means to us."""
_SHORT, _LONG = 40, 200  # characters kept of a name, of a text


class Tracks:
    """EMS's pushes, behind the key in their address."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings["callback_key"]

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Raise Unauthenticated without the key."""
        wire.check_key(inbound, self._key)

    def read(self, inbound: Inbound, now: datetime) -> list[Track]:
        """Read every track, or none: raises InvalidInput naming the first that cannot be read."""
        body = wire.parsed(inbound)
        mails = body.get("listexpressmail") if isinstance(body, dict) else None
        if not isinstance(mails, list) or not 0 < len(mails) <= MOST:
            raise _bad("listexpressmail", f"应有1到{MOST}条轨迹")
        return [_track(mail, f"listexpressmail.{place}", now) for place, mail in enumerate(mails)]

    def render(self, inbound: Inbound, unknown: Sequence[str], now: datetime) -> Outbound:
        """Say that it is taken, but for the waybills we do not know: EMS pushes those again."""
        return _said(200, unknown, "没有这个运单" if unknown else "")

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say that nothing is taken."""
        return _said(error.status, (), error.detail, success=False)


def _said(status: int, failed: Sequence[str], remark: str, success: bool | None = None) -> Outbound:
    good = not failed if success is None else success
    response = {"success": "1" if good else "0", "failmailnums": ",".join(failed), "remark": remark}
    return Outbound(status, json.dumps({"response": response}, ensure_ascii=False), JSON)


def _track(mail: Any, place: str, now: datetime) -> Track:
    if not isinstance(mail, dict):
        raise _bad(place, "应是一条轨迹")
    fields = {name: _text(mail, name, place) for name in ("mailnum", "procdate", "proctime", "action", "effect")}
    if not WAYBILL.fullmatch(fields["mailnum"]):
        raise _bad(f"{place}.mailnum", "运单号格式不正确")
    if fields["action"] not in ACTIONS:
        raise _bad(f"{place}.action", "没有这个动作")
    if fields["effect"] not in ("0", "1"):
        raise _bad(f"{place}.effect", "应是0或1")
    try:
        at = datetime.strptime(fields["procdate"] + fields["proctime"], "%Y%m%d%H%M%S").replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        raise _bad(f"{place}.procdate", "日期或时间不存在") from None
    if not -PAST <= at - now <= AHEAD:  # a track from the future would make every later one look old
        raise _bad(f"{place}.procdate", "日期不在合理范围内")
    told = _text(mail, "description", place, needed=False)
    label, kind = ACTIONS[fields["action"]]
    reason = (told or label) if kind == "failed" else ""
    return Track(
        waybill=fields["mailnum"],
        action=fields["action"],
        kind=kind,
        label=label,
        at=at,
        place=_text(mail, "orgfullname", place, needed=False)[:_SHORT],
        text=told[:_LONG],
        valid=fields["effect"] == "1",
        reason=reason[:_LONG],
    )


def _text(mail: dict[str, Any], name: str, place: str, needed: bool = True) -> str:
    value = mail.get(name)
    if isinstance(value, str) and (value.strip() or not needed):
        return value.strip()
    if value is None and not needed:
        return ""
    raise _bad(f"{place}.{name}", "不能为空，应是文字")


def _bad(path: str, message: str) -> InvalidInput:
    return InvalidInput(f"{path}：{message}", [Fault(path, "invalid", message)])
