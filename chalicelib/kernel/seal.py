"""Envelope encryption of personal data (《个人信息保护法》第51条; GB/T 39786-2021).

    KMS GenerateDataKey ──► AES-256-GCM key, kept five minutes in this container ──► many sealed items
    sealed = 0x01 | len(wrapped) 2 bytes BE | wrapped data key | nonce 12 | ciphertext of the deflated JSON + tag 16

The associated data names where the item lives, so a sealed value moved to another case does not open. Deflating by what all
applications say (`_SAID`) keeps most heads under one kilobyte, which is one write unit.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections import OrderedDict
from typing import Any, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LIFE = 300.0  # seconds a data key seals before the next is asked for
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SAID = (
    b'{"form":{"id_number":"510105","name":"","address":""},"contact":{"phone":"1","name":""},"applicant":{"type":"corporation",'
    b'"name":"","id":""},{"type":"person","name":"","id":"510105"},"delivery":{"method":"courier","method":"electronic"},'
    b'"agent":null,"materials":[{"code":"","material_id":""}],"materials":[],"sender":"tel:1","sender":"wx:o"}'
)
"""What deflating starts from. It can never be changed: another one is another first byte."""
_DEFLATE: Any = (6, zlib.DEFLATED, -12, 4, zlib.Z_DEFAULT_STRATEGY, _SAID)  # a small window: 6 µs
OPENED = 256  # unwrapped keys kept for reading


class KeyService(Protocol):
    """The two KMS calls used (botocore client shape)."""

    def generate_data_key(self, *, KeyId: str, KeySpec: str) -> dict[str, Any]: ...
    def decrypt(self, *, CiphertextBlob: bytes, KeyId: str) -> dict[str, Any]: ...


class Sealer:
    """Seal and open JSON values under a KMS key."""

    def __init__(self, kms: KeyService, key_id: str) -> None:
        self._kms, self._key_id = kms, key_id
        self._current: tuple[bytes, AESGCM] | None = None
        self._until = 0.0
        self._opened: OrderedDict[bytes, AESGCM] = OrderedDict()

    def seal(self, value: Any, place: str) -> bytes:
        """Encrypt a JSON value, bound to `place` (`case number|row`)."""
        wrapped, box = self._sealing_key()
        nonce = os.urandom(12)
        deflate = zlib.compressobj(*_DEFLATE)
        text = deflate.compress(_COMPACT(value).encode()) + deflate.flush()
        return b"\x01" + len(wrapped).to_bytes(2, "big") + wrapped + nonce + box.encrypt(nonce, text, place.encode())

    def open(self, sealed: bytes, place: str) -> Any:
        """Decrypt what `seal` made for the same `place`. Raises cryptography.exceptions.InvalidTag if it was moved."""
        end = 3 + int.from_bytes(sealed[1:3], "big")
        wrapped, nonce, text = sealed[3:end], sealed[end : end + 12], sealed[end + 12 :]
        plain = self._opening_key(wrapped).decrypt(nonce, text, place.encode())
        return json.loads(zlib.decompressobj(-12, _SAID).decompress(plain))

    def _sealing_key(self) -> tuple[bytes, AESGCM]:
        if self._current is None or time.monotonic() > self._until:
            made = self._kms.generate_data_key(KeyId=self._key_id, KeySpec="AES_256")
            self._current = (made["CiphertextBlob"], AESGCM(made["Plaintext"]))
            self._until = time.monotonic() + LIFE
            self._keep(*self._current)
        return self._current

    def _opening_key(self, wrapped: bytes) -> AESGCM:
        box = self._opened.get(wrapped)
        if box is None:
            plain = self._kms.decrypt(CiphertextBlob=wrapped, KeyId=self._key_id)["Plaintext"]
            box = self._keep(wrapped, AESGCM(plain))
        return box

    def _keep(self, wrapped: bytes, box: AESGCM) -> AESGCM:
        self._opened[wrapped] = box
        while len(self._opened) > OPENED:
            self._opened.popitem(last=False)
        return box
