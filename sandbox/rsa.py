"""RSA as payment parties use it: fresh keys, PEM, and signatures with SHA-256 in base64."""

from __future__ import annotations

import base64
from functools import cache
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


def fresh() -> RSAPrivateKey:
    """Make a key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private(key: RSAPrivateKey) -> str:
    """Write a key as PEM (PKCS #8)."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public(key: RSAPrivateKey) -> str:
    """Write its public half as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def load(pem: str) -> RSAPrivateKey:
    """Read a private key from PEM, once: OpenSSL checks a key for some 50 ms."""
    return cast(RSAPrivateKey, load_pem_private_key(pem.encode(), password=None))


def sign(key: RSAPrivateKey, message: bytes) -> str:
    """Sign a message."""
    return base64.b64encode(key.sign(message, PKCS1v15(), SHA256())).decode()


def signed(key: RSAPrivateKey, message: bytes, signature: str) -> bool:
    """Say whether a signature over a message was made by this key."""
    try:
        key.public_key().verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True
