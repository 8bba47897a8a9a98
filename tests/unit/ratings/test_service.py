"""Rating over a table in memory: who may, how often, with which reasons, and what follows a bad one."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.desks import lane
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from chalicelib.ratings import model, parts
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.periods import RATING_WINDOW
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, PHONE
from tests.unit.ratings.pad import LATER, Pad
from tests.unit.samples import NOW, clerk

STRANGER = "ticket:5.6.7.8"  # who opens a link is known by the network address alone
FOLLOW_UP = TaskKey("", model.VERIFY, "cgw").row_key


def test_the_invitation_is_told_once_and_nothing_holds_its_ticket() -> None:
    pad = Pad(Status.DENIED)
    pad.asking.ask(pad.case_no, NOW)
    assert pad.events.count("rating_invited") == 1 and pad.case.desk is None
    assert pad.asking.link(pad.case_no) == f"https://ryb.example/rate/{pad.case_no}?t={pad.ticket}"
    assert pad.ticket not in repr(pad.store.kept) + repr(pad.store.heads)


@pytest.mark.parametrize("status", [Status.DELIVERED, Status.DENIED, Status.NOT_ACCEPTED, Status.CLOSED])
def test_a_case_that_has_ended_is_rated_and_keeps_its_status(status: Status) -> None:
    pad = Pad(status)
    reply = pad.rate(4, reasons=["413"])
    assert reply.created and reply.body["level"] == 4 and "满意" in reply.text
    assert pad.case.status == status
    event = pad.file.events[-1]
    assert (event.name, event.data["level"], event.data["platform"], event.at) == ("rated", 4, "2", LATER)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.GRANTED, Status.VOID])
def test_a_case_that_has_not_is_not(status: Status) -> None:
    pad = Pad(status)
    assert "rate_until" not in pad.case.facts and "rating_invited" not in pad.events
    with pytest.raises(Conflict) as told:
        pad.rate()
    assert told.value.code == "not_rateable"
    assert ("没有办理结果" in told.value.detail) == (status is Status.VOID)


def test_rated_before_the_invitation_came_nobody_is_asked() -> None:
    pad = Pad(Status.DENIED, invited=False)
    pad.rate()
    pad.asking.ask(pad.case_no, LATER)
    assert "rate_until" in pad.case.facts and "rating_invited" not in pad.events


def test_once_and_one_addition_and_no_more_and_the_same_again_is_the_same() -> None:
    pad = Pad()
    assert pad.rate(5).body["number"] == 1
    assert pad.rate(5).created is False
    assert pad.rate(3, text="后来想想一般").body["number"] == 2
    assert pad.rate(3, text="后来想想一般").body["number"] == 2
    with pytest.raises(Conflict, match="本次服务已存在评价，请勿重复评价"):
        pad.rate(4)
    assert pad.events.count("rated") == 2 and len(pad.file.of("rating")) == 2


@pytest.mark.parametrize(
    ("sender", "who", "by"),
    [
        (f"tel:{PHONE}", None, "联系人"),
        ("wx:other", Session("wx:other", "wechat", phone=PHONE), "联系人"),
        (OWNER, None, "申请人"),
    ],
)
def test_the_owner_and_the_phone_on_record_may_and_are_anonymous_unless_they_say_otherwise(
    sender: str, who: Session | None, by: str
) -> None:
    pad, hidden = Pad(), Pad()
    assert pad.rate(sender=sender, who=who, anonymous=False).created and pad.file.events[-1].by == by
    assert hidden.rate(sender=sender, who=who).created and hidden.file.events[-1].by == "评价人"


@pytest.mark.parametrize("sender", [STRANGER, "wx:other", "tel:13900000000"])
def test_others_may_not_even_learn_that_it_exists(sender: str) -> None:
    with pytest.raises(NotFound):
        Pad().rate(sender=sender)


def test_the_ticket_rates_once() -> None:
    pad = Pad()
    assert pad.rate(5, sender="ticket:1.2.3.4", ticket=pad.ticket).created
    assert pad.rate(5, sender="ticket:1.2.3.4", ticket=pad.ticket).created is False
    with pytest.raises(Forbidden) as told:
        pad.rate(3, sender=STRANGER, ticket=pad.ticket)
    assert told.value.code == "ticket_used"
    assert pad.rate(3).body["number"] == 2


@pytest.mark.parametrize("ticket", ["x", "0" * 32])
@pytest.mark.parametrize("there", [True, False])
def test_a_wrong_ticket_is_refused_alike_for_a_case_and_for_none(ticket: str, there: bool) -> None:
    pad = Pad()
    if not there:
        pad.case_no = "123456789012"
    with pytest.raises(Forbidden) as told:
        pad.rate(sender=STRANGER, ticket=ticket)
    assert told.value.code == "ticket_invalid"


def test_the_window_closes_for_ticket_and_owner() -> None:
    pad, end = Pad(), NOW + RATING_WINDOW
    for sender, ticket in ((STRANGER, pad.ticket), (OWNER, None)):
        with pytest.raises((Forbidden, Conflict)):
            pad.rate(sender=sender, ticket=ticket, now=end + timedelta(seconds=1))
    assert pad.rate(now=end).created


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"level": 0}, "level"),
        ({"level": 6}, "level"),
        ({"level": True}, "level"),
        ({"level": "5"}, "level"),
        ({"level": 2}, "reasons"),
        ({"level": 1, "text": "  "}, "reasons"),
        ({"level": 1, "reasons": ["207"]}, "reasons"),
        ({"level": 5, "reasons": ["518"]}, "reasons"),
        ({"level": 5, "reasons": [*model.reasons_of(5), "599"]}, "reasons"),
        ({"level": 5, "text": "好" * 501}, "text"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(given: dict[str, Any], field: str) -> None:
    pad = Pad()
    before = pad.file
    with pytest.raises(InvalidInput) as told:
        pad.rate(**given)
    assert [fault.path for fault in told.value.fields] == [field] and pad.file == before


@pytest.mark.parametrize("given", [{"level": 2, "reasons": ["209"]}, {"level": 1, "text": "等了三个小时"}])
def test_a_bad_rating_opens_its_follow_up_with_the_department_in_charge(given: dict[str, Any]) -> None:
    pad = Pad()
    assert "15个工作日" in pad.rate(**given).text
    row = pad.row(FOLLOW_UP)
    assert (row.kind, row.status, row.desk, row.data["level"]) == (
        "task",
        "open",
        lane("cgw@510100", pad.case_no),
        given["level"],
    )
    assert (row.data["kind"], row.data["reasons"]) == (model.VERIFY, given.get("reasons", []))
    assert row.due is not None and row.due[:10] == "2026-07-09"


def test_an_addition_may_open_the_follow_up_but_never_a_second_one() -> None:
    pad = Pad()
    pad.rate(5)
    pad.rate(1, text="证上名字错了")
    assert pad.row("rectification#1").data["rating"] == "rating#2"
    twice = Pad()
    twice.rate(1, text="慢")
    twice.rate(2, text="还是慢")
    assert twice.row("rectification#1").data["rating"] == "rating#1" and twice.open == [model.VERIFY]


def test_the_words_are_sealed_and_stand_in_no_event() -> None:
    pad = Pad()
    pad.rate(1, text="窗口的人态度很差")
    assert "态度很差" not in repr(pad.store.kept) and "态度很差" not in repr(pad.file.events)
    sealed = base64.b64decode(pad.row("rating#1").data["text"])
    assert pad.sealer.open(sealed, f"{pad.case_no}|rating#1") == "窗口的人态度很差"


@pytest.mark.parametrize(
    ("department", "role", "read"),
    [("cgw", "supervisor", ["慢", "还是慢"]), ("cgw", "approver", None), ("gaj", "supervisor", None)],
)
def test_the_words_are_for_the_supervisor_who_has_them_put_right(
    monkeypatch: pytest.MonkeyPatch, department: str, role: str, read: list[str] | None
) -> None:
    pad = Pad()
    pad.rate(2, reasons=["209"], text="慢")
    pad.rate(3, text="还是慢")
    monkeypatch.setattr(parts, "ratings", lambda: pad.ratings)
    monkeypatch.setattr(parts, "stepping", lambda: pad.stepping)
    assert parts.CAPABILITY.in_clear and parts.CAPABILITY.page
    opening = parts.CAPABILITY.in_clear(pad.file, clerk("某人", department, role))["rating_words"]
    assert (opening and opening()) == read
    page = parts.CAPABILITY.page(pad.file, pad.services.get(pad.case.service))
    assert page["rating"] == {
        "levels": [2, 3],
        "reasons": ["未在承诺时间内办结"],
        "written": True,
        "again": [],
        "counted": True,
        "answer": None,
    }


@pytest.mark.parametrize(
    ("channel", "platform"), [("web", "1"), ("wechat", "2"), ("kiosk", "5"), ("ivr", "6"), ("sms", "7")]
)
def test_the_platform_code_follows_the_channel(channel: str, platform: str) -> None:
    pad = Pad()
    pad.rate(channel=channel)
    assert pad.row("rating#1").data["platform"] == platform
