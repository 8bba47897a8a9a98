"""What the people on call do: faults are listed, due dates moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from chalicelib.approvals import asked
from chalicelib.cases.clock import Clock
from chalicelib.cases.desks import round_desk
from chalicelib.cases.items import row_item
from chalicelib.cases.model import FAULT, WAIT, Row
from chalicelib.kernel import clock, workdays
from chalicelib.tasks.model import TaskKey, new
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.samples import NOW
from tests.unit.tools.aws import OUTPUTS, Aws, Held
from tools.ops import calendar, faults

DECEMBER = datetime(2026, 12, 28, 9, tzinfo=NOW.tzinfo)


def system(made: Decided) -> Held:
    """A stack with one case, whose tasks and supplements are found by a scan."""
    aws = Aws()
    aws.items = [row_item(row).to_dynamodb_dict() for row in made.store.rows(made.case_no)]
    return Held(aws, OUTPUTS, made.cases)


def test_faults_are_listed_with_what_and_why() -> None:
    made = Decided(Status.SUBMITTED)
    for desk, since in ((FAULT, "2026-01-01"), (FAULT, "2999-01-01"), ("owed", "2026-01-01")):
        row = Row(made.case_no, f"{FAULT}#workflows#event#{desk}{since[:4]}", FAULT, "open", due=since)
        made.cases.keep(row.with_(desk=round_desk(desk, made.case_no), data={"code": "NotFound"}))
    assert list(faults(system(made))) == [
        {"since": "2026-01-01", "case_no": made.case_no, "what": "workflows event#fault2026", "why": "NotFound"}
    ]


def december() -> Decided:
    """A case on which four tasks and a supplement were begun at the end of a year, the next one not announced."""
    made = Decided(Status.SUBMITTED)
    case = made.cases.amend(made.case, clock=Clock(10, 20, DECEMBER.date(), accepted=True))

    def laid(stage: str, days: int, **changes: Any) -> None:
        row = new(case, made.service, "review", "审查", TaskKey(case.case_no, stage, "cgw"), days, DECEMBER)
        made.cases.keep(row.with_(**changes))

    laid("a", 3)
    laid("b", 5)
    laid("c", 30)
    laid("d", 5, outcome="approve")
    wait = Row(case.case_no, "wait#supplement#e#cgw", WAIT, "open", data={"asked_at": clock.iso(DECEMBER)})
    made.cases.keep(asked.timed(wait))
    return made


def due(made: Decided) -> list[str]:
    return [(row.due or "")[:10] for row in made.store.rows(made.case_no) if row.due]


def test_a_year_announced_moves_what_was_due_by_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks keep their due date, for lists are in its order; the case's own is counted whenever it is asked for."""
    made = december()
    before = made.row("task#b#cgw#1")
    *tasks, waits = due(made)
    assert tasks == ["2026-12-31", "2027-01-05", "2027-01-12", "2027-01-05"]
    assert calendar(system(made)) == 0, "nothing is announced yet"
    known, off = workdays._year, frozenset({date(2027, 1, 1), date(2027, 1, 4)})
    monkeypatch.setattr(workdays, "_year", lambda year: (True, off, frozenset()) if year == 2027 else known(year))
    keep = made.store.keep

    def outrun(row: Row) -> Row:
        monkeypatch.setattr(made.store, "keep", keep)
        keep(made.row(row.key).with_(status="claimed"))  # a clerk is faster
        return keep(row)

    monkeypatch.setattr(made.store, "keep", outrun)
    assert calendar(system(made)) == 3
    moved = ["2026-12-31", "2027-01-06", "2027-01-13", "2027-01-05"]
    assert due(made)[:4] == moved and due(made)[4] > waits
    after = made.row("task#b#cgw#1")
    assert after.status == "claimed" and (after.due or "")[10:] == (before.due or "")[10:]
    assert calendar(system(made)) == 0, "carried out twice it does no more than once"
