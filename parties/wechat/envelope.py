"""The envelope of WeChat's message push (消息推送): signatures and AES, plain, compatible and secure mode, through wechatpy.

signature = sha1(sort(token, timestamp, nonce)); msg_signature also covers <Encrypt>. wechatpy compares signatures with `==`
and lets whatever a broken message raises come through; both are mended here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.kernel.errors import InvalidInput, Unauthenticated
from parties import wire
from parties.base import Settings
from parties.wire import Inbound

FRESH = 600  # seconds between the stamp in the URL and now, either way


class Envelope:
    """Open and close envelopes of one app."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check the signature, and for a message also its age and its envelope. Raises Unauthenticated, InvalidInput."""
        query, token = inbound.query, self._settings["token"]
        expected = _signature(token, query.get("timestamp", ""), query.get("nonce", ""))
        if not wire.same(query.get("signature", ""), expected):
            raise Unauthenticated("签名不正确", code="bad_signature")
        if inbound.method != "GET":
            wire.check_fresh(wire.moment(query.get("timestamp")), now, past=FRESH, ahead=FRESH)
            self.open(inbound)

    def open(self, inbound: Inbound) -> str:
        """Return the message's XML, decrypted where it is sealed."""
        body = wire.text(inbound)
        if not _encrypted(inbound):
            if self._settings.get("mode") == "secure":
                raise Unauthenticated("消息未加密", code="not_encrypted")
            return body
        query = inbound.query
        sealed, token = _envelope(body), self._settings["token"]
        expected = _signature(token, query.get("timestamp", ""), query.get("nonce", ""), sealed)
        if not wire.same(query.get("msg_signature", ""), expected):
            raise Unauthenticated("签名不正确", code="bad_signature")
        try:
            return str(
                self._crypto().decrypt_message({"Encrypt": sealed}, expected, query["timestamp"], query["nonce"])
            )
        except Exception as fault:  # padding, base64, length and app id each raise their own
            raise InvalidInput("消息无法解密", code="bad_message") from fault

    def close(self, xml: str, inbound: Inbound, now: datetime) -> str:
        """Seal an answer the way the message was."""
        if not _encrypted(inbound):
            return xml
        sealed: str = self._crypto().encrypt_message(xml, inbound.query.get("nonce", ""), str(int(now.timestamp())))
        return sealed

    def _crypto(self) -> Any:
        from wechatpy.crypto import WeChatCrypto

        given = self._settings
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
