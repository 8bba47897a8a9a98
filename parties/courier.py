"""What couriers have in common: who sends, how an order is put to them, and what is checked of the tracks they push.

Each courier's folder says what it calls things, and what its actions mean to us.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.delivery.model import Parcel
from chalicelib.kernel.errors import Fault, InvalidInput, PartyFault
from chalicelib.vocabulary.regions import CITY, COUNTIES, FUNCTIONAL, PROVINCE

TIMEOUT = (
    2.0,
    8.0,
)  # seconds to connect and to read; who said that a result is made waits in front of a screen that long at most
MOST = 200  # tracks in one push
AHEAD, PAST = timedelta(days=1), timedelta(days=366)
SHORT, LONG = 40, 200  # characters kept of a name, of a text
SENDER: dict[str, Any] = {
    "type": "object",
    "title": "寄件人",
    "required": ["name", "phone", "address"],
    "properties": {
        name: {"type": "string", "title": what}
        for name, what in {"name": "姓名", "phone": "电话", "address": "地址"}.items()
    },
}
TARIFF: dict[str, Any] = {
    "type": "object",
    "title": "协议价格：每件多少分，按收件地址",
    "additionalProperties": False,
    "properties": {
        name: {"type": "integer", "minimum": 0, "title": what}
        for name, what in {"city": "寄到本市", "province": "寄到本省其他市州", "country": "寄到外省"}.items()
    },
}
"""What carriage costs by the contract: neither courier tells it with an order, both bill it by the month."""


_PLACE = re.compile(
    r"([^省市区县]{2,8}?(?:省|自治区)|(?:北京|上海|天津|重庆)市)?([^省市区县]{2,10}?(?:市|州|盟|地区))?([^省市区县]{1,10}?(?:区|县|市|旗))?"
)
_ZONE = r"(?:中国[（(].{2,4}[）)]自由贸易试验区)?"  # companies of a free trade zone write it before all else
_HERE = re.compile(
    f"{_ZONE}(?:{PROVINCE}|{PROVINCE[:-1]})?{_ZONE}({CITY}|{CITY[:-1]})?{_ZONE}(?:{PROVINCE[:-1]})?({'|'.join(COUNTIES + FUNCTIONAL)})?"
)


def place(address: str) -> tuple[str, str, str]:
    """Read province, city and county from an address; empty where it does not say.

    An address in our own city is known by the city's name or the area's, however short it is written; of another city's only what
    it names in full is read.
    """
    plain = re.sub(r"\s", "", address)
    here, named = _HERE.match(plain), _PLACE.match(plain)
    if here and any(here.groups()):
        return PROVINCE, CITY, here[2] or ""
    prov, city, county = named.groups(default="") if named else ("", "", "")
    return prov, city, county


def cost(tariff: Mapping[str, int] | None, parcel: Parcel) -> int | None:
    """Return what a parcel costs in fen by the tariff; None where it does not say. An address without a place is the city's."""
    prov, city, _ = place(parcel.to.address)
    zone = (
        "city" if city in ("", CITY) and prov in ("", PROVINCE) else "province" if prov in ("", PROVINCE) else "country"
    )
    return (tariff or {}).get(zone)


def ask(url: str, form: Mapping[str, str], read: Callable[[Any], Any]) -> Any:
    """Post a form and return what `read` makes of the JSON answer. Raises PartyFault where there is none it can read, and what
    `read` raises of our own."""
    import requests

    try:
        response = requests.post(url, data=form, timeout=TIMEOUT)
        response.raise_for_status()
        return read(response.json())
    except (requests.RequestException, ValueError, KeyError, TypeError) as fault:
        raise PartyFault("寄递企业暂时没有响应") from fault


def tracks(pushed: Any, path: str) -> list[dict[str, Any]]:
    """Return the tracks of a push. Raises InvalidInput where it is no list of 1 to `MOST` objects."""
    if not isinstance(pushed, list) or not 0 < len(pushed) <= MOST:
        raise bad(path, f"应有1到{MOST}条轨迹")
    for place, track in enumerate(pushed):
        if not isinstance(track, dict):
            raise bad(f"{path}.{place}", "应是一条轨迹")
    return pushed


def text(track: Mapping[str, Any], name: str, path: str, needed: bool = True) -> str:
    """Return a text of a track; empty where it is not there and not needed. Raises InvalidInput naming it."""
    value = track.get(name)
    if isinstance(value, str) and (value.strip() or not needed):
        return value.strip()
    if value is None and not needed:
        return ""
    raise bad(f"{path}.{name}", "不能为空，应是文字")


def moment(read: Callable[[], datetime], path: str, now: datetime) -> datetime:
    """Return when a track happened. Raises InvalidInput for no moment (ValueError of `read`) or one far from now: a track from the
    future would make every later one look old."""
    try:
        at = read()
    except ValueError:
        raise bad(path, "日期或时间不存在") from None
    if not -PAST <= at - now <= AHEAD:
        raise bad(path, "日期不在合理范围内")
    return at


def bad(path: str, message: str) -> InvalidInput:
    """Name what cannot be read."""
    return InvalidInput(f"{path}：{message}", [Fault(path, "invalid", message)])
