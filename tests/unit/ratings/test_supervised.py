"""What the supervising department decides: an appeal (误评、恶意差评), and what came in a burst."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Forbidden
from chalicelib.ratings import model
from chalicelib.ratings.model import APPEAL, HELD, RECTIFICATION, VERIFY
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EventName
from tests.unit.decided import OWNER
from tests.unit.ratings.pad import BOSS, LATER, Pad

DUE = "2026-07-23"  # fifteen working days after the day it was given


def last(pad: Pad) -> tuple[str, dict[str, Any]]:
    event = pad.file.events[-1]
    return event.name, event.data


def test_an_appeal_is_decided_by_another_department_and_upheld_takes_the_rating_out_and_keeps_it() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    pad.do(VERIFY, "appeal", "评价的是另一个部门的窗口")
    review = pad.work(APPEAL)
    assert review.data["department"] == "xnjc" != pad.service.department and review.data["asked"].startswith("评价的是")
    with pytest.raises(Forbidden):
        pad.desk.decide(BOSS, TaskKey.of(review).task_id, Decision("approve", "成立"), LATER)
    pad.do(APPEAL, "approve", "反映的窗口不属于该部门")
    name, data = last(pad)
    assert (name, data["reason"], data["counted"]) == (EventName.RATING_INVALIDATED, "反映的窗口不属于该部门", True)
    assert pad.row("rating#1").data["effective"] is False and pad.row("rating#1").data["level"] == 1
    assert pad.state == "invalidated" and pad.open == []


def test_an_appeal_that_is_not_upheld_goes_on_and_its_time_was_counted() -> None:
    pad = Pad()
    pad.rate(1, text="慢")
    pad.do(VERIFY, "appeal", "恶意")
    pad.do(APPEAL, "reject", "没有证据", now=LATER + timedelta(days=6))
    assert pad.state == "rectifying" and (pad.work(RECTIFICATION).due or "")[:10] == DUE


# — held —


def rate_many(pad: Pad, count: int, sender: str = OWNER, source: str = "") -> None:
    """Have so many other cases rated first."""
    for number in range(count):
        pad.guards.burst(Intake("rating", "web", sender, "m", {}, LATER, None, source), f"other{number}", LATER)


@pytest.mark.parametrize(
    ("many", "how", "held"),
    [
        (model.BY_PERSON - 1, {}, False),
        (model.BY_PERSON, {}, True),
        (model.SHARED - 1, {"sender": "ticket:9.9.9.9", "source": "9.9.9.9"}, False),
        (model.SHARED, {"sender": "ticket:9.9.9.9", "source": "9.9.9.9"}, True),
    ],
)
def test_one_too_many_of_a_day_is_kept_and_waits_for_who_supervises(many: int, how: dict[str, Any], held: bool) -> None:
    pad = Pad()
    rate_many(pad, many, **how)
    reply = pad.rate(1, text="慢", source=how.get("source", ""))
    assert reply.created and ("核对后再计入" in reply.text) is held
    assert pad.open == ([HELD] if held else [VERIFY])
    assert bool(pad.file.events[-1].data.get("held")) is held


def test_what_was_held_counts_once_it_was_looked_at_or_never() -> None:
    for outcome, opened in (("approve", [VERIFY]), ("reject", [])):
        pad = Pad()
        rate_many(pad, model.BY_PERSON)
        pad.rate(1, text="慢")
        assert pad.work(HELD).data["department"] == "xnjc"
        pad.do(HELD, outcome, "核对过")
        assert pad.open == opened
        name, data = last(pad)
        assert name == ("rating_counted" if opened else "rating_invalidated") and data.get("counted", False) is False
