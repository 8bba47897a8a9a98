"""`make ops DO=…`: what the people on call do to a running system. All of it is safe to repeat.

make ops DO=replay      put everything in the dead-letter queues back to work
make ops DO=faults      list the cases of which something could not be carried out, and what
make ops DO=calendar    move due dates of tasks and supplements that rested on holidays not yet announced, once their notice is loaded
make ops DO=reconcile   read the whole cases table and put to work whatever is still owed (after more than a day of a dead stream)
make ops DO=bill PARTY=wechat_pay DAY=2026-11-30   have the bill of a day fetched now; one that was fetched stays as it is
make ops DO=move CASE=… TO=v000002   what would change if a case went by another version of its service; SURE=yes moves it

It works on what `make run` runs here; with STACK=name on that stack of the AWS account whose credentials the environment has.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.approvals import asked
from chalicelib.approvals.acceptance import counted_anew
from chalicelib.cases.faults import who_and_what
from chalicelib.cases.items import Item, row_of
from chalicelib.cases.model import FAULT, TASK, WAIT, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError
from chalicelib.kernel.retry import retried
from chalicelib.payments.ledger import wanted
from chalicelib.tasks.model import timed
from chalicelib.vocabulary.accounts import DAY_STATES
from tools.letters import replay
from tools.moving import move
from tools.owed import reconcile
from tools.system import System, found

# — what is at fault —


def faults(system: System) -> Iterator[dict[str, str]]:
    """List what could not be carried out, the oldest of each desk first: since, case, what, why."""
    for row in system.cases().waiting(FAULT, clock.iso(clock.now())):
        who, what = who_and_what(row.key)
        yield {"since": row.due or "", "case_no": row.case_no, "what": f"{who} {what}", "why": row.data["code"]}


# — a year's notice —


def calendar(system: System) -> int:
    """Count anew the due dates that rested on a year still to be announced; return how many moved: tasks, supplements,
    offices' five days.

    Of the case itself nothing is to be moved: its date is counted whenever it is asked for.
    """
    pages = system.client("dynamodb").get_paginator("scan")
    kinds = {":task": {"S": TASK}, ":wait": {"S": WAIT}}
    rows = {"FilterExpression": "kind IN (:task, :wait)", "ExpressionAttributeValues": kinds}
    found = (item for page in pages.paginate(TableName=system.outputs["CasesTable"], **rows) for item in page["Items"])
    places = [(item["case_no"]["S"], item["sk"]["S"]) for item in found if _guessed(row_of(Item.from_raw_data(item)))]
    cases = system.cases()
    return sum(retried(partial(_counted_anew, cases, *place)) for place in places) + counted_anew(cases)


def _guessed(row: Row | None) -> bool:
    return bool(row and row.outcome is None and row.data.get("provisional"))


def _counted_anew(cases: Cases, case_no: str, key: str) -> bool:
    """Count the due date of one task or supplement anew; True if it moved. Raises Conflict where somebody was first."""
    row = cases.row(case_no, key)
    if row is None or not _guessed(row):
        return False
    after = asked.timed(row) if row.kind == WAIT else timed(row, cases.head(case_no))
    if after != row:
        cases.keep(after)
    return after.due != row.due


def main() -> None:
    """Entry point of `make ops`."""
    act, system = os.environ.get("DO", ""), found(os.environ.get("STACK", ""))
    if act == "replay":
        print(f"已放回 {replay(system)} 条 (put back)")
    elif act == "faults":
        for each in faults(system):
            print(json.dumps(each, ensure_ascii=False))
    elif act == "move":
        print(*move(system, os.environ["CASE"], os.environ["TO"], os.environ.get("SURE") == "yes"), sep="\n")
    elif act == "bill":
        day = wanted(system.cases(), os.environ["PARTY"], date.fromisoformat(os.environ["DAY"]), clock.now())
        print(f"{DAY_STATES[day.status]}，待取的一分钟内去取 (fetched within a minute where it waits)")
    elif act == "calendar":
        print(f"已改期 {calendar(system)} 项待办和补正 (moved)")
    elif act == "reconcile":
        print(f"已重新办理 {reconcile(system, clock.now())} 项 (owed again)")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    try:
        main()
    except AppError as refused:
        sys.exit(refused.detail)
