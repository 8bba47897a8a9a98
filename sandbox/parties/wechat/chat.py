"""The citizen's side of WeChat: what she types is really posted to our callback as WeChat does it, signed and sealed.

Plain mode: XML with `signature`; secure mode (the default): `encrypt_type=aes` and `msg_signature` (docs/domain.md §4.4 消息推送).
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from xml.etree import ElementTree as ET

import httpx
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException

from sandbox.box import Box
from sandbox.state import OURS

_ACCOUNT = "gh_rongyiban2019"
_TRIES, _SECONDS = 4, 5.0  # WeChat waits five seconds and asks three more times
BROKEN = "该公众号提供的服务出现故障，请稍后再试"


def letter(openid: str, text: str, event: str, moment: int) -> str:
    """Write one message, sent at `moment` (epoch), as WeChat's XML; `event` (such as `subscribe`) makes an event of it."""
    root = ET.Element("xml")
    rows = {"ToUserName": _ACCOUNT, "FromUserName": openid, "CreateTime": str(moment)}
    if event:
        rows |= {"MsgType": "event", "Event": event, "EventKey": ""}
    else:
        rows |= {"MsgType": "text", "Content": text, "MsgId": str(secrets.randbelow(9 * 10**15) + 10**16)}
    for name, value in rows.items():
        ET.SubElement(root, name).text = value
    return ET.tostring(root, encoding="unicode")


def sign(*parts: str) -> str:
    """SHA-1 over the sorted parts, as WeChat signs its callbacks."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's choice


class Chat:
    """Posts what citizens type and reads what we answer."""

    def __init__(self, box: Box) -> None:
        self.box = box

    @property
    def _crypto(self) -> WeChatCrypto:
        party = self.box.parties["wechat"]
        return WeChatCrypto(party["token"], party["encoding_aes_key"], party["appid"])

    async def say(self, openid: str, text: str, event: str = "", mode: str = "aes") -> str | None:
        """Post one message; return our reply's text, or None when we say nothing. The chat keeps both."""
        if not event:
            self.box.state.chat(openid, text, openid)
        xml = letter(openid, text, event, int(self.box.clock()))
        times = 3 if self.box.callbacks.repeats("wechat") else 1
        answers = await asyncio.gather(*(self._asked(openid, xml, mode) for _ in range(times)))
        reply = next((answer for answer in answers if answer), None)
        if reply:
            self.box.state.chat(openid, reply, OURS)
        return reply

    async def _asked(self, openid: str, xml: str, mode: str) -> str | None:
        for _ in range(_TRIES):
            try:
                answer = await self._post(openid, xml, mode)
                if answer.status_code == 200:
                    return self._read(answer.text, mode)
            except (httpx.HTTPError, ET.ParseError, WeChatException, ValueError, KeyError, TypeError):
                continue  # the far end asks again, whatever was wrong with the answer
        return BROKEN

    async def _post(self, openid: str, xml: str, mode: str) -> httpx.Response:
        token, timestamp, nonce = self.box.parties["wechat"]["token"], str(int(self.box.clock())), secrets.token_hex(5)
        query = {"signature": sign(token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce, "openid": openid}
        if mode == "aes":
            sealed = self._crypto.encrypt_message(xml, nonce, timestamp)
            encrypted = ET.fromstring(sealed).findtext("Encrypt", "")  # noqa: S314 - made here
            query |= {"encrypt_type": "aes", "msg_signature": sign(token, timestamp, nonce, encrypted)}
            xml = (
                f"<xml><ToUserName><![CDATA[{_ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
            )
        url = self.box.ours("api").rstrip("/") + "/channels/wechat"
        headers = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}
        client = self.box.callbacks.client
        return await client.post(url, params=query, content=xml.encode(), headers=headers, timeout=_SECONDS)

    def _read(self, body: str, mode: str) -> str | None:
        if body.strip() in ("", "success"):
            return None
        if mode == "aes":
            sealed = ET.fromstring(body)  # noqa: S314 - our own product's answer
            stamps = (sealed.findtext(name, "") for name in ("MsgSignature", "TimeStamp", "Nonce"))
            body = self._crypto.decrypt_message(body, *stamps)
        root = ET.fromstring(body)  # noqa: S314 - our own product's answer
        kind = root.findtext("MsgType")
        if kind == "transfer_customer_service":
            return "（已转接人工客服）"
        return root.findtext("Content") if kind == "text" else f"（{kind} 消息）"
