"""POST /channels/delivery/ems/track?key=…: EMS pushes what happened to parcels. It signs nothing.

{"listexpressmail": [{"serialnumber", "mailnum", "procdate": "yyyymmdd", "proctime": "hhmmss", "orgfullname", "action",
                      "description", "effect": "1" valid | "0" not, "properdelivery" (10), "notproperdelivery" (20)}]}
→ {"response": {"success": "1", "failmailnums": "", "remark": ""}}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.delivery.model import Track, TrackKind
from chalicelib.delivery.waybill import postal
from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError
from parties import courier, wire
from parties.base import Settings
from parties.wire import JSON, Inbound, Outbound

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

WORDS: dict[str, tuple[str, TrackKind]] = {
    "退回": ("已退回", "returned"),
    "退件": ("已退回", "returned"),
    "遗失": ("已遗失", "lost"),
    "丢失": ("已遗失", "lost"),
}
"""What the description of 妥投 and 未妥投 says of one that will not arrive."""


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
        found = courier.tracks(mails, "listexpressmail")
        return [_track(mail, f"listexpressmail.{place}", now) for place, mail in enumerate(found)]

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


def _track(mail: dict[str, Any], path: str, now: datetime) -> Track:
    needed = ("mailnum", "procdate", "proctime", "action", "effect")
    number, day, time, action, effect = (courier.text(mail, name, path) for name in needed)
    if not postal(number):
        raise courier.bad(f"{path}.mailnum", "运单号不正确")
    if action not in ACTIONS:
        raise courier.bad(f"{path}.action", "没有这个动作")
    if effect not in ("0", "1"):
        raise courier.bad(f"{path}.effect", "应是0或1")
    at = courier.moment(
        lambda: datetime.strptime(day + time, "%Y%m%d%H%M%S").replace(tzinfo=clock.SHANGHAI), f"{path}.procdate", now
    )
    told = courier.text(mail, "description", path, needed=False)
    label, kind = _meant(action, told)
    return Track(
        courier="ems",
        waybill=number,
        action=action,
        kind=kind,
        label=label,
        at=at,
        place=courier.text(mail, "orgfullname", path, needed=False)[: courier.SHORT],
        text=told[: courier.LONG],
        valid=effect == "1",
        reason=(told or label)[: courier.LONG] if kind in ("failed", "returned", "lost") else "",
    )


def _meant(action: str, told: str) -> tuple[str, TrackKind]:
    """Say what an action means. That a parcel goes back, or is lost, EMS says in words: the codes of its reasons are not published
    (docs/domain.md §9). Who signs for one that went back is the office that sent it."""
    if action in ("10", "20"):
        for word, meant in WORDS.items():
            if word in told:
                return meant
    return ACTIONS[action]
