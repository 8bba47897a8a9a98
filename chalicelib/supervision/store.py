"""Figures of each day in the counters table; a happening counts once, however often the stream delivers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.kernel import clock
from chalicelib.supervision.model import Happening

SEEN_FOR = 3 * 24 * 3600  # seconds; a stream delivers a record again for one day at most


class Days:
    """One item a day (`day#YYYY-MM-DD`) and one mark a happening (`seen#…`, which ends)."""

    def __init__(self, client: Any, table: str) -> None:
        self._client, self._table = client, table

    def add(self, happening: Happening, now: datetime) -> None:
        """Count a happening, unless it was counted before: mark and sum in one transaction."""
        mark = {"name": {"S": f"seen#{happening.key}"}, "expires_at": {"N": str(clock.epoch(now) + SEEN_FOR)}}
        names = {f"#f{n}": figure for n, figure in enumerate(happening.figures)}
        adding = {
            "TableName": self._table,
            "Key": {"name": {"S": f"day#{happening.day}"}},
            "UpdateExpression": "ADD " + ", ".join(f"{name} :one" for name in names),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
        marking = {
            "TableName": self._table,
            "Item": mark,
            "ConditionExpression": "attribute_not_exists(#n)",
            "ExpressionAttributeNames": {"#n": "name"},
        }
        try:
            self._client.transact_write_items(TransactItems=[{"Put": marking}, {"Update": adding}])
        except self._client.exceptions.TransactionCanceledException as error:
            reasons = error.response.get("CancellationReasons", [])
            if not reasons or reasons[0].get("Code") != "ConditionalCheckFailed":
                raise

    def read(self, days: Sequence[str]) -> list[dict[str, int]]:
        """Return the figures of each day (at most 100 days); a day without happenings is empty."""
        keys = [{"name": {"S": f"day#{day}"}} for day in days]
        found = self._client.batch_get_item(RequestItems={self._table: {"Keys": keys}})["Responses"][self._table]
        return [{name: int(value["N"]) for name, value in item.items() if "N" in value} for item in found]
