"""Aliyun SMS (dysmsapi 2017-05-25), called by HTTP with signature V3 (ACS3-HMAC-SHA256).

SendSms           → {"Code": "OK", "BizId": …}
QuerySendDetails  → {"SmsSendDetailDTOs": {"SmsSendDetailDTO": [{"OutId", "SendStatus", …}]}}: it knows our OutId, not its BizId
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Unsure
from chalicelib.notices.model import Sms
from parties import http
from parties.base import Settings

VERSION = "2017-05-25"
CODES = {
    "isv.MOBILE_NUMBER_ILLEGAL": "no bad_number",
    "isv.MOBILE_COUNT_OVER_LIMIT": "no bad_number",
    "isv.BLACK_KEY_CONTROL_LIMIT": "no content",
    "isv.PARAM_LENGTH_LIMIT": "no content",
    "isv.PARAM_NOT_SUPPORT_URL": "no content",
    "isv.INVALID_JSON_PARAM": "no content",
    "isv.BUSINESS_LIMIT_CONTROL": "later limited",
    "isv.DAY_LIMIT_CONTROL": "later limited",
    "isv.AMOUNT_NOT_ENOUGH": "later unpaid",
    "isv.OUT_OF_SERVICE": "later unpaid",
    "isv.SMS_TEMPLATE_ILLEGAL": "later template",
    "isv.SMS_SIGNATURE_ILLEGAL": "later template",
    "isv.TEMPLATE_MISSING_PARAMETERS": "later template",
    "isp.RAM_PERMISSION_DENY": "later key",
    "SignatureDoesNotMatch": "later key",
    "Throttling": "later limited",
    "ServiceUnavailable": "later busy",
    "isp.SYSTEM_ERROR": "unsure busy",
    "isp.GATEWAY_ERROR": "unsure busy",
    "InternalError": "unsure busy",
}


class Aliyun:
    """Carry SMS by Aliyun."""

    name = "aliyun"
    patience = 10  # a message accepted is listed within seconds

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, sms: Sms, now: datetime) -> str:
        """Send one message and return its BizId."""
        template_id, values = http.template(self._settings["templates"], sms)
        answer = self._call(
            "SendSms",
            {
                "PhoneNumbers": sms.phone,
                "SignName": self._settings["sign_name"],
                "TemplateCode": template_id,
                "TemplateParam": json.dumps(values, ensure_ascii=False, separators=(",", ":")),
                "OutId": sms.out_id,
            },
            now,
        )
        if not isinstance(answer.get("BizId"), str):
            raise Unsure()
        return str(answer["BizId"])

    def find(self, sms: Sms, since: datetime, now: datetime) -> Sequence[str]:
        """Look the message up by our OutId among what went to this phone on the day of the try."""
        day = f"{since.astimezone(clock.SHANGHAI):%Y%m%d}"
        asked = {"PhoneNumber": sms.phone, "SendDate": day, "PageSize": "50", "CurrentPage": "1"}
        listed = self._call("QuerySendDetails", asked, now).get("SmsSendDetailDTOs") or {}
        found = listed.get("SmsSendDetailDTO", []) if isinstance(listed, dict) else []
        return [sms.out_id for item in found if item.get("OutId") == sms.out_id][:1]

    def _call(self, action: str, parameters: Mapping[str, str], now: datetime) -> dict[str, Any]:
        query = "&".join(f"{_escape(name)}={_escape(parameters[name])}" for name in sorted(parameters))
        site = urlsplit(self._settings["base_url"])
        signed = {
            "host": site.netloc,
            "x-acs-action": action,
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
            "x-acs-date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-version": VERSION,
        }
        key_id, secret = self._settings["access_key_id"], self._settings["access_key_secret"]
        authorization = authorize(key_id, secret, query, signed)
        answer = http.post(f"{http.endpoint(site)}?{query}", b"", {**signed, "Authorization": authorization})
        if answer.get("Code") != "OK":
            raise http.refuse(str(answer.get("Code", "")), CODES, "sms")
        return answer


def authorize(key_id: str, secret: str, query: str, headers: Mapping[str, str]) -> str:
    """Write the Authorization header of signature V3 for a POST of the root path with an empty body.

    `query` is canonical already: sorted, RFC 3986 escapes; `headers` are lower case.
    """
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", query, lines, names, headers["x-acs-content-sha256"]))
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"


def _escape(text: str) -> str:
    return quote(text, safe="-_.~")
