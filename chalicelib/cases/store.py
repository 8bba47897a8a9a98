"""The cases table: one item per row, one transaction per turn, no scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pynamodb.attributes import BinaryAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.cases.model import Case, Event, Row, Status
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict

HEAD = "case"
_LISTED = ["kind", "status", "service", "service_name", "channel", "promised_by", "applicant_masked", "region"]


class ByOwner(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases of one sender, by time of receipt."""

    class Meta:
        index_name = "by_owner"
        projection = IncludeProjection(_LISTED)

    owner = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class ByPhone(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases with one contact phone, by time of receipt."""

    class Meta:
        index_name = "by_phone"
        projection = IncludeProjection(_LISTED)

    phone_hash = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class ByApplicant(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases of one applicant's identity number or credit code, by time of receipt."""

    class Meta:
        index_name = "by_applicant"
        projection = IncludeProjection(_LISTED)

    applicant_hash = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class Worklist(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """What lies on a desk, by due date. Desks of people: `<department>@<region>`; of machines: `@received#7`, `@paying#7`."""

    class Meta:
        index_name = "worklist"
        projection = IncludeProjection(["kind", "status", "data", "rev"])

    desk = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class Item(Model):
    """Every row of every case. `infra/resources.yaml` makes the table; attributes absent from a row cost nothing."""

    class Meta:
        table_name = region = ""  # given by `Store`
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 2

    case_no = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    status = UnicodeAttribute(null=True)
    rev = NumberAttribute()
    desk = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    token = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    data = JSONAttribute(null=True)
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    # of heads only
    service = UnicodeAttribute(null=True)
    service_name = UnicodeAttribute(null=True)
    channel = UnicodeAttribute(null=True)
    region = UnicodeAttribute(null=True)
    received_at = UnicodeAttribute(null=True)
    promised_by = UnicodeAttribute(null=True)
    owner = UnicodeAttribute(null=True)
    phone_hash = UnicodeAttribute(null=True)
    applicant_hash = UnicodeAttribute(null=True)
    applicant_masked = UnicodeAttribute(null=True)
    verify = UnicodeAttribute(null=True)
    receipt_key = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    by_owner = ByOwner()
    by_phone = ByPhone()
    by_applicant = ByApplicant()
    worklist = Worklist()


INDEXES: dict[str, Any] = {"owner": Item.by_owner, "phone_hash": Item.by_phone, "applicant_hash": Item.by_applicant}


class Store:
    """Reads and conditional writes of the cases table."""

    def __init__(self, table: str, region: str) -> None:
        Item.Meta.table_name, Item.Meta.region = table, region

    def create(self, case: Case) -> Case:
        """Write a new head if its number is free, and return it; else return the head that has the number."""
        try:
            _head_item(case).save(condition=Item.case_no.does_not_exist(), add_version_condition=False)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return _case(Item.get(case.case_no, HEAD, consistent_read=True))
        return case

    def head(self, case_no: str) -> Case | None:
        """Read one head, strongly consistent: one read."""
        item = self._get(case_no, HEAD)
        return _case(item) if item else None

    def row(self, case_no: str, key: str) -> Row | None:
        """Read one row, strongly consistent."""
        item = self._get(case_no, key)
        return _row(item) if item else None

    def rows(self, case_no: str, prefix: str = "") -> list[Row]:
        """Read rows by the beginning of their key, in key order; the head is left out."""
        condition = Item.sk.startswith(prefix) if prefix else None
        found = Item.query(case_no, condition, consistent_read=True)
        return [_row(item) for item in found if item.sk != HEAD]

    def whole(self, case_no: str) -> tuple[Case, list[Row]] | None:
        """Read all of a case in one query."""
        items = list(Item.query(case_no, consistent_read=True))
        head = next((item for item in items if item.sk == HEAD), None)
        return (_case(head), [_row(item) for item in items if item.sk != HEAD]) if head else None

    def turn(self, case: Case, event: Event | None, rows: Sequence[Row]) -> Case:
        """Write the head at its next rev, its event and rows, all or nothing. Raises Conflict."""
        after = case.with_(rev=case.rev + 1)
        connection = Item._get_connection().connection
        try:
            with TransactWrite(connection=connection) as transaction:
                transaction.save(_head_item(after), condition=Item.rev == case.rev)
                if event is not None:
                    transaction.save(_event_item(after, event), condition=Item.case_no.does_not_exist())
                for row in rows:
                    transaction.save(_row_item(row), condition=_unchanged(row.rev))
        except TransactWriteError as error:
            if error.cause_response_code != "TransactionCanceledException":
                raise
            raise Conflict("这件刚刚有了新的变化，请刷新后再办", code="changed_meanwhile") from error
        return after

    def keep(self, row: Row) -> Row:
        """Write one row at its next rev. Raises Conflict."""
        try:
            _row_item(row).save(condition=_unchanged(row.rev), add_version_condition=False)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise Conflict("这件刚刚有了新的变化，请刷新后再办", code="changed_meanwhile") from error
        return row.with_(rev=row.rev + 1)

    def listed(self, by: str, key: str, before: str | None, limit: int) -> list[Case]:
        """List heads by `owner`, `phone_hash` or `applicant_hash`, newest first, received before a moment; sealed parts absent."""
        condition = Item.received_at < before if before else None
        found: Iterable[Item] = INDEXES[by].query(key, condition, scan_index_forward=False, limit=limit)
        return [_case(item) for item in found]

    def on_desk(self, desk: str, limit: int, after: str | None = None, until: str | None = None) -> list[Row]:
        """List rows on a desk by due date, from `after` on and up to `until`, at most `limit`."""
        condition: Any = None
        if after is not None:
            condition = Item.due > after
        elif until is not None:
            condition = Item.due <= until
        return [_row(item) for item in Item.worklist.query(desk, condition, limit=limit)]

    @staticmethod
    def _get(case_no: str, key: str) -> Item | None:
        try:
            return Item.get(case_no, key, consistent_read=True)
        except Item.DoesNotExist:
            return None


def _unchanged(rev: int) -> Any:
    return Item.rev == rev if rev else Item.case_no.does_not_exist()


def _head_item(case: Case) -> Item:
    return Item(
        case.case_no,
        HEAD,
        kind=HEAD,
        status=str(case.status),
        rev=case.rev,
        desk=case.desk,
        due=case.due,
        data=case.facts,
        sealed=case.sealed,
        service=case.service,
        service_name=case.service_name,
        channel=case.channel,
        region=case.region,
        received_at=clock.iso(case.received_at),
        promised_by=case.promised_by.isoformat(),
        owner=case.owner,
        phone_hash=case.phone_hash,
        applicant_hash=case.applicant_hash,
        applicant_masked=case.applicant_masked,
        verify=case.verify,
        receipt_key=case.receipt_key,
        content_hash=case.content_hash,
    )


def _event_item(case: Case, event: Event) -> Item:
    data = {"name": event.name, "text": event.text, "at": clock.iso(event.at), "by": event.by, "data": event.data}
    return Item(case.case_no, f"event#{case.rev:06d}", kind="event", rev=1, data=data)


def _row_item(row: Row) -> Item:
    return Item(
        row.case_no,
        row.key,
        kind=row.kind,
        status=row.status,
        rev=row.rev + 1,
        desk=row.desk,
        due=row.due,
        token=row.token,
        outcome=row.outcome,
        data=row.data,
    )


def _case(item: Item) -> Case:
    return Case(
        case_no=item.case_no,
        status=Status(item.status),
        rev=int(item.rev or 0),
        service=item.service,
        service_name=item.service_name,
        channel=item.channel,
        region=item.region,
        received_at=clock.parse(item.received_at),
        promised_by=date.fromisoformat(item.promised_by),
        owner=item.owner or "",
        phone_hash=item.phone_hash or "",
        applicant_hash=item.applicant_hash or "",
        applicant_masked=item.applicant_masked or "",
        verify=item.verify or "",
        receipt_key=item.receipt_key or "",
        content_hash=item.content_hash or "",
        sealed=item.sealed or b"",
        desk=item.desk,
        due=item.due,
        facts=item.data or {},
    )


def _row(item: Item) -> Row:
    return Row(
        case_no=item.case_no,
        key=item.sk,
        kind=item.kind,
        status=item.status or "",
        rev=int(item.rev),
        desk=item.desk,
        due=item.due,
        token=item.token,
        outcome=item.outcome,
        data=item.data or {},
    )
