"""Which records of the cases table's stream a function listens to, by the filters of its part of the template."""

from __future__ import annotations

from functools import cache
from typing import Any

from infra.template import parts


def hears(function: str, record: dict[str, Any]) -> bool:
    """Tell whether a record wakes a function."""
    return any(passes(record, pattern) for pattern in _filters(function))


@cache
def _filters(function: str) -> list[Any]:
    found: list[Any] = parts()["Functions"][function]["Listens"]["Filters"]
    return found


def passes(record: Any, pattern: Any) -> bool:
    """Tell whether a record passes a filter, by Lambda's rules as far as ours use them. Raises ValueError beyond."""
    if isinstance(pattern, dict):
        return all(isinstance(record, dict) and passes(record.get(name), want) for name, want in pattern.items())
    return any(_is(record, want) for want in pattern)


def _is(value: Any, want: Any) -> bool:
    if not isinstance(want, dict):
        return bool(value == want)
    ((rule, given),) = want.items()
    if rule == "prefix":
        return isinstance(value, str) and value.startswith(given)
    if rule == "exists":
        return (value is not None) is given
    raise ValueError(f"a filter by {rule}")
