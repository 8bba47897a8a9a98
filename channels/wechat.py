"""WeChat official account (公众号): the server callback, plain, compatible and secure mode, through wechatpy.

    GET  ?signature&timestamp&nonce&echostr                             → echostr
    POST ?signature&timestamp&nonce[&encrypt_type=aes&msg_signature]    → reply as XML within 5 s, else WeChat asks 3 times more

signature = sha1(sort(token, timestamp, nonce)); msg_signature also covers <Encrypt>. wechatpy compares signatures with `==`
and lets whatever a broken message raises come through; both are mended here. `party("wechat")` may set `mode: secure` to
refuse what is not encrypted, because in plain mode no signature covers the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.dialogue.model import Turn
from chalicelib.intake.model import Reply
from chalicelib.kernel import config
from chalicelib.kernel.errors import AppError, InvalidInput, Unauthenticated
from channels import wire
from channels.base import Inbound, Outbound

FRESH = 600  # seconds between the stamp in the URL and now, either way
LONGEST = 600  # characters of a text reply (WeChat's limit is 2,048 bytes)
UNREADABLE = "帮助"  # said for a picture, a video, a place: the dialogue answers with help
_OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class WeChat:
    """People who write to the official account."""

    name = "wechat"
    inline = True

    def __init__(self, credentials: Callable[[], Mapping[str, Any]] = lambda: config.party("wechat")) -> None:
        self._credentials = credentials

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the signature, and for a message also its age and its envelope."""
        query, token = inbound.query, self._credentials()["token"]
        expected = _signature(token, query.get("timestamp", ""), query.get("nonce", ""))
        if not wire.same(query.get("signature", ""), expected):
            raise Unauthenticated("签名不正确", code="bad_signature")
        if inbound.method != "GET":
            wire.check_fresh(wire.moment(query.get("timestamp")), now, past=FRESH, ahead=FRESH)
            self._open(inbound)

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Turn]:
        """Return the one message; nothing for the URL check and for events nobody speaks in."""
        if inbound.method == "GET":
            return []
        message = self._message(inbound)
        said = _said(message)
        if said is None:
            return []
        event = message.type == "event" or not message.id
        message_id = f"event:{message.source}:{message.time}" if event else str(message.id)
        return [Turn("wechat", f"wx:{message.source}", message.source, message_id, said, now)]

    def render(self, inbound: Inbound, replies: Sequence[Reply], now: datetime) -> Outbound:
        """Answer with one passive reply, sealed the way the message was; `success` where there is nothing to say."""
        if inbound.method == "GET":
            return Outbound(200, inbound.query.get("echostr", ""), "text/plain; charset=utf-8")
        if not any(reply.text or reply.transfer for reply in replies):
            return Outbound(200, "success", "text/plain; charset=utf-8")
        from wechatpy.replies import TextReply, TransferCustomerServiceReply

        message, moment = self._message(inbound), int(now.timestamp())
        if any(reply.transfer for reply in replies):
            answer = TransferCustomerServiceReply(message=message, time=moment)
        else:
            spoken = "\n\n".join(reply.text for reply in replies if reply.text)
            answer = TextReply(message=message, time=moment, content=_safe(spoken))
        xml: str = answer.render()
        if _encrypted(inbound):
            xml = self._crypto().encrypt_message(xml, inbound.query.get("nonce", ""), str(moment))
        return Outbound(200, xml, "application/xml; charset=utf-8")

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no with the HTTP status and our code; WeChat shows its own sentence to the person."""
        return Outbound(error.status, error.code, "text/plain; charset=utf-8")

    def _message(self, inbound: Inbound) -> Any:
        """Parse the message. Raises InvalidInput for whatever is not one, entities and bombs included."""
        from wechatpy.parser import parse_message

        try:
            body = self._open(inbound)
            if "<!DOCTYPE" in body:
                raise ValueError("a document type of its own")
            message = parse_message(body)
            known = _OPENID.fullmatch(message.source) and _OPENID.fullmatch(message.target) and message.time
            unread = message.id < 0
        except Exception as fault:  # expat, xmltodict and wechatpy each raise their own on garbage
            raise InvalidInput("消息格式不正确", code="bad_message") from fault
        if not known or unread:
            raise InvalidInput("消息格式不正确", code="bad_message")
        return message

    def _open(self, inbound: Inbound) -> str:
        """Return the message's XML, decrypted where it is sealed."""
        body = wire.text(inbound)
        if not _encrypted(inbound):
            if self._credentials().get("mode") == "secure":
                raise Unauthenticated("消息未加密", code="not_encrypted")
            return body
        query = inbound.query
        sealed, token = _envelope(body), self._credentials()["token"]
        expected = _signature(token, query.get("timestamp", ""), query.get("nonce", ""), sealed)
        if not wire.same(query.get("msg_signature", ""), expected):
            raise Unauthenticated("签名不正确", code="bad_signature")
        try:
            return str(
                self._crypto().decrypt_message({"Encrypt": sealed}, expected, query["timestamp"], query["nonce"])
            )
        except Exception as fault:  # padding, base64, length and app id each raise their own
            raise InvalidInput("消息无法解密", code="bad_message") from fault

    def _crypto(self) -> Any:
        from wechatpy.crypto import WeChatCrypto

        given = self._credentials()
        return WeChatCrypto(given["token"], given["encoding_aes_key"], given["appid"])


def _signature(*parts: str) -> str:
    from wechatpy.utils import WeChatSigner

    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def _encrypted(inbound: Inbound) -> bool:
    return inbound.query.get("encrypt_type", "raw") == "aes"


def _envelope(body: str) -> str:
    import xmltodict

    try:
        sealed = xmltodict.parse(body)["xml"]["Encrypt"]
    except Exception as fault:  # expat and xmltodict each raise their own on garbage
        raise InvalidInput("消息格式不正确", code="bad_message") from fault
    if not isinstance(sealed, str):
        raise InvalidInput("消息格式不正确", code="bad_message")
    return sealed


def _said(message: Any) -> str | None:
    """Return what the person said, None where nothing was said. Events → our words."""
    if message.type == "text":
        return message.content if isinstance(message.content, str) else ""
    if message.type == "voice":
        return str(message.recognition or "") or UNREADABLE
    if message.type == "event":
        event = getattr(message, "event", "")
        if event in ("subscribe", "subscribe_scan", "scan"):
            return ""
        return str(message.key or "") if event == "click" else None
    return None if str(message._data.get("MsgType", "")).lower() == "event" else UNREADABLE


def _safe(spoken: str) -> str:
    """Keep a text inside the CDATA section wechatpy puts it in, and inside WeChat's length."""
    return _CONTROL.sub("", spoken).replace("]]>", "]] >")[:LONGEST]
