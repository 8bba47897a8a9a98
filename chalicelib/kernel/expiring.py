"""Small things with an end: conversations, one-time codes, locks, "seen before" marks, access tokens.

One table, keyed by purpose (`talk#…`, `code#…`, `seen#…`, `lock#…`, `token#…`). DynamoDB deletes expired items up to two days
late, so the end is checked here as well: what has ended is not there, and its key is free again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import PutError
from pynamodb.models import Model

from chalicelib.kernel import clock, tables
from chalicelib.kernel.errors import Conflict


class _Item(Model):
    """One thing. `infra/resources/shared.yaml` makes the table, with TTL on `expires_at`."""

    class Meta(tables.Limits):
        pass

    key = UnicodeAttribute(hash_key=True)
    expires_at = NumberAttribute()
    rev = NumberAttribute()
    data = JSONAttribute()


class Expiring(Protocol):
    """What keeps JSON values under a key until their time is over; `ExpiringTable` in the product."""

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]:
        """Return what is kept and its rev; (None, 0) if there is nothing or its time is over."""

    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None:
        """Keep `data` for `ttl_seconds`, if it is still at the rev given (None: in any case). Raises Conflict."""

    def delete(self, key: str) -> None:
        """Forget. Forgetting what is not there is harmless."""


class ExpiringTable:
    """Keep JSON values under a key until their time is over, guarded by `rev` where two may write at once."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(_Item, table, region)

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]:
        """Return what is kept and its rev; (None, 0) if there is nothing or its time is over. Strongly consistent."""
        try:
            item = _Item.get(key, consistent_read=True)
        except _Item.DoesNotExist:
            return None, 0
        if int(item.expires_at) <= clock.epoch(now):
            return None, 0
        return dict(item.data), int(item.rev)

    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None:
        """Keep `data` for `ttl_seconds`.

        `rev` is the rev that was read (0: nothing was there); None writes in any case. Raises Conflict if somebody was first.
        """
        moment = clock.epoch(now)
        condition: Any = None
        if rev == 0:
            condition = _Item.key.does_not_exist() | (_Item.expires_at <= moment)
        elif rev is not None:
            condition = _Item.rev == rev
        # An unconditional write must not land on a rev somebody is holding, so it takes one from the clock.
        following = rev + 1 if rev is not None else int(now.timestamp() * 1000)
        item = _Item(key, expires_at=moment + ttl_seconds, rev=following, data=data)
        try:
            item.save(condition=condition, add_version_condition=False)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise Conflict("刚刚有了新的变化，请再试一次", code="changed_meanwhile") from error

    def delete(self, key: str) -> None:
        """Forget. Forgetting what is not there is harmless."""
        _Item(key).delete(add_version_condition=False)
