"""A parcel of which nobody hears is asked for, then looked for (查件); and the tenth day of 第44条 is nobody's secret."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.delivery.model import TRACING
from chalicelib.kernel.errors import PartyFault
from tests.unit.delivery.fakes import track
from tests.unit.delivery.test_tracks import on_its_way
from tests.unit.samples import NOW


def test_one_of_which_nothing_is_heard_is_asked_for_and_then_looked_for() -> None:
    """Posted on Wednesday 1 July: the third working day after is Monday the 6th."""
    counter, day = on_its_way(), timedelta(days=1)
    assert counter.delivery.dispatch(NOW + 4 * day) == 0
    counter.post.says = [track("passed", 72)]
    assert counter.delivery.dispatch(NOW + 5 * day) == 1 and not counter.open(), "who was asked says where it is"
    assert counter.events[-1] == "tracked"
    counter.post.fault = PartyFault()
    assert counter.delivery.dispatch(NOW + 8 * day) == 1
    (task,) = counter.open(TRACING)
    assert (task.data["stage_name"], task.data["reason"]) == ("查件", "快递很久没有新的消息")
    counter.tell(track("out", 190), now=NOW + 8 * day)
    assert not counter.open(), "it was heard of"


def test_article_44_the_tenth_day_never_passes_silently() -> None:
    """Decided on 1 July 2026: the tenth working day is the 15th."""
    counter, day = on_its_way(), timedelta(days=1)
    for number in range(1, 14):
        counter.tell(track("passed", 24 * number), now=NOW + number * day)
        counter.delivery.dispatch(NOW + number * day)
    assert not counter.open()
    counter.delivery.dispatch(NOW + 14 * day)
    (task,) = counter.open(TRACING)
    assert task.data["reason"] == "第十个工作日还没有送达"
    counter.tell(track("out", 24 * 14), now=NOW + 14 * day)
    assert counter.open(TRACING), "a track is no answer to that"
    counter.decide(TRACING, opinion="快递员明日投递", now=NOW + 14 * day)
    assert "快递员明日投递" in counter.file.events[-1].text and counter.ship.desk
    counter.delivery.dispatch(NOW + 16 * day)
    assert not counter.open(), "said once"


def test_one_that_was_looked_for_may_be_made_anew_or_have_come_back() -> None:
    for outcome, status in (("reissue", "making"), ("resend", "ordered"), ("collect", "ready")):
        counter = on_its_way()
        counter.delivery.dispatch(NOW + timedelta(days=5))
        counter.decide(TRACING, outcome=outcome, opinion="快递确认找不到")  # type: ignore[arg-type]
        assert counter.ship.status == status and len(counter.open()) == 1
        counter.tell(track("out", 200))
        assert counter.ship.status == status and counter.file.events[-1].text.startswith("原来的快件")
