"""How each party really calls us: requests as WeChat, the SMS gateways and a voice platform send them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from wechatpy.crypto import PrpCrypto, WeChatCrypto

from parties.wire import Inbound

WECHAT = {
    "token": "tok",
    "encoding_aes_key": "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aQ",
    "appid": "wx49f0ab532d5d035a",
}
SMS = {"callback_key": "sms-key"}
IVR = {"callback_key": "ivr-key", "operator": "02812345"}
OPENID, ACCOUNT = "oABC_1-x", "gh_123"


def sha1(*parts: str) -> str:
    """Sign as WeChat does."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def letter(now: datetime, text: str = "帮助", message_id: str = "1001", **more: str) -> str:
    """A message of the official account as XML; `more` replaces or adds elements."""
    rows = {
        "ToUserName": ACCOUNT,
        "FromUserName": OPENID,
        "CreateTime": str(int(now.timestamp())),
        "MsgType": "text",
        "Content": text,
        "MsgId": message_id,
    } | more
    return "<xml>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows.items() if value) + "</xml>"


def wechat(now: datetime, xml: str | bytes, *, aes: bool = False, **query: str) -> Inbound:
    """POST a message, plain or sealed, signed at `now`."""
    stamp, nonce = str(int(now.timestamp())), "abc"
    given = {"signature": sha1(WECHAT["token"], stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": OPENID}
    body = xml if isinstance(xml, bytes) else xml.encode()
    if aes:
        crypto = WeChatCrypto(WECHAT["token"], WECHAT["encoding_aes_key"], WECHAT["appid"])
        sealed = PrpCrypto(crypto.key).encrypt(body, WECHAT["appid"]).decode()
        given |= {"encrypt_type": "aes", "msg_signature": sha1(WECHAT["token"], stamp, nonce, sealed)}
        body = f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    return Inbound("POST", "/channels/wechat", {"content-type": "text/xml"}, given | query, body)


def opened(answer: str) -> str:
    """Unseal our answer as WeChat does."""
    import xmltodict

    sealed = xmltodict.parse(answer)["xml"]
    crypto = WeChatCrypto(WECHAT["token"], WECHAT["encoding_aes_key"], WECHAT["appid"])
    return str(crypto.decrypt_message(answer, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"]))


def sms(provider: str, value: Any, key: str = "sms-key", path: str = "inbound") -> Inbound:
    """POST JSON (or raw bytes) to a gateway's callback: `inbound` or `receipts`."""
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    headers = {"content-type": "application/json"}
    return Inbound("POST", f"/channels/sms/{provider}/{path}", headers, {"key": key} if key else {}, body)


def ivr(keys: str | None = None, key: str = "ivr-key", raw: bytes | None = None, **more: str) -> Inbound:
    """POST a form as a voice platform does; no keys at the start of a call."""
    form = {"call": "c-1", "caller": "13800001234"} | ({} if keys is None else {"keys": keys, "seq": "1"}) | more
    body = urlencode(form).encode() if raw is None else raw
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Inbound("POST", "/channels/ivr/vxml", headers, {"key": key} if key else {}, body)


def bomb(kind: str = "billion") -> str:
    """XML that grows without end, or that reaches outside."""
    entity = '<!ENTITY a SYSTEM "file:///etc/passwd">'
    if kind == "billion":
        names = "zbcdefgha"
        entity = '<!ENTITY z "zzzzzzzzzz">' + "".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
        )
    rows = f"<ToUserName>{ACCOUNT}</ToUserName><FromUserName>{OPENID}</FromUserName><CreateTime>1</CreateTime>"
    return f"<!DOCTYPE xml [{entity}]><xml>{rows}<MsgType>text</MsgType><Content>&a;</Content><MsgId>1</MsgId></xml>"
