"""Who is asked to rate, and who is not: never with a no, never twice; and once more where a bad rating was answered."""

from __future__ import annotations

import pytest

from chalicelib.dialogue.texts import RATE_HINT
from chalicelib.vocabulary.statuses import Status
from tests.unit.dialogue.fakes import PHONE, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("status", [Status.DENIED, Status.NOT_ACCEPTED])
@pytest.mark.parametrize("invited", [True, False])
def test_the_answer_that_says_no_asks_for_no_rating(world: World, status: Status, invited: bool) -> None:
    number = world.file()
    world.close(number, status, invited)
    assert "不予" in world.say(f"进度 {number}").text and RATE_HINT not in world.say("进度").text
    assert "评价请按3" not in world.talk("", "2", channel="ivr", conversation="c1").text
    assert ("5最好" in world.say("评价").text) is invited, "asked apart, or by himself"


def test_who_has_his_result_is_asked_until_he_has_said_it(world: World) -> None:
    number = world.file()
    world.close(number)
    assert RATE_HINT in world.say(f"进度 {number}").text
    assert "评价请按3" in world.talk("", "2", channel="ivr", conversation="c1").text
    world.say(f"评价 {number} 4")
    assert RATE_HINT not in world.say(f"进度 {number}").text
    assert "评价请按3" not in world.talk("", "2", channel="ivr", conversation="c2").text
    assert "没有查到可以评价的办件" in world.say("评价").text
    assert "没有查到可以评价的办件" in world.talk("", "3", channel="ivr", conversation="c3").text
    assert "感谢" in world.say(f"评价 {number} 5").text, "he may add to it by himself (追评)"


def test_after_the_window_nobody_is_asked(world: World) -> None:
    number = world.file()
    world.close(number)
    case = world.store.heads[number]
    world.store.heads[number] = case.plus(rate_until="2026-06-01T00:00:00.000+08:00")
    assert RATE_HINT not in world.say(f"进度 {number}").text and "没有查到" in world.say("评价").text


@pytest.mark.parametrize("way", ["digit", "word", "phone"])
def test_once_a_bad_rating_was_answered_a_digit_or_a_key_says_whether_it_is_solved(world: World, way: str) -> None:
    number = world.file()
    world.close(number)
    world.talk(f"评价 {number} 1", "2", "1")
    world.answer_bad(number)
    if way == "digit":
        world.invitations.invite(f"tel:{PHONE}", number, world.now)
        said = world.say("5").text
    elif way == "word":
        said = world.talk("评价", "5").text
    else:
        said = world.talk("", "3", "5", channel="ivr", conversation="c1").text
    assert "感谢您再次评价：非常满意" in said
    assert (world.rating(number, "rerating#1") or {})["level"] == 5 and world.rating(number, "rating#2") is None
    assert "没有查到可以评价的办件" in world.say("评价").text


def test_bad_again_by_sms_goes_back_to_the_supervisor_with_the_same_words_too(world: World) -> None:
    number = world.file()
    world.close(number)
    world.talk(f"评价 {number} 1", "2", "1")
    world.answer_bad(number)
    assert "督办" in world.talk(f"评价 {number} 1", "2", "1").text
    assert world.rating(number, "rerating#1") and world.rating(number, "rating#2") is None
