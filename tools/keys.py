"""Make the keys of a local deployment: what real parties would hand us in a contract, made fresh on this machine.

The first dict has the shape of the parties secret (`docs/parties.md`); the second holds what only the far end would know.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from chalicelib.notices.facts import CARD, SMS


def make_parties(base: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (parties secret, private halves of the far ends) for a front door at `base`, such as `http://127.0.0.1:8000`."""
    base = base.rstrip("/")
    merchant, platform = _rsa(), _rsa()
    appid = "wx" + secrets.token_hex(8)
    parties = {
        "wechat": _wechat(f"{base}/sandbox/parties/wechat", appid),
        "wechat_pay": {
            "base_url": f"{base}/sandbox/parties/wechat_pay",
            "mchid": _digits(10),
            "appid": appid,
            "apiv3_key": secrets.token_hex(16),
            "private_key": _private(merchant),
            "cert_serial_no": secrets.token_hex(20).upper(),
            "public_key": _public(platform),
            "public_key_id": "PUB_KEY_ID_" + _digits(28),
            "notify_url": f"{base}/channels/pay/wechat/notify",
        },
        "sms": _sms(base),
        "ems": {
            "base_url": f"{base}/sandbox/parties/ems",
            "customer_code": _digits(14),
            "authorization": secrets.token_hex(16),
            "key": base64.b64encode(secrets.token_bytes(16)).decode(),
            "callback_key": secrets.token_urlsafe(24),
            "sender": {"name": "政务服务大厅", "phone": "02812345000", "address": "四川省成都市政务服务中心出证窗口"},
        },
        "ivr": {"callback_key": secrets.token_urlsafe(24), "operator": "02812345001"},
    }
    return parties, {"wechat_pay_platform_private_key": _private(platform)}


def _wechat(base_url: str, appid: str) -> dict[str, Any]:
    templates = {name: {"id": secrets.token_urlsafe(32), "fields": dict(CARD)} for name in SMS}
    return {
        "base_url": base_url,
        "appid": appid,
        "secret": secrets.token_hex(16),
        "token": secrets.token_hex(16),
        "encoding_aes_key": _aes_key(),
        "templates": templates,
        "page": "pages/case/case",
    }


def _sms(base: str) -> dict[str, Any]:
    return {
        "provider": "aliyun",
        "callback_key": secrets.token_urlsafe(24),
        "aliyun": {
            "base_url": f"{base}/sandbox/parties/aliyun",
            "access_key_id": "LTAI" + secrets.token_hex(10),
            "access_key_secret": secrets.token_hex(15),
            "sign_name": "蓉易办",
            "templates": {"code": "SMS_CODE", "notice": "SMS_NOTICE", "reply": "SMS_REPLY"},
        },
        "tencent": {
            "base_url": f"{base}/sandbox/parties/tencent",
            "secret_id": "AKID" + secrets.token_hex(16),
            "secret_key": secrets.token_hex(16),
            "sdk_app_id": "14" + _digits(8),
            "sign_name": "蓉易办",
            "templates": {"code": "1100001", "notice": "1100002", "reply": "1100003"},
        },
    }


def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _private(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _digits(length: int) -> str:
    """Random digits that do not begin with 0."""
    return str(secrets.randbelow(9 * 10 ** (length - 1)) + 10 ** (length - 1))


def _aes_key() -> str:
    """Make an EncodingAESKey: 43 letters and digits that are the base64 of 32 bytes without its `=`."""
    while True:
        text = base64.b64encode(secrets.token_bytes(32)).decode()[:43]
        if text.isalnum():
            return text
