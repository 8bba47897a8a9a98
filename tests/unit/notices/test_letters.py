"""What somebody must hear and no channel took to him goes on paper, by a window; what need not be heard does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.model import Row
from chalicelib.notices.model import LETTER, Report
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.statuses import Status
from tests.unit.notices.fakes import Phones, World
from tests.unit.samples import NOW


def letter(world: World, message: dict[str, Any]) -> Row | None:
    return world.cases.row(world.case_no, TaskKey(world.case_no, LETTER, "cgw", message["event"]).row_key)


def refused(world: World, reason: str = "材料不实") -> dict[str, Any]:
    message = world.happen("denied", Status.DENIED, reason=reason)
    world.deliver(message)
    return message


@pytest.mark.parametrize("script", [["no"], ["later"] * 20], ids=["no such number", "gateway away for a day"])
def test_what_the_law_wants_heard_goes_on_paper_where_no_message_arrives(script: list[str]) -> None:
    world = World(sms=Phones(script))
    message = refused(world)
    task = letter(world, message)
    assert world.fate(message)[0] == "failed" and task and task.outcome is None and task.desk
    assert task.data["stage_name"] == "书面送达不予决定书" and "“不予许可”没有通知到：" in task.data["reason"]
    world.deliver(message)
    assert letter(world, message) == task, "asked for once"


def test_who_has_no_telephone_is_written_to() -> None:
    world = World()
    head = world.cases.opened(world.case_no)
    assert head.private
    world.store.heads[world.case_no] = world.cases.sealed(
        head, {**head.private, "contact": {"phone": ""}, "sender": ""}
    )
    message = refused(world)
    assert world.fate(message)[0] == "skipped" and letter(world, message)


def test_what_need_not_be_heard_is_not_written() -> None:
    world = World(sms=Phones(["no"]))
    message = world.happen("accepted", Status.ACCEPTED)
    world.deliver(message)
    assert world.fate(message)[0] == "failed" and letter(world, message) is None


def test_how_it_was_sent_stands_beside_what_it_tells() -> None:
    world = World(sms=Phones(["no"]))
    message = refused(world)
    task = letter(world, message)
    assert task
    file = world.cases.whole(world.case_no)
    done = task.with_(status="decided", outcome="approve", desk=None)
    world.letters.posted(file, done, Decision("approve", "挂号信XA12345678951"), NOW)
    status, data = world.fate(message)
    assert (status, data["channel"], data["reason"]) == ("sent", "post", "挂号信XA12345678951")
    after = letter(world, message)
    assert after and after.outcome == "approve"


def test_a_report_that_nothing_arrived_opens_it_and_one_that_it_did_closes_it() -> None:
    world = World()
    message = refused(world)
    sid, at = world.fate(message)[1]["sid"], NOW + timedelta(seconds=5)
    world.notices.reported([Report("aliyun", sid, False, at, "MN:0001")], at)
    task = letter(world, message)
    assert task and task.outcome is None
    world.notices.reported([Report("aliyun", sid, True, at)], at)
    task = letter(world, message)
    assert task and task.outcome == "approve" and world.fate(message)[0] == "delivered"
