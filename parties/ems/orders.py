"""中国邮政速递 (EMS): order interface 020003 of the open platform for contract customers (api.ems.com.cn, 接口规范 V2.7).

    POST form: apiCode, senderNo, authorization, timeStamp, logitcsInterface (so spelt) = "|$4|" + base64(SM4-ECB(JSON + key))
    answer JSON: {"retCode": "00000", "retMsg", "retBody": "{\\"waybillNo\\": …}", "retDate", "serialNo", "success"}

`key` is the platform's signing key, base64 of 16 bytes; it is both the SM4 key (GB/T 32907) and the tail of the plain text.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from chalicelib.delivery.model import Address, Parcel, Track
from chalicelib.delivery.waybill import postal
from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused
from parties import courier
from parties.base import Settings

ORDER = "020003"
TAKEN = "00000"


class Ems:
    """One contract customer."""

    name = "EMS"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def order(self, parcel: Parcel) -> str:
        """Order the carriage. `logisticsOrderNo` is ours: the same number again answers with the same waybill."""
        sender = Address(**self._settings["sender"])
        answer = self._call(
            ORDER,
            [
                {
                    "ecommerceUserId": parcel.order_no,
                    "logisticsOrderNo": parcel.order_no,
                    "createdTime": f"{clock.now():%Y-%m-%d %H:%M:%S}",
                    "contentsAttribute": "1",  # 文件
                    "bizProductNo": "1",  # 特快专递
                    "sender": _person(sender),
                    "receiver": _person(parcel.to),
                    "cargos": [{"cargoName": parcel.content, "cargoQuantity": 1}],
                }
            ],
        )
        waybill = str(answer.get("waybillNo", ""))
        if not postal(waybill):
            raise PartyFault("邮政速递没有给出运单号")
        return waybill

    def routes(self, waybill: str) -> list[Track]:
        """Return nothing: what interface tells of a parcel is a matter of the contract. Who looks for it asks by telephone (11183)."""
        return []

    def cost(self, parcel: Parcel) -> int | None:
        """Return what the carriage costs by the tariff."""
        return courier.cost(self._settings.get("tariff"), parcel)

    def carries(self, waybill: str) -> bool:
        """Tell whether that is a number of the post's."""
        return postal(waybill)

    def _call(self, api: str, body: Any) -> Any:
        form = {
            "apiCode": api,
            "senderNo": self._settings["customer_code"],
            "authorization": self._settings["authorization"],
            "timeStamp": f"{clock.now():%Y-%m-%d %H:%M:%S}",
            "logitcsInterface": sealed(json.dumps(body, ensure_ascii=False), self._settings["key"]),
        }
        return courier.ask(self._settings["base_url"], form, _content)


def _content(answer: Any) -> dict[str, Any]:
    """Return the body of an answer that says yes. Raises PartyRefused for one that says no, ValueError for what is none."""
    if answer["retCode"] != TAKEN:
        raise PartyRefused(str(answer.get("retMsg") or "邮政速递未承运")[:100], code="courier_refused")
    content = json.loads(answer.get("retBody") or "{}")
    if not isinstance(content, dict):
        raise ValueError("no object")
    return content


def sealed(plain: str, key: str) -> str:
    """Seal a message as the platform reads it: SM4 in ECB mode, PKCS#7, over the text followed by the key."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    pad = PKCS7(128).padder()
    padded = pad.update((plain + key).encode()) + pad.finalize()
    # ECB is the platform's choice; the connection itself is TLS
    box = Cipher(algorithms.SM4(base64.b64decode(key)), modes.ECB()).encryptor()  # noqa: S305
    return "|$4|" + base64.b64encode(box.update(padded) + box.finalize()).decode()


def _person(whom: Address) -> dict[str, str]:
    """Write a sender or receiver; province, city and county are what the platform sorts by, read from the address."""
    prov, city, county = courier.place(whom.address)
    parts = {"prov": prov, "city": city, "county": county, "address": whom.address}
    return {"name": whom.name, "mobile": whom.phone, **parts}
