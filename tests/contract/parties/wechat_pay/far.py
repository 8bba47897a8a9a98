"""WeChat Pay's side of the wire: notices really signed and sealed, by keys made here."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from chalicelib.kernel import clock
from parties.wire import Inbound
from tests.unit.samples import NOW

TYPE = "WECHATPAY2-SHA256-RSA2048"
APIV3 = "0123456789abcdef0123456789abcdef"
SERIAL = "PUB_KEY_ID_0110000000000000000000000001"


@cache
def keys(who: str) -> rsa.RSAPrivateKey:
    """The merchant's, WeChat's, or a stranger's key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def settings() -> dict[str, str]:
    return {
        "base_url": "http://127.0.0.1:9",
        "mchid": "1900000001",
        "appid": "wx0123456789abcdef",
        "apiv3_key": APIV3,
        "private_key": keys("merchant").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "cert_serial_no": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
        "public_key": keys("wechat")
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode(),
        "public_key_id": SERIAL,
        "notify_url": "https://ryb.example/channels/pay/wechat/notify",
    }


def sealed(resource: dict[str, Any], key: str = APIV3) -> dict[str, str]:
    nonce = secrets.token_hex(6)
    text = AESGCM(key.encode()).encrypt(nonce.encode(), json.dumps(resource).encode(), b"transaction")
    told = {"algorithm": "AEAD_AES_256_GCM", "original_type": "transaction", "associated_data": "transaction"}
    return {**told, "nonce": nonce, "ciphertext": base64.b64encode(text).decode()}


def letter(resource: dict[str, Any], event_type: str = "TRANSACTION.SUCCESS", key: str = APIV3) -> bytes:
    body = {
        "id": "EV-1",
        "resource_type": "encrypt-resource",
        "event_type": event_type,
        "resource": sealed(resource, key),
    }
    return json.dumps(body).encode()


def signed(body: bytes, at: datetime = NOW, who: str = "wechat", headers: dict[str, str] | None = None) -> Inbound:
    stamp, nonce = str(clock.epoch(at)), secrets.token_hex(16)
    raw = keys(who).sign(f"{stamp}\n{nonce}\n".encode() + body + b"\n", PKCS1v15(), SHA256())
    made = {
        "wechatpay-timestamp": stamp,
        "wechatpay-nonce": nonce,
        "wechatpay-signature": base64.b64encode(raw).decode(),
        "wechatpay-serial": SERIAL,
        "wechatpay-signature-type": TYPE,
        "content-type": "application/json",
    }
    kept = {name: value for name, value in {**made, **(headers or {})}.items() if value}
    return Inbound("POST", "/channels/pay/wechat/notify", kept, {}, body)
