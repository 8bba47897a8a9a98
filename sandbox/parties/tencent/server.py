"""Tencent Cloud's SMS gateway (sms 2021-01-11): SendSms and PullSmsSendStatusByPhoneNumber, signed TC3-HMAC-SHA256.

Every answer is HTTP 200 with `Response`, errors in `Response.Error`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import AppError
from chalicelib.kernel.formats import mobile
from sandbox.box import Box
from sandbox.gateway import Gateway, stamp
from sandbox.state import Sent
from sandbox.wire import read_body, to_object

_FRESH = 300  # seconds
_TC3 = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/]+)/([\d-]+)/sms/tc3_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)"
)
_PLACE = re.compile(r"\{(\d+)\}")
TEXTS = {"code": "验证码{1}，5分钟内有效，请勿告诉他人。", "notice": "{1}", "reply": "{1}"}


def tc3_signature(body: bytes, path: str, headers: dict[str, str], signed: str, secret: str) -> str:
    """Sign a POST the TC3 way; the date is that of X-TC-Timestamp in UTC."""
    lines = "".join(f"{name}:{headers.get(name, '').strip().lower()}\n" for name in signed.split(";"))
    canonical = "\n".join(("POST", path, "", lines, signed, hashlib.sha256(body).hexdigest()))
    stamp = headers["x-tc-timestamp"]
    date = datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d")
    scope = f"{date}/sms/tc3_request"
    message = "\n".join(("TC3-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"TC3{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


class Tencent:
    """The one endpoint below `/parties/tencent`."""

    name = "tencent"
    form = False

    def __init__(self, box: Box, gateway: Gateway) -> None:
        self.box = box
        self.gateway = gateway

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/parties/tencent/", self.box.faults.guard("sms", self.endpoint, self.broken), methods=["POST"])]

    def pushed(self, phone: str, text: str, at: str, sequence: str) -> Any:
        """Write what a citizen sent; this vendor numbers nothing."""
        moment = int(datetime.fromisoformat(at).timestamp())
        sender = {"extend": "", "mobile": phone, "nationcode": "86", "sign": self._party["sign_name"]}
        return {**sender, "text": text, "time": moment}

    def report(self, sent: Sent, delivered: bool) -> Any:
        """Write what became of a message."""
        row = {"user_receive_time": stamp(iso(now())), "nationcode": "86", "mobile": sent.phone, "sid": sent.sid}
        if delivered:
            return [row | {"report_status": "SUCCESS", "errmsg": "DELIVRD", "description": "用户短信送达成功"}]
        return [row | {"report_status": "FAIL", "errmsg": "UNDELIV", "description": "用户短信接收失败"}]

    def took(self, answer: Mapping[str, Any]) -> bool:
        """Tell whether we acknowledged: `result` 0."""
        return answer.get("result") == 0

    @property
    def _party(self) -> dict[str, Any]:
        party: dict[str, Any] = self.box.parties["tencent"]
        return party

    def broken(self) -> Response:
        """Answer Tencent's own "internal error"."""
        return _fault("InternalError.OtherError", "其他错误。")

    async def endpoint(self, request: Request) -> Response:
        """Check the signature, then do the action that is named."""
        body = await read_body(request)
        if wrong := self._wrong(request, body):
            return wrong
        actions = {"SendSms": self._send, "PullSmsSendStatusByPhoneNumber": self._statuses}
        action = actions.get(request.headers.get("x-tc-action", ""))
        if action is None or request.headers.get("x-tc-version") != "2021-01-11":
            return _fault("InvalidAction", "The request action is invalid.")
        try:
            params = to_object(body)
        except AppError:
            return _fault("InvalidRequest", "The request body is not a JSON object.")
        if params.get("SmsSdkAppId") != self._party["sdk_app_id"]:
            return _fault("UnauthorizedOperation.SmsSdkAppIdVerifyFail", "SmsSdkAppId 校验失败。")
        return action(params)

    def _wrong(self, request: Request, body: bytes) -> Response | None:
        headers = dict(request.headers)
        match = _TC3.fullmatch(headers.get("authorization", ""))
        if not match or not {"content-type", "host"} <= set(match[3].split(";")):
            return _fault("AuthFailure.InvalidAuthorization", "请求头部的 Authorization 不符合腾讯云标准。")
        if match[1] != self._party["secret_id"]:
            return _fault(
                "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.",
            )
        stamp = headers.get("x-tc-timestamp", "")
        if not stamp.isdigit() or abs(self.box.clock() - int(stamp)) > _FRESH:
            return _fault("AuthFailure.SignatureExpire", "签名过期。")
        # "/" is the path at the real gateway; here the gateway stands below a folder, so its full path is right as well
        expected = [
            tc3_signature(body, path, headers, match[3], self._party["secret_key"]) for path in ("/", request.url.path)
        ]
        if not any(hmac.compare_digest(each, match[4]) for each in expected):
            return _fault("AuthFailure.SignatureFailure", "The provided credentials could not be validated.")
        return None

    def _send(self, params: dict[str, Any]) -> Response:
        phones, values = params.get("PhoneNumberSet"), params.get("TemplateParamSet", [])
        if not isinstance(phones, list) or not 1 <= len(phones) <= 200 or not isinstance(values, list):
            return _fault("InvalidParameter", "参数有误。")
        kinds = {code: kind for kind, code in self._party["templates"].items()}
        kind = kinds.get(str(params.get("TemplateId", "")))
        code = "Ok"
        if params.get("SignName") != self._party["sign_name"]:
            code = "FailedOperation.SignatureIncorrectOrUnapproved"
        elif kind is None:
            code = "FailedOperation.TemplateIncorrectOrUnapproved"
        elif len(values) != len(_PLACE.findall(TEXTS[kind])) or not all(isinstance(value, str) for value in values):
            code = "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
        text = _PLACE.sub(lambda place: str(values[int(place[1]) - 1]), TEXTS[str(kind)]) if code == "Ok" else ""
        return _said(SendStatusSet=[self._sent(str(phone), text, code, params) for phone in phones])

    def _sent(self, phone: str, text: str, code: str, params: dict[str, Any]) -> dict[str, Any]:
        number, context = phone.removeprefix("+86"), str(params.get("SessionContext", ""))
        if code == "Ok" and not (phone.startswith("+86") and mobile(number)):
            code = "InvalidParameterValue.IncorrectPhoneNumber"
        right = code == "Ok"
        sid = f"2022:{secrets.randbelow(9 * 10**17) + 10**17}" if right else ""
        if right:
            self.gateway.take("tencent", number, str(params["TemplateId"]), text, sid, context)
        return {
            "SerialNo": sid,
            "PhoneNumber": phone,
            "Fee": int(right),
            "SessionContext": context,
            "Code": code,
            "Message": "send success" if right else code,
            "IsoCode": "CN" if right else "",
        }

    def _statuses(self, params: dict[str, Any]) -> Response:
        begin, limit, offset = (params.get(name) for name in ("BeginTime", "Limit", "Offset"))
        if not (isinstance(begin, int) and isinstance(limit, int) and isinstance(offset, int)):
            return _fault("InvalidParameter", "参数有误。")
        end = params.get("EndTime") or self.box.clock()
        phone = str(params.get("PhoneNumber", "")).removeprefix("+86")
        found = [
            (stamp, sent)
            for sent in self.gateway.found("tencent", phone)
            if begin <= (stamp := int(datetime.fromisoformat(sent.at).timestamp())) <= end and sent.status != "waiting"
        ]
        rows = [_status(stamp, sent) for stamp, sent in found[offset : offset + limit]]
        return _said(PullSmsSendStatusSet=rows)


def _status(stamp: int, sent: Sent) -> dict[str, Any]:
    delivered = sent.status == "delivered"
    return {
        "UserReceiveTime": stamp,
        "CountryCode": "86",
        "SubscriberNumber": sent.phone,
        "PhoneNumber": f"+86{sent.phone}",
        "SerialNo": sent.sid,
        "ReportStatus": "SUCCESS" if delivered else "FAIL",
        "Description": "DELIVRD" if delivered else "UNDELIV",
        "SessionContext": sent.reference,
    }


def _said(**body: Any) -> Response:
    return JSONResponse({"Response": {**body, "RequestId": str(uuid.uuid4())}})


def _fault(code: str, message: str) -> Response:
    return _said(Error={"Code": code, "Message": message})
