"""Aliyun's SMS gateway (dysmsapi 2017-05-25): SendSms and QuerySendDetails, in its RPC and its V3 signature.

RPC: HMAC-SHA1 over the sorted parameters of query and form, key `secret&`. V3: `ACS3-HMAC-SHA256` over a canonical request.
Source: Aliyun's pages "请求结构和签名机制"; QuerySendDetails' answer after help.aliyun.com/document_detail/419277.html.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.formats import mobile
from sandbox.box import Box
from sandbox.gateway import NUMBER, Gateway, stamp
from sandbox.state import Sent
from sandbox.wire import read_body

_FRESH = 900  # seconds
_ACS3 = re.compile(r"ACS3-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
TEXTS = {"code": "验证码${code}，5分钟内有效，请勿告诉他人。", "notice": "${text}", "reply": "${text}"}


def encode(text: str) -> str:
    """Percent-encode as both of Aliyun's signatures want it."""
    return quote(text, safe="~")


def rpc_signature(method: str, params: dict[str, str], secret: str) -> str:
    """Sign a request the RPC way; `Signature` itself is left out."""
    pairs = sorted((name, value) for name, value in params.items() if name != "Signature")
    query = "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)
    message = f"{method}&%2F&{encode(query)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), message.encode(), hashlib.sha1).digest()).decode()


def acs3_signature(
    request: tuple[str, str, str], headers: dict[str, str], signed: str, digest: str, secret: str
) -> str:
    """Sign (method, path, query) the V3 way. `signed` is the `;`-joined list of lower-case header names."""
    method, path, query = request
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    canonical_query = "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)
    lines = "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in signed.split(";"))
    canonical = "\n".join((method, path, canonical_query, lines, signed, digest))
    message = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


class Aliyun:
    """The one endpoint below `/parties/aliyun`; what it takes goes through the gateway."""

    name = "aliyun"
    form = False

    def __init__(self, box: Box, gateway: Gateway) -> None:
        self.box = box
        self.gateway = gateway
        self._nonces: dict[str, float] = {}

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/parties/aliyun/", self.box.faults.guard("sms", self.endpoint, self.broken), methods=["GET", "POST"])
        ]

    def pushed(self, phone: str, text: str, at: str, sequence: str) -> Any:
        """Write what a citizen sent (SmsUp)."""
        row = {"phone_number": phone, "content": text, "send_time": stamp(at), "dest_code": NUMBER[4:]}
        return [row | {"sequence_id": int(sequence), "sign_name": self._party["sign_name"]}]

    def report(self, sent: Sent, delivered: bool) -> Any:
        """Write what became of a message (SmsReport)."""
        code, text = ("DELIVERED", "用户接收成功") if delivered else ("UNDELIVERED", "用户未接收")
        row = {"phone_number": sent.phone, "send_time": stamp(sent.at), "report_time": stamp(iso(now()))}
        row |= {"err_code": code, "err_msg": text, "sms_size": str(max(1, -(-len(sent.text) // 67)))}
        return [{**row, "success": delivered, "biz_id": sent.sid, "out_id": sent.reference}]

    def took(self, answer: Mapping[str, Any]) -> bool:
        """Tell whether we acknowledged: `code` 0."""
        return answer.get("code") == 0

    @property
    def _party(self) -> dict[str, Any]:
        party: dict[str, Any] = self.box.parties["aliyun"]
        return party

    def _fault(self, status: int, code: str, message: str) -> Response:
        body = {"RequestId": _request_id(), "HostId": "dysmsapi.aliyuncs.com", "Code": code, "Message": message}
        return JSONResponse(body, status_code=status)

    def broken(self) -> Response:
        """Answer Aliyun's own "system error"."""
        return _said("isp.SYSTEM_ERROR", "系统异常")

    async def endpoint(self, request: Request) -> Response:
        """Check the signature, then do the action that is named."""
        body = await read_body(request)
        params = dict(parse_qsl(request.url.query, keep_blank_values=True))
        if "json" in request.headers.get("content-type", ""):
            return self._fault(400, "UnsupportedMediaType", "The content type is not supported.")
        params |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        acs3 = "authorization" in request.headers
        if wrong := (self._wrong_acs3(request, body) if acs3 else self._wrong_rpc(request.method, params)):
            return wrong
        action = request.headers.get("x-acs-action", "") if acs3 else params.get("Action", "")
        version = request.headers.get("x-acs-version", "") if acs3 else params.get("Version", "")
        actions = {"SendSms": self._send, "QuerySendDetails": self._details}
        if action not in actions or version != "2017-05-25":
            return self._fault(
                404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."
            )
        return actions[action](params)

    def _stale(self, stamp: str, nonce: str) -> Response | None:
        """Refuse an old stamp and a nonce that was seen."""
        moment = self.box.clock()
        try:
            sent = datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
        except ValueError:
            return self._fault(
                400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."
            )
        if abs(moment - sent) > _FRESH:
            return self._fault(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
        self._nonces = {seen: at for seen, at in self._nonces.items() if moment - at <= _FRESH}
        if not nonce or nonce in self._nonces:
            return self._fault(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        self._nonces[nonce] = moment
        return None

    def _wrong_rpc(self, method: str, params: dict[str, str]) -> Response | None:
        if params.get("AccessKeyId") != self._party["access_key_id"]:
            return self._fault(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        if params.get("SignatureMethod") != "HMAC-SHA1" or params.get("SignatureVersion") != "1.0":
            return self._fault(400, "InvalidSignatureMethod", "Specified signature method is not valid.")
        expected = rpc_signature(method, params, self._party["access_key_secret"])
        if not hmac.compare_digest(expected.encode(), params.get("Signature", "").encode()):
            return self._mismatch()
        return self._stale(params.get("Timestamp", ""), params.get("SignatureNonce", ""))

    def _wrong_acs3(self, request: Request, body: bytes) -> Response | None:
        match = _ACS3.fullmatch(request.headers["authorization"])
        if not match or match[1] != self._party["access_key_id"]:
            return self._fault(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        digest, headers = hashlib.sha256(body).hexdigest(), dict(request.headers)
        needed = {
            "host",
            "x-acs-action",
            "x-acs-version",
            "x-acs-date",
            "x-acs-content-sha256",
            "x-acs-signature-nonce",
        }
        if not needed <= set(match[2].split(";")) or headers.get("x-acs-content-sha256") != digest:
            return self._mismatch()
        # "/" is the path at the real gateway; here the gateway stands below a folder, so its full path is right as well
        expected = (
            acs3_signature(
                (request.method, path, request.url.query), headers, match[2], digest, self._party["access_key_secret"]
            )
            for path in ("/", request.url.path)
        )
        if not any(hmac.compare_digest(each, match[3]) for each in expected):
            return self._mismatch()
        return self._stale(headers["x-acs-date"], headers["x-acs-signature-nonce"])

    def _mismatch(self) -> Response:
        return self._fault(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.")

    def _send(self, params: dict[str, str]) -> Response:
        phones = params.get("PhoneNumbers", "").split(",")
        if params.get("SignName") != self._party["sign_name"]:
            return _said("isv.SMS_SIGNATURE_ILLEGAL", "短信签名不合法")
        kinds = {code: kind for kind, code in self._party["templates"].items()}
        kind = kinds.get(params.get("TemplateCode", ""))
        if kind is None:
            return _said("isv.SMS_TEMPLATE_ILLEGAL", "短信模版不合法")
        if len(phones) > 1000 or not all(mobile(phone) for phone in phones):
            return _said("isv.MOBILE_NUMBER_ILLEGAL", "手机号码格式错误")
        try:
            values = json.loads(params.get("TemplateParam") or "{}")
            text = _VARIABLE.sub(lambda name: str(values[name[1]]), TEXTS[kind])
        except KeyError:
            return _said("isv.TEMPLATE_MISSING_PARAMETERS", "模版缺少变量")
        except (ValueError, TypeError):
            return _said("isv.INVALID_JSON_PARAM", "参数格式错误，请修改为字符串值")
        sid = f"{secrets.randbelow(9 * 10**17) + 10**17}^0"
        for phone in phones:
            self.gateway.take("aliyun", phone, params["TemplateCode"], text, sid, params.get("OutId", ""))
        return _said("OK", "OK", BizId=sid)

    def _details(self, params: dict[str, str]) -> Response:
        size, page = params.get("PageSize", ""), params.get("CurrentPage", "")
        if not (size.isdigit() and 1 <= int(size) <= 50 and page.isdigit() and int(page) >= 1):
            return _said("isv.INVALID_PARAMETERS", "参数异常")
        found = [
            sent
            for sent in reversed(self.gateway.found("aliyun", params.get("PhoneNumber", "")))
            if sent.at[:10].replace("-", "") == params.get("SendDate") and params.get("BizId", sent.sid) == sent.sid
        ]
        start = (int(page) - 1) * int(size)
        codes = {"waiting": ("1", ""), "failed": ("2", "UNDELIVERED"), "delivered": ("3", "DELIVERED")}
        rows = [
            {
                "PhoneNum": sent.phone,
                "SendStatus": int(codes[sent.status][0]),
                "ErrCode": codes[sent.status][1],
                "TemplateCode": sent.template,
                "Content": f"【{self._party['sign_name']}】{sent.text}",
                "SendDate": sent.at[:19].replace("T", " "),
                "ReceiveDate": sent.at[:19].replace("T", " ") if sent.status == "delivered" else "",
                "OutId": sent.reference,
            }
            for sent in found[start : start + int(size)]
        ]
        return _said("OK", "OK", TotalCount=len(found), SmsSendDetailDTOs={"SmsSendDetailDTO": rows})


def _request_id() -> str:
    text = secrets.token_hex(16).upper()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _said(code: str, message: str, **more: Any) -> Response:
    return JSONResponse({"RequestId": _request_id(), "Code": code, "Message": message, **more})
