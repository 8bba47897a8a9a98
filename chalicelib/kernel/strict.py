"""JSON as strangers send it, read strictly: what two readers could understand differently is refused.

Refused are `NaN` and numbers too large to be one, a name written twice in an object, and nesting without end. A whole number is
an int however it was written (5.0 is 5). Characters nobody types (control characters, halves of a surrogate pair, what is left of
another encoding) are found by `odd` and taken out by `plain`: stored, they would break whoever reads them next. Characters nobody
sees (of no width, or that turn the direction of writing: a name could show as another one) are taken out silently, for a person
who pasted them cannot know.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

DEEPEST = 32  # levels; no request of ours has ten
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\U000e0000-\U000e007f]"
)


def loads(text: str) -> Any:
    """Read one JSON value. Raises ValueError."""
    try:
        value = _DECODER.decode(text)
        if "\\" in text or _UNSEEN.search(text):  # an escape may hide one
            value = _DECODER.decode(_UNSEEN.sub("", json.dumps(value, ensure_ascii=False)))
        if text.count("[") + text.count("{") > DEEPEST:
            _shallow(value, DEEPEST)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def odd(text: str, value: Any) -> list[str]:
    """Name the places in `value`, read from `text`, that hold characters nobody types; `body` for the name of a field."""
    if "\\" not in text and not _ODD.search(text):
        return []
    return list(dict.fromkeys(_odd(value, ())))


def plain(value: Any) -> Any:
    """Return the value without characters nobody types or sees."""
    return _texts(lambda text: _UNSEEN.sub("", _ODD.sub("", text)), value)


def _texts(change: Callable[[str], str], value: Any) -> Any:
    """Return the value with every text changed, names of an object too (of two that become one, the last stays)."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_texts(change, each) for each in value]
    return {change(name): _texts(change, each) for name, each in value.items()} if isinstance(value, dict) else value


def _odd(value: Any, place: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, str):
        if _ODD.search(value):
            yield ".".join(place) or "body"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _odd(each, (*place, str(number)))
    elif isinstance(value, dict):
        for name, each in value.items():
            if _ODD.search(name):
                yield "body"
            else:
                yield from _odd(each, (*place, name))


def _shallow(value: Any, left: int) -> None:
    if left == 0:
        raise ValueError("nested too deep")
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _shallow(each, left - 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name written twice")
    return found


def _number(text: str) -> float | int:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("too large")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _none(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=_number, parse_constant=_none)
