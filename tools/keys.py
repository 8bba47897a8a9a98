"""`python -m tools.keys`: how near the busiest keys of the cases table come to a partition's limit in a city of ten million cases a day.

It reads the stream of the system that runs here (`make run`, then some cases), counts what each finished case wrote under each key of
the table's indexes, and scales that by the city: so many cases in the busiest hour, so much of it in the largest department.
A write of an index is counted as DynamoDB does: one unit per kilobyte for each put and each removal of its entry.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from chalicelib.cases.model import HEAD
from tools.benching.units import size
from tools.system import System, found

A_DAY = 10_000_000  # cases
BUSIEST_HOUR = 0.15  # of the day's cases
LARGEST = 0.3  # of all cases: what the largest department works on
LIMIT = 1000  # write units a second of one partition
WANTED = LIMIT / 3

Image = dict[str, Any]
Index = tuple[str, list[str], set[str]]
"""Name, key attributes, all attributes it shows."""


def entry(image: Image, index: Index) -> Image | None:
    """Return what an index holds of an item; None where it lacks a key."""
    _, keys, shown = index
    return {name: image[name] for name in shown if name in image} if all(key in image for key in keys) else None


def written(old: Image, new: Image, index: Index) -> Iterator[tuple[str, int]]:
    """Yield (partition key, write units) of what a change writes to an index."""
    before, after = entry(old, index), entry(new, index)
    if before == after:
        return
    keys = index[1]
    moved = before and after and any(before[key] != after[key] for key in keys)
    if before and (moved or not after):
        yield before[keys[0]]["S"], math.ceil(size(before) / 1024)
    if after:
        yield after[keys[0]]["S"], math.ceil(size(after) / 1024)


def kind(key: str) -> str:
    """Name the sort of a key: `@owed#7` → `@owed`, `mzj@510100#3` → `department`, a hash → `person`."""
    if key.startswith("@"):
        return key.split("#")[0]
    return "department" if "@" in key else "person"


def per_case(records: Iterable[tuple[Image, Image]], indexes: list[Index]) -> dict[tuple[str, str], float]:
    """Return write units a finished case takes, by (index, sort of key)."""
    units: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    over: set[str] = set()
    for old, new in records:
        case_no = (new or old)["case_no"]["S"]
        if new.get("sk", {}).get("S") == HEAD and new["status"]["S"] in ("delivered", "closed", "denied"):
            over.add(case_no)
        for index in indexes:
            for key, count in written(old, new, index):
                units[case_no][index[0], kind(key)] += count
    total: Counter[tuple[str, str]] = Counter()
    for case_no in over:
        total.update(units[case_no])
    return {place: count / len(over) for place, count in total.items()} if over else {}


def busiest(place: tuple[str, str], units: float, shards: dict[str, int]) -> float:
    """Return the write units a second of the busiest key of a sort, in the busiest hour."""
    rate = A_DAY * BUSIEST_HOUR / 3600 * units
    share = {"department": LARGEST / shards["department"], "person": 0.0}
    return rate * share.get(place[1], 1 / shards["@"])


def _records(system: System) -> Iterator[tuple[Image, Image]]:
    streams, table = system.client("dynamodbstreams"), system.outputs["CasesTable"]
    arn = system.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        asked = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        place = streams.get_shard_iterator(**asked)["ShardIterator"]
        while place:
            told = streams.get_records(ShardIterator=place)
            for record in told["Records"]:
                yield record["dynamodb"].get("OldImage", {}), record["dynamodb"].get("NewImage", {})
            place = told.get("NextShardIterator") if told["Records"] else None


def _indexes(system: System) -> list[Index]:
    table = system.client("dynamodb").describe_table(TableName=system.outputs["CasesTable"])["Table"]
    keys = {each["AttributeName"] for each in table["KeySchema"]}
    made = []
    for each in table["GlobalSecondaryIndexes"]:
        own = [key["AttributeName"] for key in sorted(each["KeySchema"], key=lambda key: str(key["KeyType"]))]
        made.append((each["IndexName"], own, keys | set(own) | set(each["Projection"].get("NonKeyAttributes", []))))
    return made


def main() -> int:
    """Print the busiest keys; 1 if one passes a third of a partition's limit."""
    from chalicelib.cases.desks import LANES, round_desks

    system = found()
    shards = {"department": LANES, "@": len(round_desks(""))}
    held = True
    for place, units in sorted(per_case(_records(system), _indexes(system)).items()):
        rate = busiest(place, units, shards)
        held = held and rate <= WANTED
        print(
            f"{'✓' if rate <= WANTED else '✗'} {place[0]:13} {place[1]:12} {units:6.2f} 单位/件  {rate:7.1f} 单位/秒 (≤ {WANTED:.0f})"
        )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
