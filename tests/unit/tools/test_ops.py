"""What the people on call do: dead letters go back to work, faults are listed, what is owed is found in the whole table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
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
from tools.letters import replay
from tools.ops import System, calendar, faults
from tools.owed import reconcile


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def system(aws: Aws) -> System:
    return System(aws, OUTPUTS)


def record(number: int, sk: str = "case", name: str = "INSERT", **more: str) -> dict[str, Any]:
    keys = {"case_no": {"S": f"c{number}"}, "sk": {"S": sk}}
    image = {**keys, **{key: {"S": text} for key, text in more.items()}}
    return {"eventName": name, "dynamodb": {"SequenceNumber": str(number), "Keys": keys, "NewImage": image}}


def letter(first: int, last: int) -> str:
    place = {"streamArn": ARN, "shardId": SHARD, "startSequenceNumber": str(first), "endSequenceNumber": str(last)}
    return json.dumps({"DDBStreamBatchInfo": place})


def owed(aws: Aws) -> list[tuple[str, str, str]]:
    return [(each["listener"], each["case_no"], each["row"]) for each in map(json.loads, aws.queues["outbox"])]


def test_letters_of_a_queue_go_back_to_it(aws: Aws, system: System) -> None:
    aws.queues["notices-dead"] = [f'{{"event": {number}}}' for number in range(25)]
    assert replay(system) == 25
    assert len(aws.queues["notices"]) == 25 and not aws.queues["notices-dead"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_batch_of_the_stream_is_read_to_its_end_and_owed_to_who_listened(
    aws: Aws, system: System, closed: bool
) -> None:
    aws.closed = closed
    aws.records = [
        record(1),
        record(2),
        record(3, "event#000002", status="followed"),
        record(4, name="REMOVE"),
        record(5),
        record(6),
        *([] if closed else [record(7)]),
    ]
    aws.queues["stream-dead"], aws.queues["figures-dead"] = [letter(2, 5)], [letter(6, 6)]
    assert replay(system) == 2
    rows = [("c2", "case"), ("c3", "event#000002"), ("c5", "case")]
    streamed = [(listener, *row) for row in rows for listener in ("workflows", "notices")]
    assert owed(aws) == [*streamed, ("figures", "c6", "case")]
    assert not aws.queues["stream-dead"] and not aws.queues["figures-dead"]


def test_of_a_batch_nobody_is_owed_what_he_does_not_listen_to(aws: Aws, system: System) -> None:
    """Each event writes the head again: counted from there, an application would be received as often as something happens."""
    aws.records = [
        record(1, name="MODIFY"),
        record(2, "event#000002"),  # nothing follows it
        record(3, "task#a#b#1", "MODIFY", token="t", outcome="approve"),
        record(4, "task#a#b#1", "MODIFY", token="t"),
        record(5, "notice#000002"),
    ]
    aws.queues["stream-dead"], aws.queues["figures-dead"] = [letter(1, 5)], [letter(1, 5)]
    assert replay(system) == 2
    assert owed(aws) == [
        ("workflows", "c3", "task#a#b#1"),
        ("notices", "c3", "task#a#b#1"),
        ("figures", "c2", "event#000002"),
    ]


def test_a_letter_of_the_outbox_goes_back_as_one_whose_fault_is_noted(aws: Aws, system: System) -> None:
    message = {"listener": "notices", "case_no": "c1", "row": "event#000002"}
    aws.queues["outbox-dead"] = [json.dumps(message)]
    assert replay(system) == 1
    assert [json.loads(each) for each in aws.queues["outbox"]] == [{**message, "noted": True}]


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


def item(sk: str, name: str = "", case_no: str = "c1", status: str = "in_review", **more: str) -> dict[str, Any]:
    data = json.dumps({"name": name, "at": "2026-01-05T09:00:00+08:00"})
    texts = {"case_no": case_no, "sk": sk, "data": data, "status": status, **more}
    return {key: {"S": text} for key, text in texts.items()}


def test_the_whole_table_is_read_for_what_is_owed(aws: Aws, system: System) -> None:
    aws.items = [
        item("case"),
        item("event#000002", "assigned"),  # nobody is told of it
        item("event#000003", "accepted"),
        item("event#000004", "granted"),
        item("fault#notices#event#000004", status="open"),
        item("fault#workflows#case", status="open"),
        item("fault#workflows#event#000004", status="mended"),
        item("notice#000003"),
        item("task#a#b#1", token="t"),
        item("task#a#b#2", token="t", outcome="approve"),
        item("points", case_no="waybill#1"),
    ]
    assert reconcile(system, NOW) == 4
    assert sorted(owed(aws)) == [
        ("notices", "c1", "case"),
        ("notices", "c1", "event#000004"),
        ("workflows", "c1", "case"),
        ("workflows", "c1", "task#a#b#2"),
    ]
    noted = [each["row"] for each in map(json.loads, aws.queues["outbox"]) if each.get("noted")]
    assert sorted(noted) == ["case", "event#000004"], "what is at fault is closed by its success"


@pytest.mark.parametrize(("days", "heard"), [(29, False), (31, True)])
def test_of_a_case_over_for_long_only_notices_are_owed(aws: Aws, system: System, days: int, heard: bool) -> None:
    aws.items = [
        item("case", status="withdrawn"),
        item("event#000002", "withdrawn"),
        item("notice#000001"),
        item("task#a#b#1", token="t", outcome="cancelled"),
    ]
    reconcile(system, datetime.fromisoformat("2026-01-05T09:00:00+08:00") + timedelta(days=days))
    answer = [] if heard else [("workflows", "c1", "task#a#b#1")]
    assert owed(aws) == [("notices", "c1", "event#000002"), *answer]


def test_the_whole_table_is_settled_case_by_case(aws: Aws, system: System) -> None:
    """Whatever the size of the table, no more than one case is kept in mind; it may go over the border of a page."""
    read: list[str] = []

    def page(*rows: dict[str, Any]) -> dict[str, Any]:
        read.append(rows[0]["case_no"]["S"])
        return {"Items": list(rows)}

    class Scan(Aws):
        def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
            yield page(item("case", case_no="c1"))
            yield page(item("notice#000001", case_no="c1"), item("case", case_no="c2"))
            yield page(item("case", case_no="c3"))
            yield page(item("case", case_no="c4"))

        def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:
            super().send_message(QueueUrl=QueueUrl, MessageBody=MessageBody)
            said.append((json.loads(MessageBody)["case_no"], len(read)))

    said: list[tuple[str, int]] = []
    assert reconcile(System(Scan(), OUTPUTS), NOW) == 3
    assert said == [("c2", 3), ("c3", 4), ("c4", 4)]


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
