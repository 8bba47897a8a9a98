"""What is told, to whom and by which way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.vocabulary.statuses import Status
from tests.unit.notices.fakes import PHONE, Cards, Phones, World
from tests.unit.samples import NOW


@pytest.mark.parametrize(
    ("label", "sender", "sms", "cards", "cards_sent", "sms_sent", "status", "facts"),
    [
        ("by SMS", f"tel:{PHONE}", [], [], 0, 1, "sent", {"channel": "sms", "provider": "aliyun", "sid": "sid-1"}),
        ("by WeChat", "wx:o1", [], [], 1, 0, "sent", {"channel": "wechat", "sid": "card-1"}),
        ("no quota", "wx:o1", [], ["no"], 0, 1, "sent", {"channel": "sms", "card": "refused"}),
        ("WeChat back", "wx:o1", [], ["later"] * 3, 1, 0, "sent", {"channel": "wechat", "tries": 4}),
        ("WeChat away", "wx:o1", [], ["later"] * 9, 0, 1, "sent", {"channel": "sms", "card": "down"}),
        ("card silent", "wx:o1", [], ["gone"], 1, 1, "sent", {"channel": "sms", "card": "unsure"}),
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
    world.linked[PHONE] = "wx:o-linked"
    world.deliver(world.first())
    assert [card.user for card in world.cards.inbox] == ["o-linked"]
    assert world.cards.inbox[0].page == f"pages/case/case?case_no={world.case_no}"


def test_a_phone_proved_in_another_app_is_told_by_sms() -> None:
    world = World()
    world.linked[PHONE] = "another:o-linked"
    world.deliver(world.first())
    assert not world.cards.inbox
    assert len(world.sms.inbox) == 1


def test_no_template_means_sms() -> None:
    world = World(sender="wx:o1")
    world.deliver(world.happen("payment_requested", amount_fen=8000))
    assert not world.cards.inbox
    assert "80.00元" in world.sms.inbox[0][1]


@pytest.mark.parametrize(
    ("event", "to", "sent"),
    [
        ("accepted", Status.ACCEPTED, 0),
        ("granted", Status.GRANTED, 1),
        ("denied", Status.DENIED, 1),
        ("not_accepted", Status.NOT_ACCEPTED, 1),
        ("correction_requested", Status.CORRECTION, 1),
    ],
)
def test_opting_out_stops_all_but_what_somebody_must_hear(event: str, to: Status, sent: int) -> None:
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


@pytest.mark.parametrize(
    ("sender", "group", "said"),
    [
        (f"tel:{PHONE}", "field", True),
        (f"tel:{PHONE}", "material", False),
        (f"tel:{PHONE}", "words", False),
        ("wx:o1", "field", False),
    ],
)
def test_that_an_answer_is_enough_is_told_to_who_may_give_it_of_what_can_be_answered(
    sender: str, group: str, said: bool
) -> None:
    world, missing = World(sender=sender), [{"code": "place", "text": "地点", "group": group}]
    message = world.happen(
        "correction_requested", Status.CORRECTION, missing=missing, due="2026-07-22", address="一号窗口"
    )
    world.deliver(message)
    ((_, text, *_),) = world.sms.inbox
    assert "或送到一号窗口" in text and ("回复“补正”" in text) is said


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


def test_a_digit_may_be_here_before_the_carrier_says_that_the_question_left() -> None:
    world = World(sms=Phones(["gone"]))
    world.deliver(world.happen("rating_invited", link="https://example.cn/r/x"), attempts=1)
    assert len(world.sms.inbox) == 1 and world.expected == [(PHONE, world.case_no)]


def test_the_answer_to_a_bad_rating_lets_the_dialogue_take_a_digit_once_more() -> None:
    world = World()
    told: dict[str, Any] = {"reason": "已补办", "answer": "explained", "link": "https://example.cn/rate/1?t=x&a=1"}
    world.deliver(world.happen("rectified", **told))
    assert world.expected == [(PHONE, world.case_no)]
    assert "已核实说明：已补办。解决了吗" in world.sms.inbox[0][1] and "t=x&a=1" in world.sms.inbox[0][1]


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
