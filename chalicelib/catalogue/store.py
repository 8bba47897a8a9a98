"""The catalogue table: for every service its versions `v000001`…, its `current` one, and one row of the list under `@services`."""

from __future__ import annotations

import json
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import TransactWriteError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.kernel import tables
from chalicelib.kernel.errors import Conflict

LIST = "@services"
CURRENT = "current"


class _Item(Model):
    """One JSON value. `infra/resources/catalogue.yaml` makes the table."""

    class Meta(tables.Limits):
        pass

    code = UnicodeAttribute(hash_key=True)
    version = UnicodeAttribute(range_key=True)
    number = NumberAttribute(default=0)
    value = JSONAttribute()


class Store:
    """Reads by key, one query for the list, and one transaction for publishing."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(_Item, table, region)

    def current(self, code: str) -> tuple[dict[str, Any] | None, int]:
        """Return the current version and its number; (None, 0) if there is none. Strongly consistent."""
        try:
            item = _Item.get(code, CURRENT, consistent_read=True)
        except _Item.DoesNotExist:
            return None, 0
        return dict(item.value), int(item.number)

    def version(self, code: str, version: str) -> dict[str, Any] | None:
        """Return one version, which never changes; None if there is none."""
        try:
            return dict(_Item.get(code, version).value)
        except _Item.DoesNotExist:
            return None

    def listed(self) -> list[dict[str, Any]]:
        """Return the summaries of all current services, by code."""
        return [dict(item.value) for item in _Item.query(LIST)]

    def publish(self, code: str, value: dict[str, Any], summary: dict[str, Any], number: int) -> None:
        """Write version `number`, make it current and renew its line in the list, all or nothing.

        Raises Conflict if somebody published meanwhile (the number before is not current any more).
        """
        free = _Item.code.does_not_exist()
        plain = json.loads(json.dumps(value))  # tuples become lists, as they will be read back
        try:
            with TransactWrite(connection=_Item._get_connection().connection) as transaction:
                transaction.save(_Item(code, f"v{number:06d}", number=number, value=plain), condition=free)
                transaction.save(
                    _Item(code, CURRENT, number=number, value=plain),
                    condition=_Item.number == number - 1 if number > 1 else free,
                )
                transaction.save(_Item(LIST, code, number=number, value=json.loads(json.dumps(summary))))
        except TransactWriteError as error:
            if error.cause_response_code != "TransactionCanceledException":
                raise
            raise Conflict(f"事项{code}刚刚有了新版本，请核对后再发布", code="changed_meanwhile") from error
