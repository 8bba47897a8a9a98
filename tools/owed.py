"""What any row of the cases table may still owe, found by reading it all (`make ops DO=reconcile`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from chalicelib import wiring
from chalicelib.cases.faults import OPEN, who_and_what
from chalicelib.cases.items import Item, case_of, row_of
from chalicelib.cases.model import FAULT, HEAD, CaseFile, event_number
from chalicelib.cases.service import filed
from chalicelib.cases.stream import owed
from chalicelib.vocabulary.statuses import OVER
from tools.system import System

LONG = timedelta(days=30)
"""After so long no answer is looked for of a case that is over: `reconcile` is for the days after an outage."""


def reconcile(system: System, now: datetime) -> int:
    """Owe again what any row of the whole table may still owe; return how many. Carried out twice it does no more than once."""
    count = 0
    for file in _files(system):
        for listener, key in _owed(file, now):
            system.owe(listener, file.case.case_no, key)
            count += 1
    return count


def _files(system: System) -> Iterator[CaseFile]:
    """Go over every case. Its rows come one after the other, so that one case at a time is kept in mind; one that cannot be read is named
    and hides no other."""
    pages = system.client("dynamodb").get_paginator("scan").paginate(TableName=system.outputs["CasesTable"])
    items = (item for page in pages for item in page["Items"])
    for case_no, raws in groupby(items, key=lambda item: str(item["case_no"]["S"])):
        try:
            rows = {item.sk: item for item in map(Item.from_raw_data, raws)}
            if head := rows.pop(HEAD, None):  # an outside number has none: it leads to a case
                yield filed(case_of(head), [row_of(row) for row in rows.values()])
        except (AttributeError, LookupError, TypeError, ValueError) as fault:
            print(f"读不出这个办件 (unreadable): {case_no} {type(fault).__name__}", file=sys.stderr)


def _owed(file: CaseFile, now: datetime) -> list[tuple[str, str]]:
    """Return what a case may owe, listener and key of the row: what each listener says, and what is at fault."""
    over = file.case.status in OVER and now - file.events[-1].at > LONG
    found = [(listener, key) for listener, key in owed(file, wiring.owes()) if event_number(key) or not over]
    found += [who_and_what(row.key) for row in file.of(FAULT) if row.status == OPEN]
    return [each for each in dict.fromkeys(found) if each[0] in wiring.everyone()]
