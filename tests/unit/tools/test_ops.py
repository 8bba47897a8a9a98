"""What the people on call do: faults are listed, due dates moved."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from chalicelib.cases.clock import Clock
from chalicelib.cases.items import Item, head_attributes, row_item, row_of
from chalicelib.kernel import workdays
from chalicelib.tasks.model import TaskKey, new
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.samples import NOW
from tests.unit.tools.aws import OUTPUTS, Aws
from tools.ops import calendar, faults
from tools.system import System


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def system(aws: Aws) -> System:
    return System(aws, OUTPUTS)


def test_faults_are_listed_with_what_and_why(aws: Aws, system: System) -> None:
    data = {"S": json.dumps({"code": "NotFound"})}
    row = {
        "case_no": {"S": "c1"},
        "sk": {"S": "fault#workflows#event#000002"},
        "due": {"S": "2026-01-01"},
        "data": data,
    }
    aws.items = [{**row, "desk": {"S": "@fault#7"}}, {**row, "desk": {"S": "@owed#7"}}]
    assert list(faults(system)) == [
        {"since": "2026-01-01", "case_no": "c1", "what": "workflows event#000002", "why": "NotFound"}
    ]


def test_a_year_announced_moves_what_was_due_by_a_guess(
    aws: Aws, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks keep their due date, for lists are in its order; the case's own is counted whenever it is asked for."""
    made = Decided(Status.SUBMITTED)
    december = datetime(2026, 12, 28, 9, tzinfo=NOW.tzinfo)
    case = made.case.with_(clock=Clock(10, 20, december.date(), accepted=True))

    def laid(stage: str, days: int, **changes: Any) -> dict[str, Any]:
        row = new(case, made.service, "review", "审查", TaskKey(case.case_no, stage, "cgw"), days, december)
        return row_item(row.with_(**changes)).to_dynamodb_dict()

    def due() -> list[str]:
        return [item["due"]["S"][:10] for item in aws.items[1:]]

    aws.items = [head_attributes(case), laid("a", 3), laid("b", 5), laid("c", 30), laid("d", 5, outcome="approve")]
    assert due() == ["2026-12-31", "2027-01-05", "2027-01-12", "2027-01-05"]
    assert calendar(system) == 0, "nothing is announced yet"
    known, off = workdays._year, frozenset({date(2027, 1, 1), date(2027, 1, 4)})
    monkeypatch.setattr(workdays, "_year", lambda year: (True, off, frozenset()) if year == 2027 else known(year))
    claimed = row_of(Item.from_raw_data(aws.items[2])).with_(status="claimed")
    aws.first = row_item(claimed).to_dynamodb_dict()  # a clerk is faster
    before = [dict(item) for item in aws.items]
    assert calendar(system) == 2 and due() == ["2026-12-31", "2027-01-06", "2027-01-13", "2027-01-05"]
    assert aws.items[2]["status"] == {"S": "claimed"} and aws.items[2]["due"]["S"][10:] == before[2]["due"]["S"][10:]
    assert calendar(system) == 0, "carried out twice it does no more than once"
