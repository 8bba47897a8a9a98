"""How a text is read aloud in Chinese: long numbers digit by digit, in groups, with 一 as 幺."""

from __future__ import annotations

import re

_DIGITS = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T[\d:.+]+)?")
_LONG = re.compile(r"\d{5,}")
_GROUPS = {11: (3, 4, 4), 12: (4, 4, 4), 18: (6, 4, 4, 4)}
_SPACES = re.compile(r"\s*\n\s*")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def spoken(text: str) -> str:
    """Prepare a text for a speech engine: `510104` → `五 幺 零，幺 零 四`, `2026-01-31` → `2026年1月31日`, no marks that are not read."""
    text = _DATE.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", _CONTROL.sub("", text))
    text = _LONG.sub(lambda found: digits(found[0]), text)
    text = text.replace("“", "").replace("”", "").replace("*", "星号").replace("#", "井号")
    return _SPACES.sub("，", text.strip())


def digits(number: str) -> str:
    """Read a number digit by digit in groups of three or four (11: 3-4-4, 12: 4-4-4)."""
    sizes, groups, start = list(_GROUPS.get(len(number), ())), [], 0
    while start < len(number):
        left = len(number) - start
        size = sizes.pop(0) if sizes else (3 if left == 3 or (left % 4 and left > 4) else 4)
        groups.append(" ".join(_DIGITS[digit] for digit in number[start : start + size]))
        start += size
    return "，".join(groups)
