"""What any row of the cases table may still owe, found by reading it all (`make ops DO=reconcile`)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from chalicelib.cases.model import EVENT, FAULT, HEAD
from chalicelib.kernel import clock
from chalicelib.notices.model import notice_key
from chalicelib.vocabulary import events
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import OVER
from tools.system import System

LONG = timedelta(days=30)
"""After so long no answer is looked for of a case that is over: `reconcile` is for the days after an outage."""


def reconcile(system: System, now: datetime) -> int:
    """Owe again what any row of the whole table may still owe; return how many. Carried out twice it does no more than once.

    The rows of a case come one after the other, so that one case at a time is kept in mind.
    """
    pages = system.client("dynamodb").get_paginator("scan")
    names = {"#t": "token", "#d": "data", "#s": "status"}
    asked = {"ProjectionExpression": "case_no, sk, outcome, #t, #d, #s", "ExpressionAttributeNames": names}
    items = (item for page in pages.paginate(TableName=system.outputs["CasesTable"], **asked) for item in page["Items"])
    count = 0
    for case_no, rows in groupby(items, key=lambda item: str(item["case_no"]["S"])):
        owed = _owed({row["sk"]["S"]: row for row in rows}, now)
        for listener, row in owed:
            system.owe(listener, case_no, row)
        count += len(owed)
    return count


def _owed(rows: dict[str, dict[str, Any]], now: datetime) -> list[tuple[str, str]]:
    """Return what a case may owe, listener and row: notices never begun, what is at fault, and answers that a workflow may not have
    heard, unless all was over long ago."""
    owed, heard = [], _long_over(rows, now)
    for key, row in rows.items():
        if _told(key, row) and notice_key(1 if key == HEAD else int(key[6:])) not in rows:
            owed.append(("notices", key))
        if "token" in row and "outcome" in row and not heard:
            owed.append(("workflows", key))
        if key.startswith(f"{FAULT}#") and not key.startswith(f"{FAULT}#restarts#") and row["status"]["S"] == "open":
            _, listener, place = key.split("#", 2)
            owed.append((listener, place))
    return list(dict.fromkeys(owed))


def _long_over(rows: dict[str, dict[str, Any]], now: datetime) -> bool:
    if HEAD not in rows or rows[HEAD]["status"]["S"] not in OVER:
        return False
    last = max((key for key in rows if key.startswith(f"{EVENT}#")), default=None)
    return last is None or now - clock.parse(json.loads(rows[last]["data"]["S"])["at"]) > LONG


def _told(key: str, row: dict[str, Any]) -> bool:
    if key == HEAD:
        return True
    return key.startswith(f"{EVENT}#") and events.message(EventName(json.loads(row["data"]["S"])["name"])) is not None
