"""What may be shown of personal data in lists and logs (the usual masking of the national platforms)."""

from __future__ import annotations

import re

_PATTERNS = (
    (re.compile(r"(?<![0-9A-Za-z])(\d{3})\d{11}(\d{3}[0-9Xx])(?![0-9A-Za-z])"), r"\1***********\2"),
    (re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)"), r"\1****\2"),
)


def name(text: str) -> str:
    """王小明 → 王*明, 张三 → 张*."""
    if len(text) < 2:
        return "*" * len(text)
    return text[0] + "*" * (len(text) - 2) + text[-1] if len(text) > 2 else text[0] + "*"


def phone(text: str) -> str:
    """13800001234 → 138****1234."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 7 else "*" * len(text)


def id_number(text: str) -> str:
    """510104199001010019 → 510***********0019."""
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}" if len(text) > 7 else "*" * len(text)


def free_text(text: str) -> str:
    """Mask every mobile number and 18-character ID number inside a text (used by the log filter)."""
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    return text
