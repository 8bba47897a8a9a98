"""What carriers report: late, repeated, out of order, or of a message nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import NotFound
from chalicelib.notices.model import LAST_TRY, Report, Retry
from tests.unit.notices.fakes import PHONE, Phones, World
from tests.unit.samples import NOW


def report(sid: str = "sid-1", *, ok: bool = True, seconds: int = 3, out_id: str = "") -> Report:
    return Report("aliyun", sid, ok, NOW + timedelta(seconds=seconds), "" if ok else "UNDELIV", out_id)


@pytest.mark.parametrize("ok", [True, False])
def test_a_report_settles_what_was_unconfirmed(ok: bool) -> None:
    world = World(sms=Phones(["gone"] + ["mute"] * LAST_TRY))
    over = world.deliver(world.first())
    world.notices.reported([report(ok=ok, out_id=f"{world.case_no}-1")], over)
    world.sms.script.clear()
    world.deliver(world.first(), over + timedelta(hours=1))
    assert (world.fate(world.first())[0], len(world.sms.inbox)) == ("delivered" if ok else "failed", 1)


@pytest.mark.parametrize(
    ("label", "given", "status"),
    [
        ("delivered", [report()], "delivered"),
        ("failed", [report(ok=False)], "failed"),
        ("repeated", [report(), report()], "delivered"),
        ("failed after delivered", [report(), report(ok=False)], "delivered"),
        ("delivered after failed", [report(ok=False), report()], "delivered"),
    ],
)
def test_reports(label: str, given: list[Report], status: str) -> None:
    world = World()
    world.deliver(world.first())
    for each in given:
        world.notices.reported([each], NOW + timedelta(seconds=5))
    assert world.fate(world.first())[0] == status
    world.deliver(world.first(), NOW + timedelta(hours=1))
    assert len(world.sms.inbox) == 1  # a failure the network reports is not sent again by a repeated message


def test_a_report_of_an_unknown_message_comes_again_for_a_day() -> None:
    world = World()
    world.deliver(world.first())
    with pytest.raises(NotFound):
        world.notices.reported([report("other"), report()], NOW + timedelta(minutes=1))
    assert world.fate(world.first())[0] == "delivered"
    world.notices.reported([report("other")], NOW + timedelta(hours=25))


def test_a_report_that_is_faster_than_our_own_note() -> None:
    world = World(sms=Phones(["gone"]))
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW)
    world.notices.reported([report(out_id=f"{world.case_no}-1")], NOW + timedelta(seconds=1))
    assert world.fate(world.first())[0] == "delivered"
    world.deliver(world.first(), NOW + timedelta(seconds=30))
    assert len(world.sms.inbox) == 1


def test_reports_of_replies_are_taken() -> None:
    world = World(sms=Phones(name="tencent", exact=False))
    world.notices.say(PHONE, "好", "r", NOW)
    world.deliver(world.queue.messages[0])
    world.notices.reported([Report("tencent", "sid-1", False, NOW, "UNDELIV")], NOW)
    world.notices.reported([Report("aliyun", "x", True, NOW, out_id="say-1")], NOW)
