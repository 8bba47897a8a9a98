"""What DynamoDB charges for: bytes of items, write units of an item and of its indexes, read units of an answer.

The rules are those of its developer guide ("Read and write operations", "Global secondary indexes"). The engine counts no index
inside a transaction, so nothing of what it says is used. A transaction doubles the item and not its indexes, which follow after
it (measured on the real service: nubo-db/dynoxide#188).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Mapping[str, Any]]
"""An item as the wire has it: attribute → {type: value}; bytes as bytes, not as base64."""
WRITE, READ = 1024, 4096  # bytes of one unit
TRANSACTION = 2  # times what the same write costs alone


@dataclass(frozen=True)
class Index:
    """A global secondary index: its own key attributes, and all that it carries (the table's key too)."""

    name: str
    key: frozenset[str]
    carries: frozenset[str]

    @classmethod
    def of(cls, described: Mapping[str, Any], table_key: Iterable[str]) -> Index:
        """Read what `DescribeTable` says of an index that carries named attributes."""
        key = frozenset(each["AttributeName"] for each in described["KeySchema"])
        more = described["Projection"].get("NonKeyAttributes", ())
        return cls(described["IndexName"], key, key | frozenset(table_key) | frozenset(more))

    def entry(self, item: Item | None) -> Item | None:
        """Return what of an item lies in the index: nothing where an attribute of the index's key is missing."""
        if item is None or not self.key <= set(item):
            return None
        return {name: value for name, value in item.items() if name in self.carries}


def size(item: Item) -> int:
    """Bytes of an item: names and values in UTF-8, numbers by two digits a byte and one more."""
    return sum(len(name.encode()) + _size(typed) for name, typed in item.items())


def _size(typed: Mapping[str, Any]) -> int:
    ((kind, value),) = typed.items()
    if kind == "S":
        return len(value.encode())
    if kind == "B":
        return len(value)
    if kind == "N":
        digits = str(value).lstrip("-").replace(".", "").strip("0")
        return math.ceil(len(digits) / 2) + 1 + str(value).startswith("-")
    if kind in ("BOOL", "NULL"):
        return 1
    raise ValueError(f"no item of ours has an attribute of type {kind}")


def written(before: Item | None, after: Item | None) -> int:
    """Write units of a put, an update or a delete: by the larger of what was and what is."""
    return max(1, math.ceil(max(size(each) for each in (before, after, {}) if each is not None) / WRITE))


def carried(index: Index, before: Item | None, after: Item | None) -> int:
    """Write units an index takes for it: none where its entry stays, two entries' where its key moves."""
    old, new = index.entry(before), index.entry(after)
    if old == new:
        return 0
    if old and new and any(old[name] != new[name] for name in index.key):
        return written(old, None) + written(None, new)
    return written(old, new)


def read(items: Iterable[Item], consistent: bool) -> float:
    """Read units of one answer: the bytes of all its items together; half of it where the newest need not be seen."""
    units = max(1, math.ceil(sum(size(each) for each in items) / READ))
    return units if consistent else units / 2
