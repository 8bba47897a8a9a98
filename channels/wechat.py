"""WeChat official account (公众号): people who write to it; signatures and encryption are `parties.wechat.envelope`'s.

GET  ?signature&timestamp&nonce&echostr                             → echostr
POST ?signature&timestamp&nonce[&encrypt_type=aes&msg_signature]    → reply as XML within 5 s, else WeChat asks 3 times more
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from chalicelib.kernel.errors import AppError, InvalidInput
from chalicelib.vocabulary.channels import subject
from parties import registry
from parties.base import Settings
from parties.wechat.envelope import Envelope
from parties.wire import Inbound, Outbound

LONGEST = 600  # characters of a text reply (WeChat's limit is 2,048 bytes)
UNREADABLE = "帮助"  # said for a picture, a video, a place: the dialogue answers with help
_OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class WeChat:
    """People who write to the official account."""

    inline = True

    def __init__(self, settings: Callable[[], Settings] = lambda: registry.settings("wechat")) -> None:
        self._settings = settings

    def _envelope(self) -> Envelope:
        return Envelope(self._settings())

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the signature, and for a message also its age and its envelope."""
        self._envelope().verify(inbound, now)

    def read(self, inbound: Inbound, now: datetime) -> Sequence[Utterance]:
        """Return the one message; nothing for the URL check and for events nobody speaks in."""
        if inbound.method == "GET":
            return []
        message = self._message(inbound)
        said = _said(message)
        if said is None:
            return []
        return [Utterance("wechat", subject("wechat", message.source), message.source, _id(message), said, now)]

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
        xml = self._envelope().close(answer.render(), inbound, now)
        return Outbound(200, xml, "application/xml; charset=utf-8")

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say no with the HTTP status and our code; WeChat shows its own sentence to the person."""
        return Outbound(error.status, error.code, "text/plain; charset=utf-8")

    def _message(self, inbound: Inbound) -> Any:
        """Parse the message. Raises InvalidInput for whatever is not one, entities and bombs included."""
        from wechatpy.parser import parse_message

        try:
            body = self._envelope().open(inbound)
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


def _id(message: Any) -> str:
    """Tell one message from another, a repetition from none: MsgId. Events have none: who, when (in seconds), what and which key."""
    if message.type != "event" and message.id:
        return str(message.id)
    happened = (message._data.get(name) or "" for name in ("Event", "EventKey"))
    return ":".join(("event", message.source, str(message.time), *map(str, happened)))


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
