"""WeChat Pay v3 on the wire: checking the merchant's signature, signing answers and notices, sealing a notice's resource.

Source: docs/domain.md §4.7 微信支付. Sign string of a request: METHOD, path with query, timestamp, nonce, body, each followed by a line
feed; of an answer or a notice: timestamp, nonce, body.
"""

from __future__ import annotations

import base64
import re
import secrets
import time
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sandbox import rsa

ALGORITHM = "WECHATPAY2-SHA256-RSA2048"
_FRESH = 300  # seconds a request's timestamp may be off
_PART = re.compile(r'(\w+)="([^"]*)"')


def faulty(party: dict[str, Any], header: str, request: tuple[str, str, str], moment: float) -> str | None:
    """Check an Authorization header over (method, path, body); return what is wrong with it, or None."""
    scheme, _, rest = header.partition(" ")
    if scheme != ALGORITHM:
        return "Authorization不合法：认证类型不正确"
    given = dict(_PART.findall(rest))
    if not {"mchid", "nonce_str", "signature", "timestamp", "serial_no"} <= given.keys():
        return "Authorization不合法：缺少签名信息"
    if given["mchid"] != party["mchid"] or given["serial_no"] != party["cert_serial_no"]:
        return "商户号或商户证书序列号有误"
    if not given["timestamp"].isdigit() or abs(moment - int(given["timestamp"])) > _FRESH:
        return "签名时间戳有误，与系统时间相差超过5分钟"
    method, path, body = request
    message = "\n".join((method, path, given["timestamp"], given["nonce_str"], body)) + "\n"
    right = rsa.signed(rsa.load(party["private_key"]), message.encode(), given["signature"])
    return None if right else "签名错误，请检查后再试"


def sign(private_pem: str, serial: str, body: str, probe: bool = False) -> dict[str, str]:
    """Return the Wechatpay-* headers over a body. `probe` makes one of WeChat's test notices whose signature is false."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    signature = rsa.sign(rsa.load(private_pem), f"{timestamp}\n{nonce}\n{body}\n".encode())
    if probe:
        signature = "WECHATPAY/SIGNTEST/" + signature[19:]
    return {
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": signature,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature-Type": ALGORITHM,
    }


def seal(apiv3_key: str, plain: str, associated: str = "transaction") -> dict[str, str]:
    """Encrypt a notice's resource with AEAD_AES_256_GCM."""
    nonce = secrets.token_hex(6)
    sealed = AESGCM(apiv3_key.encode()).encrypt(nonce.encode(), plain.encode(), associated.encode())
    return {
        "original_type": associated,
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": base64.b64encode(sealed).decode(),
        "associated_data": associated,
        "nonce": nonce,
    }
