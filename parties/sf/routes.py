"""POST /channels/delivery/sf/track?key=…: 顺丰 pushes routes (RoutePushService), in JSON or in XML as the customer chose.

{"Body": {"WaybillRoute": [{"id", "mailno", "orderid", "acceptTime": "yyyy-MM-dd HH:mm:ss", "acceptAddress", "remark", "opCode"}]}}
→ {"return_code": "0000", "return_msg": "成功"}; "1000" and it is pushed again

<Request service="RoutePushService"><Body><WaybillRoute id="…" mailno="…" … opCode="50"/></Body></Request>
→ <Response service="RoutePushService"><Head>OK</Head></Response>; ERR and it is pushed again

It is pushed whole or not: one waybill we do not know lets all come again, and those we know change nothing then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from chalicelib.delivery.model import Track, TrackKind
from chalicelib.delivery.waybill import sf
from chalicelib.kernel import clock, strict
from chalicelib.kernel.errors import AppError, InvalidInput
from parties import courier, wire
from parties.base import Settings
from parties.wire import JSON, Inbound, Outbound

XML = "text/xml; charset=utf-8"
OP_CODES: dict[str, tuple[str, TrackKind]] = {
    "50": ("已收件", "moving"),
    "54": ("已收件", "moving"),
    "30": ("转运中", "moving"),
    "31": ("到达中转场", "moving"),
    "36": ("已发车", "moving"),
    "44": ("正在派送", "moving"),
    "204": ("正在派送", "moving"),
    "80": ("已签收", "delivered"),
    "8000": ("已签收", "delivered"),
    "33": ("派送未成功", "failed"),
    "70": ("派送未成功", "failed"),
    "99": ("已退回", "returned"),
    "631": ("已退回", "returned"),
    "648": ("已退回", "returned"),
}
"""顺丰's opCodes (docs/domain.md §9), as the timeline says them, and what each means to us. It has many more, and not all published: one
that is not here is noted in its own words and moves nothing."""
NOTED: tuple[str, TrackKind] = ("有新消息", "noted")
LOST: tuple[str, TrackKind] = ("已遗失", "lost")


class Routes:
    """顺丰's pushes, behind the key in their address."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings["callback_key"]

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Raise Unauthenticated without the key."""
        wire.check_key(inbound, self._key)

    def read(self, inbound: Inbound, now: datetime) -> list[Track]:
        """Read every route, or none: raises InvalidInput naming the first that cannot be read."""
        pushed = _xml(wire.text(inbound)) if _is_xml(inbound) else _json(inbound)
        found = courier.tracks(pushed, "WaybillRoute")
        return [read_route(route, f"WaybillRoute.{place}", now) for place, route in enumerate(found)]

    def render(self, inbound: Inbound, unknown: Sequence[str], now: datetime) -> Outbound:
        """Say that it is taken, or that it is to be pushed again: there is no word for a part of it."""
        return _said(inbound, 200, f"没有这个运单：{','.join(unknown)}" if unknown else "")

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say that nothing is taken."""
        return _said(inbound, error.status, error.detail)


def read_route(route: Mapping[str, Any], path: str, now: datetime) -> Track:
    """Read one route, pushed or asked for. Raises InvalidInput naming what is wrong."""
    number, time, action = (courier.text(route, name, path) for name in ("mailno", "acceptTime", "opCode"))
    if not sf(number):
        raise courier.bad(f"{path}.mailno", "运单号不正确")
    at = courier.moment(
        lambda: datetime.strptime(time, "%Y-%m-%d %H:%M:%S").replace(tzinfo=clock.SHANGHAI), f"{path}.acceptTime", now
    )
    told = courier.text(route, "remark", path, needed=False)
    label, kind = OP_CODES.get(action, NOTED)
    if kind in ("noted", "failed") and any(word in told for word in ("遗失", "丢失")):
        label, kind = LOST
    return Track(
        courier="sf",
        waybill=number,
        action=action[: courier.SHORT],
        kind=kind,
        label=label,
        at=at,
        place=courier.text(route, "acceptAddress", path, needed=False)[: courier.SHORT],
        text=told[: courier.LONG],
        reason=(told or label)[: courier.LONG] if kind not in ("moving", "delivered") else "",
    )


def _is_xml(inbound: Inbound) -> bool:
    return inbound.body.lstrip()[:1] == b"<"


def _json(inbound: Inbound) -> Any:
    body = wire.parsed(inbound)
    inner = body.get("Body") if isinstance(body, dict) else None
    found = inner.get("WaybillRoute") if isinstance(inner, dict) else None
    return [found] if isinstance(found, dict) else found


def _xml(text: str) -> Any:
    """Return the routes of an XML push. One with a DTD is not read: no push has any, and entities grow."""
    if "<!" in text:
        raise InvalidInput("不是有效的XML", code="bad_message")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - one with a DTD is refused above
    except ElementTree.ParseError:
        raise InvalidInput("不是有效的XML", code="bad_message") from None
    if root.tag != "Request" or root.get("service") != "RoutePushService":
        raise InvalidInput("不是路由推送", code="bad_message")
    return [strict.plain(dict(each.attrib)) for each in root.findall("Body/WaybillRoute")]


def _said(inbound: Inbound, status: int, wrong: str) -> Outbound:
    if not _is_xml(inbound):
        code = {"return_code": "1000" if wrong else "0000", "return_msg": wrong or "成功"}
        return Outbound(status, json.dumps(code, ensure_ascii=False), JSON)
    error = f'<ERROR code="4001">{escape(wrong)}</ERROR>' if wrong else ""
    head = "<Head>ERR</Head>" if wrong else "<Head>OK</Head>"
    return Outbound(status, f'<Response service="RoutePushService">{head}{error}</Response>', XML)
