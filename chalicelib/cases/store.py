"""The cases table: one item per row, one transaction per turn, no scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.cases.items import FREE, INDEXES, Item, case_of, event_item, head_attributes, row_item, row_of
from chalicelib.cases.model import HEAD, Case, Event, Row
from chalicelib.kernel import log, tables
from chalicelib.kernel.errors import Conflict

PAGE = 100  # rows read at once from the desk of a round


class Store:
    """Reads and conditional writes of the cases table."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(Item, table, region)

    def create(self, case: Case) -> Case:
        """Write a new head if its number is free, and return it; else return the head that has the number."""
        try:
            Item._get_connection().put_item(case.case_no, HEAD, attributes=head_attributes(case), condition=FREE)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return case_of(Item.get(case.case_no, HEAD, consistent_read=True))
        return case

    def head(self, case_no: str) -> Case | None:
        """Read one head, strongly consistent: one read."""
        item = self._get(case_no, HEAD)
        return case_of(item) if item else None

    def row(self, case_no: str, key: str) -> Row | None:
        """Read one row, strongly consistent."""
        item = self._get(case_no, key)
        return row_of(item) if item else None

    def rows(self, case_no: str, prefix: str = "") -> list[Row]:
        """Read rows by the beginning of their key, in key order; the head is left out."""
        condition = Item.sk.startswith(prefix) if prefix else None
        found = Item.query(case_no, condition, consistent_read=True)
        return [row_of(item) for item in found if item.sk != HEAD]

    def several(self, keys: Sequence[tuple[str, str]]) -> list[Row]:
        """Read rows wherever they are, a hundred at a time; a head reads as a row."""
        return [row_of(item) for item in Item.batch_get(list(keys), consistent_read=True)]

    def paged(self, number: str, after: str, limit: int) -> list[Row]:
        """Read so many rows of one partition in key order, from behind a key on."""
        condition = Item.sk > after if after else None
        return [row_of(item) for item in Item.query(number, condition, limit=limit)] if limit else []

    def whole(self, case_no: str, until: str = "") -> tuple[Case, list[Row]] | None:
        """Read all of a case, or its rows up to a sort key, in one query."""
        items = list(Item.query(case_no, Item.sk <= until if until else None, consistent_read=True))
        head = next((item for item in items if item.sk == HEAD), None)
        return (case_of(head), [row_of(item) for item in items if item.sk != HEAD]) if head else None

    def commit(self, case: Case, event: Event | None, rows: Sequence[Row], gone: Sequence[Row] = ()) -> Case:
        """Write the head at its next rev, its event and rows, and take away what is `gone`, all or nothing. Raises Conflict."""
        after = case.with_(rev=case.rev + 1)
        connection = Item._get_connection().connection
        try:
            with TransactWrite(connection=connection) as transaction:
                transaction.save(Item.from_raw_data(head_attributes(after)), condition=Item.rev == case.rev)
                if event is not None:
                    transaction.save(event_item(after, event), condition=FREE)
                for row in rows:
                    transaction.save(row_item(row), condition=_unchanged(row.rev))
                for row in gone:
                    transaction.delete(row_item(row), condition=_unchanged(row.rev))
        except TransactWriteError as error:
            if error.cause_response_code != "TransactionCanceledException":
                raise
            raise Conflict("这件刚刚有了新的变化，请刷新后再办", code="changed_meanwhile") from error
        return after

    def keep(self, row: Row) -> Row:
        """Write one row at its next rev. Raises Conflict."""
        try:
            row_item(row).save(condition=_unchanged(row.rev), add_version_condition=False)
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise Conflict("这件刚刚有了新的变化，请刷新后再办", code="changed_meanwhile") from error
        return row.with_(rev=row.rev + 1)

    def listed(self, by: str, key: str, before: str | None, limit: int) -> list[Case]:
        """List heads by `owner`, `phone_hash` or `applicant_hash`, newest first, received before a moment.

        The indexes hold keys only: a turn of a case is no write of theirs, and a list reads its heads.
        """
        condition = Item.received_at < before if before else None
        found = list(INDEXES[by].query(key, condition, scan_index_forward=False, limit=limit))
        keys = [(each.case_no, HEAD) for each in found]
        heads = {item.case_no: case_of(item) for item in Item.batch_get(keys, consistent_read=True)}
        return [heads[each.case_no] for each in found]

    def on_desk(self, desk: str, limit: int, after: str | None = None) -> list[Row]:
        """List rows on a desk by due date, from `after` on, at most `limit`."""
        return list(islice(_on(desk, Item.due > after if after else None, min(limit, PAGE)), limit))

    def due(self, desk: str, until: str) -> Iterator[Row]:
        """Go over the rows on a desk that are due `until` then, the longest due first, page by page to the end."""
        yield from _on(desk, Item.due <= until, PAGE)

    @staticmethod
    def _get(case_no: str, key: str) -> Item | None:
        try:
            return Item.get(case_no, key, consistent_read=True)
        except Item.DoesNotExist:
            return None


def _on(desk: str, condition: Any, page: int) -> Iterator[Row]:
    """Go over a desk, page by page to its end. A row that cannot be read is passed over: it hides no other."""
    start = None
    while True:
        told = Item._get_connection().query(
            desk, condition, index_name=Item.worklist.Meta.index_name, limit=page, exclusive_start_key=start
        )
        for raw in told["Items"]:
            try:
                yield row_of(Item.from_raw_data(raw))
            except (AttributeError, LookupError, TypeError, ValueError) as fault:
                log.error("row unreadable", fault, case_no=raw["case_no"]["S"], row=raw["sk"]["S"])
        start = told.get("LastEvaluatedKey")
        if not start:
            return


def _unchanged(rev: int) -> Any:
    return Item.rev == rev if rev else FREE
