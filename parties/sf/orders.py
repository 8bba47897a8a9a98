"""顺丰速运 (SF): the common gateway of its open platform 丰桥 (docs/domain.md §9 寄递).

    POST form: partnerID, requestID, serviceCode, timestamp, msgDigest, msgData (JSON)
    msgDigest = base64(md5(urlencode(msgData + timestamp + checkword)))
    answer JSON: {"apiResultCode": "A1000", "apiErrorMsg", "apiResponseID", "apiResultData":
                  "{\\"success\\": true, \\"errorCode\\": \\"S0000\\", \\"errorMsg\\", \\"msgData\\": {…}}"}

EXP_RECE_CREATE_ORDER takes an order, EXP_RECE_SEARCH_ROUTES tells what became of a parcel. `orderId` is ours; a second order with it is
refused (`8016`), and EXP_RECE_SEARCH_ORDER_RESP tells the waybill of the first: so that a repeated order is the same order.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from typing import Any
from urllib.parse import quote_plus

from chalicelib.delivery.model import Address, Parcel, Track
from chalicelib.delivery.waybill import sf
from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError, PartyFault, PartyRefused
from parties import courier
from parties.base import Settings
from parties.sf.routes import read_route

CREATE, FOUND, ROUTES = "EXP_RECE_CREATE_ORDER", "EXP_RECE_SEARCH_ORDER_RESP", "EXP_RECE_SEARCH_ROUTES"
TAKEN, KNOWN = "S0000", "8016"  # accepted; an order with this number is there already
READ = "A1000"
BUSY = frozenset({"S0001", "S0003"})
"""Codes of a service that say nothing of the parcel: it is not there now, or too many ask. From memory of its document."""
STANDARD = 2  # 顺丰标快


class Sf:
    """One contract customer."""

    name = "顺丰"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def order(self, parcel: Parcel) -> str:
        """Order the carriage and return the waybill; our order number again is the same order."""
        sender = Address(**self._settings["sender"])
        contacts = [_contact(1, sender), _contact(2, parcel.to)]
        asked = {
            "language": "zh-CN",
            "orderId": parcel.order_no,
            "monthlyCard": self._settings["monthly_card"],
            "payMethod": 1,  # 寄方付: the office pays, never who receives
            "expressTypeId": self._settings.get("express_type", STANDARD),
            "isReturnRoutelabel": 1,
            "cargoDetails": [{"name": parcel.content, "count": 1}],
            "contactInfoList": contacts,
        }
        code, told = self._call(CREATE, asked)
        if code == KNOWN:
            code, told = self._call(FOUND, {"searchType": "1", "orderId": parcel.order_no, "language": "zh-CN"})
        if code != TAKEN:
            raise PartyRefused(told or "顺丰未承运", code="courier_refused")
        found = [
            each.get("waybillNo") for each in told.get("waybillNoInfoList") or [] if each.get("waybillType", 1) == 1
        ]
        if not found or not sf(str(found[0])):
            raise PartyFault("顺丰没有给出运单号")
        return str(found[0])

    def routes(self, waybill: str) -> list[Track]:
        """Ask what became of a parcel; what cannot be read of it is left out. Raises PartyFault, PartyRefused."""
        asked = {"language": "zh-CN", "trackingType": 1, "trackingNumber": [waybill], "methodType": 1}
        code, told = self._call(ROUTES, asked)
        if code != TAKEN:
            raise PartyRefused(told or "顺丰没有查到", code="courier_refused")
        routes = [
            route
            for each in told.get("routeResps") or []
            if each.get("mailNo") == waybill
            for route in each.get("routes") or []
        ]
        return [track for route in routes if (track := _readable({**route, "mailno": waybill}))]

    def cost(self, parcel: Parcel) -> int | None:
        """Return what the carriage costs by the tariff."""
        return courier.cost(self._settings.get("tariff"), parcel)

    def carries(self, waybill: str) -> bool:
        """Tell whether that is a number of 顺丰's."""
        return sf(waybill)

    def _call(self, service: str, body: Any) -> tuple[str, Any]:
        """Call a service; return its code with what it told: its data where it says yes, its words where it says no."""
        data, stamp = json.dumps(body, ensure_ascii=False), str(clock.epoch(clock.now()) * 1000)
        form = {
            "partnerID": self._settings["partner_id"],
            "requestID": uuid.uuid4().hex,
            "serviceCode": service,
            "timestamp": stamp,
            "msgDigest": digest(data, stamp, self._settings["checkword"]),
            "msgData": data,
        }
        code, told = courier.ask(self._settings["base_url"], form, _answered)
        return str(code), told


def digest(data: str, stamp: str, checkword: str) -> str:
    """Sign a message: the text is encoded as a form is (spaces as `+`) before it is hashed."""
    encoded = quote_plus(data + stamp + checkword, safe="*-._").replace("~", "%7E")
    return base64.b64encode(hashlib.md5(encoded.encode(), usedforsecurity=False).digest()).decode()


def _answered(answer: Any) -> tuple[str, Any]:
    """Return code and content of an answer. Raises ValueError for one that says nothing of the parcel: it is tried again."""
    if answer["apiResultCode"] != READ:
        raise ValueError(f"gateway: {answer['apiResultCode']}")
    told = json.loads(answer["apiResultData"])
    code = str(told["errorCode"])
    if code in BUSY:
        raise ValueError(f"service: {code}")
    if told["success"] is not True:
        return code, str(told.get("errorMsg") or "")[:100]
    if not isinstance(told["msgData"], dict):
        raise ValueError("no object")
    return TAKEN, told["msgData"]


def _readable(route: Any) -> Track | None:
    try:
        return read_route(route, "routes", clock.now())
    except AppError:
        return None


def _contact(kind: int, whom: Address) -> dict[str, Any]:
    prov, city, county = courier.place(whom.address)
    parts = {"province": prov, "city": city, "county": county, "address": whom.address}
    return {"contactType": kind, "contact": whom.name, "mobile": whom.phone, "country": "CN", **parts}
