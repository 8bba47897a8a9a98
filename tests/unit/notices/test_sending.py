"""How often a message is sent, whatever happens: once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.cases.model import Row
from chalicelib.notices.model import LAST_TRY, SCHEDULE, Retry, wait
from chalicelib.vocabulary.statuses import Status
from infra import template
from tests.unit.notices.fakes import PHONE, Cards, Phones, World
from tests.unit.samples import NOW


def test_a_silent_card_to_somebody_without_phone_counts_as_sent() -> None:
    world = World(cards=Cards(["gone"]), sender="wx:o1")
    head = world.cases.opened(world.case_no)
    assert head.private
    world.store.heads[world.case_no] = world.cases.sealed(head, {**head.private, "contact": {}})
    world.deliver(world.first())
    status, data = world.fate(world.first())
    assert (status, data["reason"], len(world.cards.inbox)) == ("sent", "已发出，对方未确认", 1)


def test_schedule() -> None:
    assert list(SCHEDULE[:5]) == [5, 10, 20, 40, 80]
    assert max(SCHEDULE) <= 43_200
    assert [wait(attempt) for attempt in range(1, LAST_TRY + 2)] == [*SCHEDULE, None, None]


def test_the_queue_gives_up_when_the_schedule_does() -> None:
    assert template.parts()["Queues"]["Notices"]["Tries"] == LAST_TRY


def test_a_minute_without_gateway() -> None:
    world = World(sms=Phones(["lost", "mute", "mute"]))  # tried at 0, asked at 15 and 35, answered at 75
    over = world.deliver(world.first())
    assert len(world.sms.inbox) == 1
    assert (over - NOW).total_seconds() == 75


@pytest.mark.parametrize("first", ["gone", "lost"])
def test_given_up_in_silence_is_unconfirmed_and_asked_for_before_it_is_sent_by_hand(first: str) -> None:
    world = World(sms=Phones([first] + ["mute"] * LAST_TRY))
    over = world.deliver(world.first())
    status, data = world.fate(world.first())
    assert (status, data["reason"], data["sent_at"]) == ("sent", "已发出，对方未确认", data["tried_at"])
    world.sms.script.clear()
    world.deliver(world.first(), over + timedelta(hours=1))
    status, data = world.fate(world.first())
    assert (status, data.get("reason"), len(world.sms.inbox)) == ("sent", None, 1)


def test_a_silent_card_is_not_failed_because_the_sms_could_not_follow() -> None:
    world = World(sms=Phones(["later"] * LAST_TRY), cards=Cards(["gone"]), sender="wx:o1")
    over = world.deliver(world.first())
    status, data = world.fate(world.first())
    assert (status, data["code"]) == ("sent", "unconfirmed")
    world.deliver(world.first(), over + timedelta(hours=1))
    assert (len(world.cards.inbox), len(world.sms.inbox)) == (1, 1)


def test_a_card_cut_off_at_the_last_try_is_not_sent_again_by_hand() -> None:
    world = World(sender="wx:o1")
    tried = {"channel": "wechat", "provider": "wechat", "tries": 1, "tried_at": NOW.isoformat()}
    world.cases.keep(Row(world.case_no, "notice#000001", "notice", "sending", data=tried))
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW + timedelta(seconds=3), LAST_TRY)
    assert world.fate(world.first())[1]["code"] == "unconfirmed"
    world.deliver(world.first(), NOW + timedelta(hours=1))
    assert (len(world.cards.inbox), len(world.sms.inbox)) == (0, 1)


def test_who_finds_another_at_work_waits() -> None:
    world = World()
    row = Row(world.case_no, "notice#000001", "notice", "sending", data={"channel": "sms", "tried_at": NOW.isoformat()})
    world.cases.keep(row)
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW + timedelta(seconds=3))
    assert not world.sms.inbox


STEPS = st.lists(st.sampled_from(["later", "lost", "gone", "mute"]), max_size=8)


@given(steps=STEPS, exact=st.booleans(), doubles=st.lists(st.integers(0, 400), max_size=3))
@example(steps=["lost", "gone"] + ["later"] * 6, exact=False, doubles=[])
def test_once_whatever_the_gateway_does(steps: list[str], exact: bool, doubles: list[int]) -> None:
    world = World(sms=Phones(steps, exact=exact, patience=10 if exact else 120))
    over = world.deliver(world.first())
    for seconds in doubles:  # SQS delivers more than once at times
        world.deliver(world.first(), over + timedelta(seconds=seconds), attempts=1)
    assert len(world.sms.inbox) == 1
    assert world.fate(world.first())[0] == "sent"


@given(steps=STEPS, at=st.integers(1, 12), after=st.booleans(), say=st.booleans(), exact=st.booleans())
def test_once_wherever_the_container_dies(steps: list[str], at: int, after: bool, say: bool, exact: bool) -> None:
    """The n-th write of the store is cut off, before or after it took effect; the queue brings the message again."""
    world = World(sms=Phones(steps, exact=exact, patience=10 if exact else 120))
    message = world.first()
    if say:
        world.notices.say(PHONE, "好", "key", NOW)
        message = world.queue.messages[0]
    left = at

    def cut(write: Callable[..., Any]) -> Callable[..., Any]:
        def dying(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and not after:
                raise SystemError
            result = write(*args, **kwargs)
            if left == 0:
                raise SystemError
            return result

        return dying

    world.store.keep = cut(world.store.keep)  # type: ignore[method-assign]
    world.expiring.put = cut(world.expiring.put)  # type: ignore[method-assign]
    now = NOW
    for _ in range(3):
        try:
            now = world.deliver(message, now)
            break
        except SystemError:
            now += timedelta(seconds=60)  # the queue's own visibility timeout
    assert len(world.sms.inbox) == 1


def test_a_carrier_that_cannot_be_asked_is_not_told_twice() -> None:
    world = World(sms=Phones(["lost"], exact=False, patience=None))
    world.deliver(world.first())
    status, data = world.fate(world.first())
    assert (status, data["code"], world.sms.inbox) == ("sent", "unconfirmed", [])


def test_two_messages_to_one_phone_are_told_apart_where_the_carrier_cannot() -> None:
    """Tencent lists what a phone got, without our number: another notice's SMS must not pass for ours."""
    world = World(sms=Phones(["lost"], name="tencent", exact=False, patience=120))
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW)
    world.deliver(world.happen("granted", Status.GRANTED), NOW + timedelta(seconds=2))
    world.notices.say(PHONE, "好", "r", NOW)
    world.deliver(world.queue.messages[0], NOW + timedelta(seconds=3))
    world.deliver(world.first(), NOW + timedelta(seconds=5))
    assert sorted(number for _, _, number, _ in world.sms.inbox if not number.startswith("say")) == [
        f"{world.case_no}-1",
        f"{world.case_no}-2",
    ]
