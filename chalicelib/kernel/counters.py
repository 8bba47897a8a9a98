"""Counters that never give the same number twice."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class _Counter(Model):
    class Meta:
        table_name = region = ""  # given by `Counters`
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 2

    name = UnicodeAttribute(hash_key=True)
    n = NumberAttribute(default=0)


class Counters:
    """Counters by name."""

    def __init__(self, table: str, region: str) -> None:
        _Counter.Meta.table_name, _Counter.Meta.region = table, region

    def next(self, name: str) -> int:
        """Return the next number of a counter, from 1 on; a number may be skipped, never repeated."""
        counter = _Counter(name)
        counter.update(actions=[_Counter.n.add(1)])
        return int(counter.n)
