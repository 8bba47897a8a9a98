"""The accounts table."""

from __future__ import annotations

from collections.abc import Sequence

from pynamodb.attributes import BinaryAttribute, JSONAttribute, UnicodeAttribute
from pynamodb.exceptions import PutError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.identity.model import Account
from chalicelib.kernel import tables
from chalicelib.kernel.errors import Conflict


class _Item(Model):
    """One account. `infra/resources/identity.yaml` makes the table."""

    class Meta(tables.Limits):
        pass

    subject = UnicodeAttribute(hash_key=True)
    data = JSONAttribute()
    sealed = BinaryAttribute(null=True, legacy_encoding=False)


class Store:
    """Reads and writes of the accounts table."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(_Item, table, region)

    def get(self, subject: str) -> Account | None:
        """Read one account, strongly consistent."""
        try:
            item = _Item.get(subject, consistent_read=True)
        except _Item.DoesNotExist:
            return None
        return Account(item.subject, dict(item.data), item.sealed or b"")

    def create(self, account: Account) -> None:
        """Write a new account. Raises Conflict if there is one."""
        try:
            _item(account).save(condition=_Item.subject.does_not_exist(), add_version_condition=False)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise Conflict("账号已存在", code="exists") from error

    def put(self, accounts: Sequence[Account]) -> None:
        """Write accounts, all or none."""
        with TransactWrite(connection=_Item._get_connection().connection) as transaction:
            for account in accounts:
                transaction.save(_item(account))


def _item(account: Account) -> _Item:
    return _Item(account.subject, data=account.data, sealed=account.sealed or None)
