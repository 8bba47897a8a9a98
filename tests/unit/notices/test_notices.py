"""What is told, by which way, and how often: once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.cases.model import Row
from chalicelib.kernel.errors import NotFound
from chalicelib.notices.model import LAST_TRY, SCHEDULE, Delivered, Retry
from chalicelib.vocabulary.statuses import Status
from tests.unit.notices.fakes import PHONE, Cards, Phones, World
from tests.unit.samples import NOW


@pytest.mark.parametrize(
    ("label", "sender", "sms", "cards", "cards_sent", "sms_sent", "status", "facts"),
    [
        ("by SMS", f"tel:{PHONE}", [], [], 0, 1, "sent", {"channel": "sms", "provider": "aliyun", "sid": "sid-1"}),
        ("by WeChat", "wx:o1", [], [], 1, 0, "sent", {"channel": "wechat", "sid": "card-1"}),
        ("no quota", "wx:o1", [], ["no"], 0, 1, "sent", {"channel": "sms", "wechat": "refused"}),
        ("WeChat back", "wx:o1", [], ["later"] * 3, 1, 0, "sent", {"channel": "wechat", "tries": 4}),
        ("WeChat away", "wx:o1", [], ["later"] * 9, 0, 1, "sent", {"channel": "sms", "wechat": "down"}),
        ("card silent", "wx:o1", [], ["gone"], 1, 1, "sent", {"channel": "sms", "wechat": "unsure"}),
        ("bad number", f"tel:{PHONE}", ["no"], [], 0, 0, "failed", {"reason": "手机号码无法接收短信"}),
        ("limited", f"tel:{PHONE}", ["later"] * 4, [], 0, 1, "sent", {"tries": 5}),
        ("silent, sent", f"tel:{PHONE}", ["gone"], [], 0, 1, "sent", {"tries": 1}),
        ("silent, lost", f"tel:{PHONE}", ["lost"], [], 0, 1, "sent", {"tries": 2}),
        ("away for a day", f"tel:{PHONE}", ["later"] * 50, [], 0, 0, "failed", {"code": "given_up"}),
    ],
)
def test_ways(
    label: str,
    sender: str,
    sms: list[str],
    cards: list[str],
    cards_sent: int,
    sms_sent: int,
    status: str,
    facts: dict[str, Any],
) -> None:
    world = World(sms=Phones(list(sms)), cards=Cards(list(cards)), sender=sender)
    message = world.first()
    world.deliver(message)
    assert (len(world.cards.inbox), len(world.sms.inbox)) == (cards_sent, sms_sent)
    got, data = world.fate(message)
    assert got == status
    assert facts.items() <= data.items()
    world.deliver(message, NOW + timedelta(days=1), attempts=1) if status == "sent" else None
    assert (len(world.cards.inbox), len(world.sms.inbox)) == (cards_sent, sms_sent)


def test_a_proved_phone_is_told_by_wechat() -> None:
    world = World()
    world.linked[PHONE] = "o-linked"
    world.deliver(world.first())
    assert [card.openid for card in world.cards.inbox] == ["o-linked"]
    assert world.cards.inbox[0].page == f"pages/case/case?case_no={world.case_no}"


def test_no_template_means_sms() -> None:
    world = World(sender="wx:o1")
    world.deliver(world.happen("paid", amount_fen=8000))
    assert not world.cards.inbox
    assert "80.00元" in world.sms.inbox[0][1]


@pytest.mark.parametrize(
    ("event", "to", "sent"),
    [
        ("granted", Status.GRANTED, 0),
        ("denied", Status.DENIED, 1),
        ("not_accepted", Status.NOT_ACCEPTED, 1),
        ("correction_requested", Status.CORRECTION, 1),
    ],
)
def test_opting_out_stops_all_but_what_the_law_requires(event: str, to: Status, sent: int) -> None:
    world = World()
    world.notices.opt_out(PHONE, NOW)
    message = world.happen(event, to, reason="材料不实")
    world.deliver(message)
    assert len(world.sms.inbox) == sent
    assert world.fate(message)[0] == ("sent" if sent else "skipped")
    world.notices.opt_in(PHONE)
    world.deliver(world.first())
    assert len(world.sms.inbox) == sent + 1


@pytest.mark.parametrize(
    ("phone", "card", "status"), [("", [], "sent"), ("", ["no"], "skipped"), ("02886610000", ["no"], "skipped")]
)
def test_nobody_to_send_to(phone: str, card: list[str], status: str) -> None:
    world = World(cards=Cards(card), sender="wx:o1")
    head = world.cases.opened(world.case_no)
    assert head.private
    world.store.heads[world.case_no] = world.cases.sealed(head, {**head.private, "contact": {"phone": phone}})
    world.deliver(world.first())
    assert world.fate(world.first())[0] == status
    assert not world.sms.inbox


def test_a_silent_card_to_somebody_without_phone_counts_as_sent() -> None:
    world = World(cards=Cards(["gone"]), sender="wx:o1")
    head = world.cases.opened(world.case_no)
    assert head.private
    world.store.heads[world.case_no] = world.cases.sealed(head, {**head.private, "contact": {}})
    world.deliver(world.first())
    status, data = world.fate(world.first())
    assert (status, data["reason"], len(world.cards.inbox)) == ("sent", "已发出，对方未确认", 1)


def test_an_event_nobody_is_told_of_leaves_nothing() -> None:
    world = World()
    message = world.happen("reviewed")
    world.deliver(message)
    assert world.fate(message) == ("", {})


def test_an_invitation_by_sms_lets_the_dialogue_take_a_digit() -> None:
    world = World()
    world.deliver(world.happen("rating_invited", link="https://example.cn/r/x"))
    assert world.expected == [(PHONE, world.case_no)]
    assert "5非常满意" in world.sms.inbox[0][1]
    assert "https://example.cn/r/x" in world.sms.inbox[0][1]


def test_schedule() -> None:
    world = World()
    assert list(SCHEDULE[:5]) == [5, 10, 20, 40, 80]
    assert max(SCHEDULE) <= 43_200
    for attempt in range(1, LAST_TRY + 2):
        world.notices.later("handle", attempt)
    assert world.queue.hidden == list(SCHEDULE)


def test_the_queue_gives_up_when_the_schedule_does() -> None:
    template = (Path(__file__).parents[3] / "infra" / "resources.yaml").read_text("utf-8")
    policy = re.search(r"NoticesDeadLetters.Arn, maxReceiveCount: (\d+)", template)
    assert policy
    assert int(policy[1]) == LAST_TRY


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


@pytest.mark.parametrize("ok", [True, False])
def test_a_receipt_settles_what_was_unconfirmed(ok: bool) -> None:
    world = World(sms=Phones(["gone"] + ["mute"] * LAST_TRY))
    over = world.deliver(world.first())
    world.notices.receipts([receipt(ok=ok, out_id=f"{world.case_no}-1")], over)
    world.sms.script.clear()
    world.deliver(world.first(), over + timedelta(hours=1))
    assert (world.fate(world.first())[0], len(world.sms.inbox)) == ("delivered" if ok else "failed", 1)


def test_who_finds_another_at_work_waits() -> None:
    world = World()
    row = Row(world.case_no, "notice#000001", "notice", "sending", data={"channel": "sms", "tried_at": NOW.isoformat()})
    world.cases.keep(row)
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW + timedelta(seconds=3))
    assert not world.sms.inbox


# — replies and codes —


def test_replies_are_sealed_in_the_queue_and_sent_once() -> None:
    world = World(sms=Phones(["later", "gone"]))
    world.notices.say(PHONE, "您的办件已受理", "reply-1", NOW)
    (message,) = world.queue.messages
    assert PHONE not in str(message)
    assert "受理" not in str(message)
    world.deliver(message)
    world.deliver(message, NOW + timedelta(minutes=9))
    assert [text for _, text, _, _ in world.sms.inbox] == ["您的办件已受理"]


def test_codes_have_their_own_template_and_go_stale() -> None:
    world = World()
    world.notices.say_code(PHONE, "246810", "c1", NOW, 300)
    world.notices.say_code(PHONE, "135790", "c2", NOW, 300)
    first, second = world.queue.messages
    world.deliver(first)
    world.deliver(second, NOW + timedelta(seconds=301))
    assert ["246810" in text for _, text, _, _ in world.sms.inbox] == [True]


# — receipts —


def receipt(sid: str = "sid-1", *, ok: bool = True, seconds: int = 3, out_id: str = "") -> Delivered:
    return Delivered("aliyun", sid, ok, NOW + timedelta(seconds=seconds), "" if ok else "UNDELIV", out_id)


@pytest.mark.parametrize(
    ("label", "given", "status"),
    [
        ("delivered", [receipt()], "delivered"),
        ("failed", [receipt(ok=False)], "failed"),
        ("repeated", [receipt(), receipt()], "delivered"),
        ("failed after delivered", [receipt(), receipt(ok=False)], "delivered"),
        ("delivered after failed", [receipt(ok=False), receipt()], "delivered"),
    ],
)
def test_receipts(label: str, given: list[Delivered], status: str) -> None:
    world = World()
    world.deliver(world.first())
    for each in given:
        world.notices.receipts([each], NOW + timedelta(seconds=5))
    assert world.fate(world.first())[0] == status
    world.deliver(world.first(), NOW + timedelta(hours=1))
    assert len(world.sms.inbox) == 1  # a failure the network reports is not sent again by a repeated message


def test_a_receipt_of_an_unknown_message_comes_again_for_a_day() -> None:
    world = World()
    world.deliver(world.first())
    with pytest.raises(NotFound):
        world.notices.receipts([receipt("other"), receipt()], NOW + timedelta(minutes=1))
    assert world.fate(world.first())[0] == "delivered"
    world.notices.receipts([receipt("other")], NOW + timedelta(hours=25))


def test_a_receipt_that_is_faster_than_our_own_note() -> None:
    world = World(sms=Phones(["gone"]))
    with pytest.raises(Retry):
        world.notices.handle(world.first(), NOW)
    world.notices.receipts([receipt(out_id=f"{world.case_no}-1")], NOW + timedelta(seconds=1))
    assert world.fate(world.first())[0] == "delivered"
    world.deliver(world.first(), NOW + timedelta(seconds=30))
    assert len(world.sms.inbox) == 1


def test_receipts_of_replies_are_taken() -> None:
    world = World(sms=Phones(name="tencent", exact=False))
    world.notices.say(PHONE, "好", "r", NOW)
    world.deliver(world.queue.messages[0])
    world.notices.receipts([Delivered("tencent", "sid-1", False, NOW, "UNDELIV")], NOW)
    world.notices.receipts([Delivered("aliyun", "x", True, NOW, out_id="say-1")], NOW)


# — whatever happens —

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
    world.sessions.put = cut(world.sessions.put)  # type: ignore[method-assign]
    now = NOW
    for _ in range(3):
        try:
            now = world.deliver(message, now)
            break
        except SystemError:
            now += timedelta(seconds=60)  # the queue's own visibility timeout
    assert len(world.sms.inbox) == 1


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
