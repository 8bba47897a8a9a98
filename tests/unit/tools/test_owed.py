"""What is owed is found in the whole table, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.desks import round_desk
from chalicelib.cases.items import event_item, head_attributes, row_item
from chalicelib.cases.model import OWED, Event, Row
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.samples import NOW
from tests.unit.tools.aws import OUTPUTS, Aws
from tools.owed import reconcile
from tools.system import System

CASE = Decided().case.with_(channel="window")  # whoever filed there is told of 收件


def head(case_no: str = "10", status: Status = Status.IN_REVIEW, owing: bool = False) -> dict[str, Any]:
    desk = round_desk(OWED, case_no) if owing else None
    return head_attributes(CASE.with_(case_no=case_no, status=status, desk=desk))


def happened(number: int, name: EventName) -> dict[str, Any]:
    return event_item(CASE.with_(case_no="10", rev=number), Event(name, "", NOW)).to_dynamodb_dict()


def row(key: str, status: str = "", case_no: str = "10", **more: Any) -> dict[str, Any]:
    return row_item(Row(case_no, key, key.partition("#")[0], status, **more)).to_dynamodb_dict()


def receipt(case_no: str = "10") -> dict[str, Any]:
    return row("doc#000001", case_no=case_no)


def test_the_whole_table_is_read_for_what_is_owed(aws: Aws, system: System) -> None:
    aws.items = [
        head(),
        receipt(),
        row("doc#000003"),
        happened(2, EventName.ASSIGNED),  # nobody is told of it
        happened(3, EventName.ACCEPTED),
        happened(4, EventName.GRANTED),
        row("fault#figures#case", "open"),
        row("fault#notices#event#000004", "open"),
        row("fault#workflows#case", "open"),
        row("fault#workflows#event#000004", "mended"),
        row("fault#restarts#approval", "open"),  # a queue of its own has it
        row("notice#000003"),
        row("task#a#b#1", token="t"),
        row("task#a#b#2", token="t", outcome="approve"),
        row("points", case_no="waybill#1"),
    ]
    assert reconcile(system, NOW) == 6
    assert aws.owed() == [
        ("notices", "10", "case"),
        ("notices", "10", "event#000004"),
        ("documents", "10", "event#000004"),
        ("workflows", "10", "task#a#b#2"),
        ("figures", "10", "case"),
        ("workflows", "10", "case"),
    ]


def test_a_case_on_its_desk_is_owed_what_its_last_event_begins(aws: Aws, system: System) -> None:
    told = [row(f"{kind}#{number:06d}") for kind in ("doc", "notice") for number in (1, 2, 3)]
    aws.items = [head(owing=True), happened(2, EventName.GRANTED), happened(3, EventName.TRACKED), *told]
    reconcile(system, NOW)
    assert aws.owed() == [("workflows", "10", "event#000002")]


@pytest.mark.parametrize(("days", "heard"), [(29, False), (31, True)])
def test_of_a_case_over_for_long_no_answer_is_looked_for(aws: Aws, system: System, days: int, heard: bool) -> None:
    aws.items = [
        head(status=Status.WITHDRAWN),
        receipt(),
        happened(2, EventName.WITHDRAWN),
        row("notice#000001"),
        row("task#a#b#1", token="t", outcome="cancelled"),
    ]
    reconcile(system, NOW + timedelta(days=days))
    answer = [] if heard else [("workflows", "10", "task#a#b#1")]
    assert aws.owed() == [("notices", "10", "event#000002"), *answer]


def test_a_case_that_cannot_be_read_hides_no_other(
    aws: Aws, system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = {**happened(2, EventName.GRANTED), "data": {"S": '{"name": "flown"}'}}
    aws.items = [head(), broken, head("20"), receipt("20")]
    assert reconcile(system, NOW) == 1 and aws.owed() == [("notices", "20", "case")]
    assert "10 ValueError" in capsys.readouterr().err


def test_the_whole_table_is_settled_case_by_case(aws: Aws, system: System) -> None:
    """Whatever the size of the table, no more than one case is kept in mind; it may go over the border of a page."""
    read: list[str] = []

    def page(*rows: dict[str, Any]) -> dict[str, Any]:
        read.append(rows[0]["case_no"]["S"])
        return {"Items": list(rows)}

    class Scan(Aws):
        def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
            yield page(head("10"), receipt("10"))
            yield page(row("notice#000001", case_no="10"), head("20"), receipt("20"))
            yield page(head("30"), receipt("30"))
            yield page(head("40"), receipt("40"))

        def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:
            super().send_message(QueueUrl=QueueUrl, MessageBody=MessageBody)
            said.append((json.loads(MessageBody)["case_no"], len(read)))

    said: list[tuple[str, int]] = []
    assert reconcile(System(Scan(), OUTPUTS), NOW) == 3
    assert said == [("20", 3), ("30", 4), ("40", 4)]
