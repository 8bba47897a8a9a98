"""What the people on call do: dead letters go back to work, faults are listed, what is owed is found in the whole table."""

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
from tests.unit.tools.aws import ARN, OUTPUTS, SHARD, Aws
from tools.ops import System, calendar, faults, reconcile, replay


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def system(aws: Aws) -> System:
    return System(aws, OUTPUTS)


def record(number: int, sk: str = "case", name: str = "INSERT") -> dict[str, Any]:
    keys = {"case_no": {"S": f"c{number}"}, "sk": {"S": sk}}
    return {"eventName": name, "dynamodb": {"SequenceNumber": str(number), "Keys": keys}}


def letter(first: int, last: int) -> str:
    place = {"streamArn": ARN, "shardId": SHARD, "startSequenceNumber": str(first), "endSequenceNumber": str(last)}
    return json.dumps({"DDBStreamBatchInfo": place})


def owed(aws: Aws) -> list[tuple[str, str, str]]:
    return [(each["listener"], each["case_no"], each["row"]) for each in map(json.loads, aws.queues["outbox"])]


def test_letters_of_a_queue_go_back_to_it(aws: Aws, system: System) -> None:
    aws.queues["notices-dead"] = [f'{{"event": {number}}}' for number in range(25)]
    assert replay(system) == 25
    assert len(aws.queues["notices"]) == 25 and not aws.queues["notices-dead"]


def test_a_batch_of_the_stream_is_read_again_and_owed_to_who_listened(aws: Aws, system: System) -> None:
    aws.records = [record(1), record(2), record(3, "event#000002"), record(4, name="REMOVE"), record(5), record(6)]
    aws.queues["stream-dead"], aws.queues["figures-dead"] = [letter(2, 5)], [letter(6, 6)]
    assert replay(system) == 2
    rows = [("c2", "case"), ("c3", "event#000002"), ("c5", "case")]
    streamed = [(listener, *row) for row in rows for listener in ("workflows", "notices")]
    assert owed(aws) == [*streamed, ("figures", "c6", "case")]
    assert not aws.queues["stream-dead"] and not aws.queues["figures-dead"]


def test_records_that_are_gone_leave_their_letter_where_it_is(aws: Aws, system: System) -> None:
    aws.gone, aws.queues["stream-dead"] = True, [letter(1, 1)]
    assert replay(system) == 0 and aws.queues["stream-dead"] == [letter(1, 1)]


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


def test_the_whole_table_is_read_for_what_is_owed(aws: Aws, system: System) -> None:
    def item(sk: str, name: str = "", **more: Any) -> dict[str, Any]:
        return {"case_no": {"S": "c1"}, "sk": {"S": sk}, "data": {"S": json.dumps({"name": name})}, **more}

    answered: dict[str, Any] = {"token": {"S": "t"}, "outcome": {"S": "approve"}}
    aws.items = [
        item("case"),
        item("event#000002", "assigned"),  # nobody is told of it
        item("event#000003", "accepted"),
        item("event#000004", "granted"),
        item("notice#000003"),
        item("task#a#b#1", token={"S": "t"}),
        item("task#a#b#2", **answered),
    ]
    assert reconcile(system) == 3
    assert sorted(owed(aws)) == [
        ("notices", "c1", "case"),
        ("notices", "c1", "event#000004"),
        ("workflows", "c1", "task#a#b#2"),
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
