"""Case numbers and keyed hashes.

A case number (办件查询码) is 11 digits from an HMAC and one ISO/IEC 7064 MOD 11,10 check digit, so that it can be
keyed on a telephone and a slip of one digit is noticed. It is derived, never drawn: the same message has the same number.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
CASE_NO = re.compile(r"\d{12}", re.ASCII)


def keyed(key: bytes, *parts: str) -> str:
    """Hash `parts` under `key`: HMAC-SHA256 cut to 128 bits, 32 hex digits. Parts are length-framed, so ("a","bc") ≠ ("ab","c")."""
    framed = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
    return hmac.digest(key, framed, "sha256")[:16].hex()


def canonical(value: Any) -> str:
    """Write JSON one way only: sorted keys, no spaces, UTF-8."""
    return _CANONICAL(value)


def case_number(receipt_key: str, attempt: int = 0) -> str:
    """Derive the 12-digit case number from a receipt key (32 hex); `attempt` > 0 steps past a true collision."""
    digest = receipt_key if attempt == 0 else hashlib.sha256(f"{receipt_key}:{attempt}".encode()).hexdigest()
    body = f"{int(digest[:32], 16) % 10**11:011d}"
    return body + check_digit(body)


def is_case_number(text: str) -> bool:
    """Tell whether `text` is twelve digits whose check digit holds."""
    return bool(CASE_NO.fullmatch(text)) and text[-1] == check_digit(text[:-1])


def check_digit(digits: str) -> str:
    """Return the check digit of ISO/IEC 7064 MOD 11,10: python-stdnum takes 8 ms to import for it."""
    carried = 10
    for digit in digits:
        carried = ((carried + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carried) % 10)
