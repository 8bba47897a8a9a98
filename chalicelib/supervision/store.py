"""Figures of each day in the counters table; a batch of happenings counts once, however often the stream delivers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.kernel import clock

SEEN_FOR = 3 * 24 * 3600  # seconds; a stream delivers a record again for one day at most
LANES = 4  # items a day, so that batches of a city do not wait for one
AT_ONCE = 100  # keys of one BatchGetItem


class Days:
    """A few items a day (`day#YYYY-MM-DD#<lane>`) and one mark a batch (`seen#…`, which ends)."""

    def __init__(self, client: Any, table: str) -> None:
        self._client, self._table = client, table

    def add(self, batch: str, days: Mapping[str, Mapping[str, int]], now: datetime) -> None:
        """Add a batch's figures by day, unless it was added before: mark and sums in one transaction.

        `batch` is the hexadecimal name of what is in it.
        """
        marking = {
            "TableName": self._table,
            "Item": {"name": {"S": f"seen#{batch}"}, "expires_at": {"N": str(clock.epoch(now) + SEEN_FOR)}},
            "ConditionExpression": "attribute_not_exists(#n)",
            "ExpressionAttributeNames": {"#n": "name"},
        }
        lane = int(batch, 16) % LANES
        adding = [{"Update": self._adding(f"day#{day}#{lane}", figures)} for day, figures in days.items()]
        try:
            self._client.transact_write_items(TransactItems=[{"Put": marking}, *adding])
        except self._client.exceptions.TransactionCanceledException as error:
            reasons = error.response.get("CancellationReasons", [])
            if not reasons or reasons[0].get("Code") != "ConditionalCheckFailed":
                raise

    def _adding(self, key: str, figures: Mapping[str, int]) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "Key": {"name": {"S": key}},
            "UpdateExpression": "ADD " + ", ".join(f"#f{place} :f{place}" for place in range(len(figures))),
            "ExpressionAttributeNames": {f"#f{place}": name for place, name in enumerate(figures)},
            "ExpressionAttributeValues": {
                f":f{place}": {"N": str(count)} for place, count in enumerate(figures.values())
            },
        }

    def read(self, days: Sequence[str]) -> Iterator[dict[str, int]]:
        """Go over the figures of these days, an item at a time; a day without happenings has none."""
        keys = [{"name": {"S": f"day#{day}#{lane}"}} for day in days for lane in range(LANES)]
        while keys:
            asked, keys = keys[:AT_ONCE], keys[AT_ONCE:]
            told = self._client.batch_get_item(RequestItems={self._table: {"Keys": asked}})
            keys += told.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])
            for item in told["Responses"][self._table]:
                yield {name: int(value["N"]) for name, value in item.items() if "N" in value}
