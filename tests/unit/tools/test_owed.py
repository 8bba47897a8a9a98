"""What is owed is found in the whole table, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.unit.samples import NOW
from tests.unit.tools.aws import OUTPUTS, Aws
from tools.owed import reconcile
from tools.system import System


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def system(aws: Aws) -> System:
    return System(aws, OUTPUTS)


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
    assert sorted(aws.owed()) == [
        ("notices", "c1", "case"),
        ("notices", "c1", "event#000004"),
        ("workflows", "c1", "case"),
        ("workflows", "c1", "task#a#b#2"),
    ]


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
    assert aws.owed() == [("notices", "c1", "event#000002"), *answer]


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
