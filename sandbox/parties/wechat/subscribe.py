"""The rules of a WeChat subscribe message's fields (docs/domain.md §4.3 订阅消息): key type → what its value may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

_DATE = re.compile(r"\d{4}(年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})( ?\d{1,2}:\d{2}(:\d{2})?)?")
_TIME = re.compile(rf"({_DATE.pattern}|\d{{1,2}}:\d{{2}}(:\d{{2}})?)(~.+)?")
_AMOUNT = re.compile(r"[¥￥$€£]?\d{1,10}(\.\d+)?元?")
_CJK = re.compile(r"[㐀-鿿豈-﫿　-〿＀-￯]")


def _name(value: str) -> bool:
    return len(value) <= (10 if _CJK.search(value) else 20)


_RULES: dict[str, Callable[[str], bool]] = {
    "thing": lambda value: len(value) <= 20,
    "number": lambda value: bool(re.fullmatch(r"-?\d{1,32}(\.\d+)?", value)) and len(value) <= 32,
    "letter": lambda value: bool(re.fullmatch(r"[A-Za-z]{1,32}", value)),
    "symbol": lambda value: len(value) <= 5 and not re.search(r"\w", value),
    "character_string": lambda value: len(value) <= 32 and not _CJK.search(value),
    "time": lambda value: bool(_TIME.fullmatch(value)),
    "date": lambda value: bool(_TIME.fullmatch(value)),
    "amount": lambda value: bool(_AMOUNT.fullmatch(value)),
    "phone_number": lambda value: bool(re.fullmatch(r"[\d+\- ()]{1,17}", value)),
    "car_number": lambda value: len(value) <= 8,
    "name": _name,
    "phrase": lambda value: len(value) <= 5 and all(_CJK.match(char) for char in value),
}


def fault(fields: dict[str, Any], data: Any) -> str | None:
    """Return what WeChat would say in `errmsg` of 47003, naming the field, or None when the data fits the template."""
    if not isinstance(data, dict):
        return "argument invalid! data is not an object"
    for key in fields:
        entry = data.get(key)
        value = entry.get("value") if isinstance(entry, dict) else None
        if not isinstance(value, str) or not value.strip():
            return f"argument invalid! data.{key}.value is empty"
        rule = _RULES.get(key.rstrip("0123456789"))
        if rule is None or not rule(value) or any(unicodedata.category(char) == "Cc" for char in value):
            return f"argument invalid! data.{key}.value invalid"
    for key in data:
        if key not in fields:
            return f"argument invalid! data.{key} is not in the template"
    return None
