"""Clients of the parties, as their own documents describe them: real libraries where there are any, real signatures elsewhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpy import WeChatClient

from tests.contract.sandbox.stack import Stack


def wechat_pay(stack: Stack) -> WeChatPay:
    """wechatpayv3 in public-key mode, pointed at the sandbox."""
    party = stack.parties["wechat_pay"]
    client = WeChatPay(
        wechatpay_type=WeChatPayType.JSAPI,
        mchid=party["mchid"],
        private_key=party["private_key"],
        cert_serial_no=party["cert_serial_no"],
        apiv3_key=party["apiv3_key"],
        appid=party["appid"],
        notify_url=party["notify_url"],
        public_key=party["public_key"],
        public_key_id=party["public_key_id"],
        timeout=(2, 5),
    )
    client._core._gate_way = party["base_url"]
    return client


def wechat(stack: Stack) -> WeChatClient:
    """wechatpy, with its token from the sandbox's stable_token."""
    party = stack.parties["wechat"]
    asked = {"grant_type": "client_credential", "appid": party["appid"], "secret": party["secret"]}
    answer = httpx.post(f"{party['base_url']}/cgi-bin/stable_token", json=asked).json()
    client = WeChatClient(
        party["appid"], party["secret"], access_token=answer["access_token"], auto_retry=False, timeout=5
    )
    client.API_BASE_URL = f"{party['base_url']}/cgi-bin/"
    return client


def aliyun_rpc(
    stack: Stack, action: str, params: dict[str, str], secret: str = "", method: str = "POST"
) -> httpx.Response:
    """Call Aliyun with the RPC signature."""
    party = stack.parties["aliyun"]
    whole = {
        "Action": action,
        "Version": "2017-05-25",
        "AccessKeyId": party["access_key_id"],
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": secrets.token_hex(8),
        "Timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Format": "JSON",
    } | params
    query = urlencode(sorted(whole.items()), quote_via=quote, safe="~")
    message = f"{method}&%2F&{quote(query, safe='~')}"
    key = f"{secret or party['access_key_secret']}&".encode()
    whole["Signature"] = base64.b64encode(hmac.new(key, message.encode(), hashlib.sha1).digest()).decode()
    url = f"{party['base_url']}/"
    return httpx.get(url, params=whole) if method == "GET" else httpx.post(url, data=whole)


def aliyun_v3(stack: Stack, action: str, params: dict[str, str]) -> httpx.Response:
    """Call Aliyun with the V3 signature, by the product's own signer."""
    from parties.aliyun.sms import authorize

    party = stack.parties["aliyun"]
    query = urlencode(sorted(params.items()), quote_via=quote, safe="~")
    headers = {
        "host": stack.base.removeprefix("http://"),
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": "2017-05-25",
    }
    authorization = authorize(party["access_key_id"], party["access_key_secret"], query, headers)
    return httpx.post(f"{party['base_url']}/?{query}", headers={**headers, "Authorization": authorization})


def tencent(stack: Stack, action: str, params: dict[str, Any], secret: str = "") -> Any:
    """Call Tencent Cloud, by the product's own signer."""
    from parties.tencent.sms import authorize

    party, moment = stack.parties["tencent"], datetime.now(UTC)
    body = json.dumps(params, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Host": stack.base.removeprefix("http://"),
        "X-TC-Action": action,
    }
    authorization = authorize(party["secret_id"], secret or party["secret_key"], "sms", headers, body, moment)
    headers |= {
        "Authorization": authorization,
        "X-TC-Version": "2021-01-11",
        "X-TC-Timestamp": str(int(moment.timestamp())),
    }
    return httpx.post(f"{party['base_url']}/", content=body, headers=headers).json()["Response"]


def ems(stack: Stack, order: dict[str, Any], **change: str) -> Any:
    """Order a parcel, sealed by the product's own sealer."""
    from parties.ems.orders import sealed

    party = stack.parties["ems"]
    form = {"apiCode": "020003", "senderNo": party["customer_code"], "authorization": party["authorization"]}
    form |= {"timeStamp": "2026-01-05 09:00:00"}
    form |= {
        "logitcsInterface": sealed(json.dumps([order], ensure_ascii=False), change.pop("key", party["key"]))
    } | change
    answer = httpx.post(party["base_url"], data=form).json()
    return answer | {"waybill": json.loads(answer["retBody"]).get("waybillNo")}
