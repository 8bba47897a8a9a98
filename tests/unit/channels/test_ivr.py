"""Whole calls: our VoiceXML walked by a voice platform, over the real dialogue and desk."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode, urlsplit

import pytest

from chalicelib.vocabulary.statuses import Status
from channels.ivr import Ivr
from handlers.callbacks import answered, take
from parties.wire import Inbound
from sandbox.voice.call import VoiceCall
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import ID

CHANNEL = Ivr(lambda: {"callback_key": "k&y", "operator": "02812345"})
URL = "http://127.0.0.1:1/api/channels/ivr/vxml?key=k%26y"
KEYED = ID.replace("X", "*")


class Phone:
    """A telephone: dial, press, listen."""

    def __init__(self, world: World, caller: str = PHONE) -> None:
        self.world, self.caller, self.seen = world, caller, list[dict[str, str]]()
        self.call = VoiceCall(self._fetch, {})

    async def _fetch(self, url: str, method: str, params: dict[str, str]) -> tuple[int, bytes]:
        assert (url, method) == (URL, "post")
        self.seen.append(params)
        headers = {"content-type": "application/x-www-form-urlencoded"}
        body = urlencode(params).encode()
        inbound = Inbound("POST", urlsplit(url).path, headers, {"key": "k&y"}, body)
        answer = take(CHANNEL, lambda said, now: answered(CHANNEL, said, now), inbound, self.world.now, "ivr")
        return answer.status, answer.body.encode()

    def dial(self) -> str:
        asyncio.run(self.call.start(URL, {"call": f"c{id(self)}", "caller": self.caller}))
        return self._said()

    def press(self, *keys: str) -> str:
        """Press keys, a question at a time; return what is said last."""
        for each in keys:
            assert not self.call.ended, self.call.said
            asyncio.run(self.call.press(each))
        return self._said()

    def _said(self) -> str:
        assert not self.call.fault, self.call.fault
        return "".join(self.call.said)


def test_the_first_prompt_is_short_and_a_person_is_one_key_away(world: World) -> None:
    phone = Phone(world)
    said = phone.dial()
    assert len(said) < 60 and "人工请按0" in said
    assert "转接人工" in phone.press("0") and phone.call.transferred == "tel:02812345"


def test_an_application_is_filed_with_keys(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    assert "高龄津贴请按1" in phone.press("1")
    assert "身份证" in phone.press("1")
    assert "80至89岁请按1" in phone.press(KEYED)
    assert "是请按1，否请按2" in phone.press("1")
    assert "没有请按井号" in phone.press("2")
    check = phone.press("#")
    assert "确认提交请按1" in check and "尾号0019" in check and ID not in check
    receipt = phone.press("1")
    case = world.cases.opened(next(iter(world.store.heads)))
    assert "已收到" in receipt and case.channel == "ivr" and "幺" in receipt + "幺"
    assert case.private and case.private["form"] == {"id_number": ID, "kind": "a80", "alone": False}
    assert "已收到" in phone.press("1"), "the number can be heard again"


def test_an_input_ended_with_the_mark_goes_nowhere_else(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    assert "尾号5678" in phone.press("1", "1", KEYED + "#", "1", "2", "6222020000005678#")


def test_an_x_is_keyed_as_a_star(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    assert "80至89岁" in phone.press("1", "1", "51010719850615002*")


def test_a_star_alone_goes_back(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    assert "身份证" in phone.press("1", "1", KEYED, "*")
    assert "高龄津贴请按1" in phone.press("*")
    assert "办事请按1" in phone.press("*")


@pytest.mark.parametrize("before", [(), ("1",), ("2",), ("1", "1"), ("1", "1", KEYED), ("3",)])
def test_silence_three_times_brings_a_person(world: World, before: tuple[str, ...]) -> None:
    phone = Phone(world)
    phone.dial()
    phone.press(*before)
    assert "没有听到按键" in phone.press("")
    phone.press("", "")
    assert phone.call.transferred


def test_wrong_keys_three_times_bring_a_person(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    phone.press("1", "1")
    for _ in range(2):
        assert "身份证号码不正确" in phone.press("510104199001010018")
    assert "人工" in phone.press("510104199001010018") and phone.call.transferred


def test_status_from_the_phone_on_record_and_from_another_with_the_last_four(world: World) -> None:
    number = world.file()
    phone = Phone(world)
    phone.dial()
    assert "已收件" in phone.press("2")
    other = Phone(world, "02886601234")
    other.dial()
    assert "12位办件号" in other.press("2")
    assert "后四位" in other.press(number)
    assert "请核对" in other.press("0018")
    told = other.press("0019")
    assert "已收件" in told and "张" not in told and ID[-4:] not in told


@pytest.mark.parametrize("caller", [PHONE, "02886601234"])
def test_rating_by_key_after_the_status(world: World, caller: str) -> None:
    number = world.file()
    world.close(number)
    phone = Phone(world, caller)
    phone.dial()
    said = phone.press("2") if caller == PHONE else phone.press("2", number, "0019")
    assert "评价请按3" in said
    assert "5最好" in phone.press("3")
    assert "感谢" in phone.press("5") and phone.call.ended
    assert (world.rating(number) or {})["platform"] == "6"


def test_a_bad_rating_by_key_chooses_of_four_reasons(world: World) -> None:
    number = world.file()
    world.close(number, Status.DENIED)
    phone = Phone(world)
    phone.dial()
    said = phone.press("3", "2")
    assert "请按4" in said and "请按5" not in said
    assert "可以请按1，匿名请按2" in phone.press("3")
    assert "整改" in phone.press("2")
    rated = world.rating(number) or {}
    assert rated["reasons"] == ["209"] and rated["anonymous"] is True


def test_a_turn_fetched_twice_is_said_twice_the_same(world: World) -> None:
    phone = Phone(world)
    phone.dial()
    phone.press("1", "1", KEYED, "1", "2", "#", "1")
    said = phone.call.said
    _, again = asyncio.run(phone._fetch(URL, "post", phone.seen[-1]))
    assert said[-1].strip() in again.decode() and len(world.store.heads) == 1


def test_callers_who_withhold_their_number_share_their_tries(world: World) -> None:
    number = world.file()
    for tries in (2, 1):
        phone = Phone(world, "anonymous")
        phone.dial()
        phone.press("2", number, *["9999"] * tries)
    phone = Phone(world, "anonymous")
    phone.dial()
    assert "30分钟" in phone.press("2", number, "0019")
