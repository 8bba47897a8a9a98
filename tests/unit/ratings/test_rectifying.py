"""A bad rating on its way: called, verified, put right or explained, answered, re-visited; appealed; what is held; who takes no part."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.ratings import model
from chalicelib.ratings.model import CONTACT, OVERSIGHT, RECTIFICATION, REVISIT, VERIFY
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import REVISIT_WINDOW
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import PHONE
from tests.unit.ratings.pad import LATER, Pad

DUE = "2026-07-23"  # fifteen working days after the day it was given
END = LATER + REVISIT_WINDOW


def last(pad: Pad) -> tuple[str, dict[str, Any]]:
    event = pad.file.events[-1]
    return event.name, event.data


def test_who_gave_his_name_is_called_within_a_working_day_verified_answered_and_called_again() -> None:
    """国办发〔2019〕51号: 第一时间回访核实, 限期整改; Sichuan: within fifteen working days."""
    pad = Pad()
    assert "1个工作日内电话联系您" in pad.rate(2, reasons=["209"], anonymous=False).text
    assert pad.open == [CONTACT] and (pad.work(CONTACT).due or "")[:10] == "2026-07-03"
    pad.do(CONTACT)
    assert pad.open == [VERIFY] and pad.state == "contacted"
    pad.do(VERIFY)
    assert pad.open == [RECTIFICATION] and (pad.work(RECTIFICATION).due or "")[:10] == DUE
    pad.do(RECTIFICATION, words="已补办并致歉")
    assert pad.open == [REVISIT] and pad.state == "replied"
    name, data = last(pad)
    assert name == EventName.RECTIFIED and data["reason"] == "已补办并致歉" and data["on_time"] is True
    pad.do(REVISIT)
    assert pad.open == [] and pad.state == "closed" and last(pad)[1]["solved"] is True
    assert pad.at(Status.DELIVERED), "a rating changes no case"


def test_who_is_anonymous_is_called_by_nobody_and_answered_all_the_same() -> None:
    pad = Pad()
    assert "电话" not in pad.rate(1, text="慢").text
    assert pad.open == [VERIFY] and pad.work(VERIFY).data["applicant"] == model.ANONYMOUS
    pad.do(VERIFY)
    pad.do(RECTIFICATION, words="已改")
    assert pad.open == [] and pad.state == "replied", "he is asked by the message alone"
    assert pad.revisits.end_due(END) == 1 and pad.state == "closed" and pad.open == []


def test_what_is_not_so_can_only_be_explained() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    pad.do(VERIFY, "reject")
    assert pad.state == "explaining"
    with pytest.raises(Conflict):
        pad.do(RECTIFICATION)
    pad.do(RECTIFICATION, "reject", "办理时间没有超过承诺")
    assert last(pad)[1]["answer"] == "explained"


def test_nobody_answers_the_telephone_three_times_and_it_goes_on() -> None:
    pad = Pad()
    pad.rate(1, text="慢", anonymous=False)
    for left in (True, True, False):
        pad.do(CONTACT, "missed")
        assert (pad.open == [CONTACT]) is left
    pad.do(VERIFY)
    pad.do(RECTIFICATION)
    for left in (True, True, False):
        pad.do(REVISIT, "missed")
        assert (pad.open == [REVISIT]) is left
    assert pad.revisits.end_due(END) == 1 and pad.state == "closed" and pad.open == [], "it was tried"


def test_a_late_answer_is_told_as_late() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    late = LATER + timedelta(days=40)
    pad.do(VERIFY, now=late)
    assert (pad.work(RECTIFICATION).due or "")[:10] == late.date().isoformat()
    pad.do(RECTIFICATION, now=late)
    assert last(pad)[1]["on_time"] is False


@pytest.mark.parametrize("way", ["sms", "link", "client"])
def test_he_says_himself_whether_it_is_solved_and_it_is_no_addition(way: str) -> None:
    pad = Pad()
    pad.answered()
    ways: dict[str, dict[str, Any]] = {
        "sms": {"sender": f"tel:{PHONE}", "channel": "sms"},
        "link": {"sender": "ticket:1.2.3.4", "channel": "web", "ticket": pad.again},
        "client": {"again": True},
    }
    given = ways[way]
    reply = pad.rate(4, **given)
    assert reply.created and reply.body["number"] == 3 and pad.state == "closed" and pad.open == []
    assert [row.key for row in pad.file.of("rating")] == ["rating#1"] and "rated" in pad.events
    assert pad.work(REVISIT).data["decided_name"] == "评价人"
    if way != "sms":  # where people talk, each message is answered once by the conversation
        assert pad.rate(4, **given).created is False
    assert pad.rate(3, text="追评").body["number"] == 2


def test_bad_again_is_put_right_once_more_with_the_next_level_informed_and_then_ends() -> None:
    pad = Pad()
    pad.answered()
    assert "督办" in pad.rate(1, text="还是没解决", again=True).text
    assert pad.state == "rectifying" and sorted(pad.open) == [RECTIFICATION, OVERSIGHT][::-1]
    assert pad.work(OVERSIGHT).data["department"] == "xnjc"
    pad.do(RECTIFICATION, words="再次整改")
    reply = pad.rate(1, text="还是没解决", again=True)
    assert reply.created, "the same words in another cycle are no echo"
    assert pad.state == "closed" and pad.open == [OVERSIGHT], "who supervises has it"
    with pytest.raises(Conflict) as told:
        pad.rate(2, text="还要说", again=True)
    assert told.value.code == "rating_over"
    pad.do(OVERSIGHT, words="已约谈")
    assert pad.open == [] and "已约谈" in pad.file.events[-1].text


def test_on_the_telephone_not_solved_is_as_good_as_bad_again() -> None:
    pad = Pad()
    pad.answered()
    pad.do(REVISIT, "reject")
    assert pad.state == "rectifying" and OVERSIGHT in pad.open


def test_a_re_visit_nobody_made_ends_by_the_clock_and_the_next_level_hears_of_it() -> None:
    pad = Pad()
    pad.answered()
    assert pad.revisits.end_due(END - timedelta(seconds=1)) == 0 and pad.state == "replied"
    assert pad.revisits.end_due(END) == 1 and pad.state == "closed" and pad.open == [OVERSIGHT]
    assert pad.revisits.end_due(END) == 0
    with pytest.raises(Conflict):
        pad.rate(5, again=True, now=END)


@pytest.mark.parametrize("ticket", ["ordinary", "x" * 32])
def test_a_link_of_another_question_answers_none(ticket: str) -> None:
    pad = Pad()
    pad.answered()
    given = pad.ticket if ticket == "ordinary" else ticket
    with pytest.raises(Forbidden):
        pad.rate(5, sender="ticket:1.2.3.4", channel="web", ticket=given, again=True)


def test_nobody_gives_a_step_that_is_not_there() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    for outcome in ("correct", "missed"):
        with pytest.raises(InvalidInput):
            pad.do(VERIFY, outcome)
    with pytest.raises(InvalidInput):
        pad.do(VERIFY, "approve", "  ")


def test_a_task_from_before_there_were_steps_is_answered_and_said_again() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    now_open = pad.work(VERIFY)
    data = {name: fact for name, fact in now_open.data.items() if name not in ("about", "apart", "veiled")}
    old = now_open.with_(key="task#rectification#cgw#1", rev=0, data={})
    pad.store.kept.clear()
    pad.cases.keep(replace(old, data=data | {"kind": RECTIFICATION, "rating": "rating#1"}))
    pad.do(RECTIFICATION, words="已改")
    assert last(pad)[1]["answer"] == "rectified" and pad.state == "replied"
    assert pad.rate(5, again=True).created and pad.state == "closed"
