"""Counters that never give the same number twice."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.kernel import tables


class _Counter(Model):
    class Meta(tables.Limits):
        pass

    name = UnicodeAttribute(hash_key=True)
    n = NumberAttribute(default=0)


class Counters:
    """Counters by name."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(_Counter, table, region)

    def next(self, name: str) -> int:
        """Return the next number of a counter, from 1 on; a number may be skipped, never repeated."""
        counter = _Counter(name)
        counter.update(actions=[_Counter.n.add(1)])
        return int(counter.n)
