"""Tencent Cloud SMS (2021-01-11), called by HTTP with signature TC3-HMAC-SHA256.

SendSms                         → {"Response": {"SendStatusSet": [{"Code": "Ok", "SerialNo": …}]}}
PullSmsSendStatusByPhoneNumber  → {"Response": {"PullSmsSendStatusSet": [{"SerialNo", "ReportStatus", …}]}}: what reached a phone
                                  in a span of time; it gives no number of ours back
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from chalicelib.kernel import clock
from chalicelib.kernel.errors import Unsure
from chalicelib.notices.model import Sms
from parties import http
from parties.base import Settings

VERSION, SERVICE, CONTENT = "2021-01-11", "sms", "application/json; charset=utf-8"
CODES = {
    "InvalidParameterValue.IncorrectPhoneNumber": "no bad_number",
    "FailedOperation.PhoneNumberInBlacklist": "no opted_out",
    "FailedOperation.ContainSensitiveWord": "no content",
    "InvalidParameterValue.TemplateParameterLengthLimit": "no content",
    "InvalidParameterValue.TemplateParameterFormatError": "no content",
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": "no content",
    "FailedOperation.InsufficientBalanceInSmsPackage": "later unpaid",
    "FailedOperation.SignatureIncorrectOrUnapproved": "later template",
    "FailedOperation.TemplateIncorrectOrUnapproved": "later template",
    "AuthFailure": "later key",
    "LimitExceeded": "later limited",
    "RequestLimitExceeded": "later limited",
    "InternalError": "unsure busy",
}


class Tencent:
    """Carry SMS by Tencent Cloud."""

    name = "tencent"
    patience = 120  # a message shows only when the network has reported on it

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, sms: Sms, now: datetime) -> str:
        """Send one message and return its SerialNo."""
        template_id, values = http.template(self._settings["templates"], sms)
        answer = self._call(
            "SendSms",
            {
                "PhoneNumberSet": [f"+86{sms.phone}"],
                "SmsSdkAppId": self._settings["sdk_app_id"],
                "SignName": self._settings["sign_name"],
                "TemplateId": template_id,
                "TemplateParamSet": list(values.values()),
                "SessionContext": sms.out_id,
            },
            now,
        )
        fates = answer.get("SendStatusSet")
        if not isinstance(fates, list) or len(fates) != 1:
            raise Unsure()
        if fates[0].get("Code") != "Ok":
            raise http.refuse(str(fates[0].get("Code", "")), CODES, "sms")
        return str(fates[0]["SerialNo"])

    def find(self, sms: Sms, since: datetime, now: datetime) -> Sequence[str]:
        """List what was reported of this phone since the try; the caller leaves out what it knows to be other messages."""
        asked = {
            "BeginTime": clock.epoch(since),
            "EndTime": clock.epoch(now) + 1,
            "Offset": 0,
            "Limit": 100,
            "PhoneNumber": f"+86{sms.phone}",
            "SmsSdkAppId": self._settings["sdk_app_id"],
        }
        found = self._call("PullSmsSendStatusByPhoneNumber", asked, now).get("PullSmsSendStatusSet") or []
        return [str(item["SerialNo"]) for item in found if item.get("SerialNo")]

    def _call(self, action: str, parameters: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        body = json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode()
        site = urlsplit(self._settings["base_url"])
        headers = {"Content-Type": CONTENT, "Host": site.netloc, "X-TC-Action": action}
        headers |= {
            "X-TC-Version": VERSION,
            "X-TC-Region": self._settings.get("region", "ap-guangzhou"),
            "X-TC-Timestamp": str(clock.epoch(now)),
            "Authorization": authorize(
                self._settings["secret_id"], self._settings["secret_key"], SERVICE, headers, body, now
            ),
        }
        answer = http.post(http.endpoint(site), body, headers).get("Response")
        if not isinstance(answer, dict):
            raise Unsure()
        if "Error" in answer:
            raise http.refuse(str(answer["Error"].get("Code", "")), CODES, "sms")
        return answer


def authorize(
    secret_id: str, secret_key: str, service: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> str:
    """Write the Authorization header of TC3-HMAC-SHA256 for a POST of the root path; every header given is signed."""
    moment = now.astimezone(UTC)
    day = f"{moment:%Y-%m-%d}"
    signed = {name.lower(): value.strip().lower() for name, value in headers.items()}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join(("POST", "/", "", lines, names, hashlib.sha256(body).hexdigest()))
    scope = f"{day}/{service}/tc3_request"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"TC3-HMAC-SHA256\n{clock.epoch(now)}\n{scope}\n{hashed}"
    key = f"TC3{secret_key}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders={names}, Signature={signature}"
