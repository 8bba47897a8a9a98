"""What an office asked of an application (补正) is answered where it was filed: by SMS, in a chat, on the telephone."""

from __future__ import annotations

import pytest

from chalicelib.intake.model import Intake
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.dialogue.asking import correct
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import ID
from tests.unit.vocabulary.test_events import segments

CARD = "6222020000001234567"
NUMBER, KIND, BOOK = ("card", "银行卡号"), ("kind", "申请类别"), ("", "户口簿复印件")
WINDOW = "送到成都市综合窗口"
BEGUN = {"sms": ("补正",), "wechat": ("补正",), "ivr": ("", "2", "3")}


@pytest.fixture
def world() -> World:
    return World()


def filed(world: World, channel: str) -> str:
    """File by SMS, which a call from that phone may ask about, or in the chat."""
    if channel != "wechat":
        return world.file()
    world.talk("高龄津贴", ID, "1", "2", "无", PHONE, "1", channel="wechat")
    return list(world.store.heads)[-1]


def status(world: World, number: str) -> Status:
    return world.cases.head(number).status


@pytest.mark.parametrize("channel", BEGUN)
def test_article_32_a_field_that_is_asked_for_is_answered_where_one_talks(world: World, channel: str) -> None:
    number = filed(world, channel)
    correct(world, number, NUMBER)
    where = {"channel": channel, "conversation": "talk"}
    assert "银行卡号" in world.talk(*BEGUN[channel], **where).text
    assert "不符合要求" in world.say("123", **where).text
    check = world.say(CARD, **where)
    assert "请核对" in check.text and "4567" in check.text and CARD not in check.text
    receipt = world.say("1", **where)
    assert "已补正材料，继续办理（更改：银行卡号）" in receipt.text
    assert status(world, number) is Status.SUBMITTED and world.form(number)["card"] == CARD
    assert world.cases.whole(number).events[-1].by == "申请人"


@pytest.mark.parametrize("channel", ["sms", "wechat"])
def test_how_it_stands_says_what_is_asked_by_when_where_it_goes_and_that_an_answer_is_enough(
    world: World, channel: str
) -> None:
    number = filed(world, channel)
    correct(world, number, NUMBER, BOOK)
    text = world.say("进度", channel).text
    assert "请在7月22日前补正：银行卡号、户口簿复印件" in text and WINDOW in text
    assert "“银行卡号”可回复“补正”" in text and segments("【蓉易办】" + text) <= 3


def test_on_the_telephone_a_key_answers_and_what_was_told_can_be_heard_again(world: World) -> None:
    number = world.file()
    correct(world, number, NUMBER)
    told = world.talk("", "2", channel="ivr", conversation="call")
    assert WINDOW in told.text and "填写补正内容请按3" in told.text and "回复" not in told.text
    assert world.say("1", "ivr", conversation="call").text == told.text
    assert "银行卡号" in world.say("3", "ivr", conversation="call").text


def test_a_choice_is_a_number_and_what_is_left_is_named_with_where_it_goes(world: World) -> None:
    number = world.file()
    correct(world, number, KIND, NUMBER, BOOK)
    assert "共2个问题" in world.say("我要补材料").text
    assert "请提供银行卡号" in world.say("3").text
    text = world.talk(CARD, "1").text
    assert "还需在7月22日前补正：户口簿复印件" in text and WINDOW in text
    assert world.form(number)["kind"] == "a100" and status(world, number) is Status.CORRECTION
    again = world.say("补正").text
    assert WINDOW in again and "问题" not in again, "what is no field is brought, and nothing is asked"


def test_what_keys_cannot_answer_is_brought(world: World) -> None:
    world.talk("占道经营", "张三丰", ID, "2026年8月1日", "2", "成都市锦江区春熙路1号", "1")
    number = list(world.store.heads)[-1]
    correct(world, number, ("name", "姓名"))
    told = world.talk("", "2", channel="ivr", conversation="call").text
    assert WINDOW in told and "请按3" not in told
    assert "请提供您的姓名" in world.say("补正").text, "by SMS it can be written"


def test_the_phone_on_record_of_what_another_filed_hears_what_is_asked_and_changes_nothing(world: World) -> None:
    form = {"id_number": ID, "kind": "a80", "alone": False}
    body = {"service": "old-age", "form": form, "contact": {"phone": PHONE}}
    asked = Intake("application", "miniprogram", "wx:oOther", "m", body, world.now)
    number = world.desk.receive(asked, world.now).body["case_no"]
    correct(world, number, NUMBER)
    for said in ("补正", f"补正{number}", "进度"):
        text = world.say(said).text
        assert "待补正" in text and WINDOW in text and "回复“补正”" not in text and "请提供" not in text


def test_a_stranger_is_asked_for_the_last_four_and_then_answers_nothing(world: World) -> None:
    number, other = world.file(), "tel:13900005678"
    correct(world, number, NUMBER)
    assert "后四位" in world.say(f"补正 {number}", sender=other).text
    text = world.say("0019", sender=other).text
    assert "待补正" in text and WINDOW in text and "请提供" not in text and "回复“补正”" not in text


def test_of_several_one_is_named(world: World) -> None:
    numbers = [world.file() for _ in range(2)]
    for number in numbers:
        correct(world, number, NUMBER)
    asked = world.say("补正").text
    assert all(number[-4:] in asked for number in numbers) and "“补正”和12位办件号" in asked
    assert "已补正" in world.talk(f"补正{numbers[0]}", CARD, "1").text
    assert [status(world, number) for number in numbers] == [Status.SUBMITTED, Status.CORRECTION]
    assert "请提供银行卡号" in world.say("补正").text, "the other is the only one now"


def test_where_nothing_is_asked_it_says_so(world: World) -> None:
    assert "没有等待补正的办件" in world.say("补正").text
    number = world.file()
    assert "没有等待补正的办件" in world.say("补正").text
    assert "已收件" in world.say(f"补正 {number}").text
    correct(world, number, NUMBER)
    world.say("取消")
    world.desk.receive(Intake("withdrawal", "sms", f"tel:{PHONE}", "w", {"case_no": number}, world.now), world.now)
    assert "已撤回" in world.say(f"补正 {number}").text


def test_a_confirmation_that_comes_twice_or_was_lost_hands_in_once(world: World) -> None:
    number = world.file()
    correct(world, number, NUMBER)
    world.talk("补正", CARD)
    world.expiring.before_put = lambda: world.say("1", message_id="confirm")
    first, *again = (world.say("1", message_id="confirm") for _ in range(3))
    assert "已补正" in first.text and {each.text for each in again} == {first.text}
    assert [event.name for event in world.cases.whole(number).events].count(EventName.SUPPLEMENTED) == 1


def test_what_came_by_another_way_meanwhile_ends_the_conversation(world: World) -> None:
    number = world.file()
    correct(world, number, NUMBER)
    world.talk("补正", CARD)
    body = {"case_no": number, "form": {"card": CARD[::-1]}}
    world.desk.receive(Intake("supplement", "web", f"tel:{PHONE}", "", body, world.now), world.now)
    assert "不需要补正" in world.say("1").text and "没有看懂" in world.say(CARD).text
    assert world.form(number)["card"] == CARD[::-1]


def test_what_is_asked_no_more_while_something_else_is_ends_the_conversation(world: World) -> None:
    number = world.file()
    correct(world, number, NUMBER, ("kind", "申请类别"))
    world.talk("补正", "3", CARD)
    body = {"case_no": number, "form": {"card": CARD[::-1]}}
    world.desk.receive(Intake("supplement", "web", f"tel:{PHONE}", "", body, world.now), world.now)
    assert "没有要求更改" in world.say("1").text and world.form(number)["kind"] == "a80"
    assert "80至89岁" in world.say("补正").text, "what is still asked for is asked again"


def test_one_can_go_back_begin_again_and_give_up(world: World) -> None:
    number = world.file()
    correct(world, number, KIND, NUMBER)
    assert "办事" in world.talk("补正", "上一题").text
    assert "年龄段" in world.talk("补正", "2", "上一题").text
    assert "您正在办理" in world.say("补正").text
    assert "年龄段" in world.talk("2", CARD, "2").text, "again from the first"
    assert "没有提交" in world.say("取消").text and status(world, number) is Status.CORRECTION


def test_the_questions_are_those_of_the_version_it_was_filed_under(world: World) -> None:
    number = world.file()
    correct(world, number, NUMBER)
    asked: list[tuple[str, str]] = []
    get = world.catalogue.get
    world.catalogue.get = lambda code, version="": asked.append((code, version)) or get(code)  # type: ignore
    world.talk("补正", CARD, "1")
    assert {version for code, version in asked} == {world.cases.head(number).version}
