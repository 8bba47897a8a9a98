"""What a citizen can do by talking, line by line."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from chalicelib.intake.model import Reply
from chalicelib.vocabulary.statuses import Status
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import ID


@pytest.fixture
def world() -> World:
    return World()


def test_the_first_word_is_greeted_with_a_short_menu(world: World) -> None:
    reply = world.say("你好")
    assert "蓉易办" in reply.text and "0人工" in reply.text and len(reply.text) < 70
    assert reply.ask and set(reply.ask.choices) >= {"0", "1", "2", "3"}


@pytest.mark.parametrize("text", ["？？", "asdf", "今天天气怎么样", "9", "🙂", "\u202e", "'; DROP TABLE", "a" * 5000])
@pytest.mark.parametrize("channel", ["sms", "wechat"])
def test_what_is_not_understood_gets_help(world: World, channel: str, text: str) -> None:
    reply = world.say(text, channel)
    assert "办件号" in reply.text or "蓉易办" in reply.text
    assert len(reply.text) <= 200


@pytest.mark.parametrize("word", ["0", "人工", "转人工", "客服", "“人工”", "０"])
@pytest.mark.parametrize(
    "before", [(), ("1",), ("2",), ("高龄津贴",), ("高龄津贴", ID), ("高龄津贴", ID, "1", "2", "无")]
)
def test_a_person_can_be_reached_everywhere(world: World, before: tuple[str, ...], word: str) -> None:
    reply = world.talk(*before, word)
    assert reply.transfer and "12345" in reply.text


def test_zero_is_a_number_where_a_number_is_asked(world: World) -> None:
    reply = world.talk("占道经营", "张三丰", ID, "2026年8月1日", "0")
    assert not reply.transfer and "收件地址" in reply.text


def test_filing_by_sms_is_asked_question_by_question(world: World) -> None:
    assert "身份证" in world.say("我要办高龄津贴").text
    assert "1 80至89岁" in world.say(ID.lower()).text
    assert "独居" in world.say("100岁以上").text
    assert "银行卡" in world.say("否").text
    summary = world.say("跳过").text
    assert "510***********0019" in summary and ID not in summary and "100岁以上" in summary and "银行卡" not in summary
    receipt = world.say("1")
    case = world.cases.opened(next(iter(world.store.heads)))
    assert case.case_no in receipt.text and "7月8日" in receipt.text
    assert case.channel == "sms" and case.private is not None
    assert case.private["form"] == {"id_number": ID, "kind": "a100", "alone": False}
    assert case.private["contact"] == {"phone": PHONE}


def test_wechat_is_asked_for_a_phone(world: World) -> None:
    asked = world.talk("1", "1", ID, "1", "2", "无", channel="wechat")
    assert "手机号码" in asked.text
    assert "手机号码不正确" in world.say("12345", "wechat").text
    assert "请核对" in world.say("+86 138 0000 1234", "wechat").text
    world.say("确认", "wechat")
    assert world.cases.opened(next(iter(world.store.heads))).private["contact"] == {"phone": PHONE}  # type: ignore[index]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("510104199001010018", "身份证号码不正确"),
        ("不知道", "身份证号码不正确"),
        ("无", "身份证号码不正确"),
        ("跳过", "必须填写"),
        ("进度", "正在办理"),
        ("帮助", "例如"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(world: World, wrong: str, why: str) -> None:
    reply = world.talk("高龄津贴", wrong)
    assert why in reply.text and "请提供您的身份证号码" in reply.text
    assert "1 80至89岁" in world.say(ID).text


def test_one_can_go_back_begin_again_and_give_up(world: World) -> None:
    assert "身份证" in world.talk("高龄津贴", ID, "上一题").text
    assert "独居" in world.talk(ID, "2").text
    assert "身份证" in world.talk("1", "无", "2").text
    assert "已取消" in world.say("取消").text
    assert not world.store.heads


def test_going_back_before_the_first_question_shows_the_services(world: World) -> None:
    assert "1 高龄津贴" in world.talk("高龄津贴", "返回").text


def test_what_the_desk_refuses_is_asked_again(world: World) -> None:
    world.talk("高龄津贴", ID, "1", "2", "无")
    old = world.catalogue.services["old-age"]
    narrowed = {**old.form["properties"], "kind": {**old.form["properties"]["kind"], "enum": ["a90", "a100"]}}
    form = {**old.form, "properties": narrowed}
    world.catalogue.services["old-age"] = dataclasses.replace(old, form=form)
    assert "申请类别只能选" in world.say("1").text
    assert "请核对" in world.say("1").text
    assert "已收到" in world.say("1").text and len(world.store.heads) == 1


def test_a_courier_needs_an_address(world: World) -> None:
    asked = world.talk("占道经营", "张三丰", ID, "2026/8/1", "12个")
    assert "收件地址" in asked.text
    world.talk("成都市锦江区春熙路1号", "1")
    private = world.cases.opened(next(iter(world.store.heads))).private
    assert private is not None
    assert private["delivery"] == {
        "method": "courier",
        "name": "张三丰",
        "phone": PHONE,
        "address": "成都市锦江区春熙路1号",
    }
    assert private["form"]["day"] == "2026-08-01" and private["form"]["seats"] == 12


def test_a_service_that_is_elsewhere_says_where(world: World) -> None:
    assert "网页" in world.say("规划许可").text


def test_a_replay_answers_the_same_and_files_once(world: World) -> None:
    world.talk("高龄津贴", ID, "1", "2", "无")
    first, *again = (world.say("1", message_id="confirm") for _ in range(3))
    assert all(reply.text == first.text for reply in again) and len(world.store.heads) == 1


def test_a_confirmation_played_twice_at_once_files_once(world: World) -> None:
    world.talk("高龄津贴", ID, "1", "2", "无")
    others: list[Reply] = []
    world.expiring.before_put = lambda: others.append(world.say("1", message_id="confirm"))
    mine = world.say("1", message_id="confirm")
    assert len(world.store.heads) == 1 and others[0].text == mine.text and "已收到" in mine.text


def test_a_receipt_lost_on_the_way_is_found_again(world: World) -> None:
    world.talk("高龄津贴", ID, "1", "2", "无")

    def lost() -> None:
        raise RuntimeError("the table is away")

    world.expiring.before_put = lost
    with pytest.raises(RuntimeError):
        world.say("1", message_id="confirm")
    assert "已收到" in world.say("1", message_id="confirm").text and len(world.store.heads) == 1


def test_two_filings_in_one_conversation_are_two_cases(world: World) -> None:
    assert world.file() != world.file() and len(world.store.heads) == 2


@pytest.mark.parametrize("ask", ["2", "进度", "查询", "CX", "cx {}", "ＣＸ：{}", "JD{}", "查进度 {}", "{}"])
def test_own_cases_are_told_at_once(world: World, ask: str) -> None:
    number = world.file()
    reply = world.say(ask.format(number))
    assert "占道" not in reply.text and "高龄津贴" in reply.text and "已收件" in reply.text


def test_a_number_may_be_written_in_groups(world: World) -> None:
    number = world.file()
    assert "已收件" in world.say(f"{number[:4]} {number[4:8]}-{number[8:]}").text


def test_several_cases_are_listed(world: World) -> None:
    numbers = [world.file() for _ in range(2)]
    reply = world.say("进度")
    assert all(number[-4:] in reply.text for number in numbers) and "2件" in reply.text


def test_a_case_the_index_does_not_list_yet_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file()
    monkeypatch.setattr(world.store, "listed", lambda *_: [])
    assert "已收件" in world.say("进度").text


def test_who_has_no_case_is_asked_for_a_number(world: World) -> None:
    assert "办件号" in world.say("进度").text
    assert "核对" in world.say("123456789012").text
    assert "没有看懂" in world.say("什么").text


def test_another_phone_needs_the_last_four(world: World) -> None:
    number, other = world.file(), "tel:13900005678"
    assert "后四位" in world.say(f"CX {number}", sender=other).text
    assert "4个字符" in world.say("19", sender=other).text
    assert "已收件" in world.say("0019", sender=other).text


def test_three_wrong_tries_lock_the_case(world: World) -> None:
    number, other = world.file(), "tel:13900005678"
    replies = [world.talk(number, sender=other), *(world.say("9999", sender=other) for _ in range(4))]
    assert "30分钟" in replies[-1].text and "后四位" in replies[-2].text
    world.now += timedelta(minutes=31)
    assert "已收件" in world.talk(number, "0019", sender=other).text


def test_a_digit_answers_an_invitation(world: World) -> None:
    number = world.file()
    world.close(number)
    world.invitations.invite(f"tel:{PHONE}", number, world.now)
    assert "感谢" in world.say("5").text
    assert (world.rating(number) or {})["level"] == 5 and (world.rating(number) or {})["platform"] == "7"
    assert "办事" in world.say("5").text, "the invitation is used up"


def test_an_invitation_lives_longer_than_the_conversation(world: World) -> None:
    number = world.file()
    world.close(number)
    world.invitations.invite(f"tel:{PHONE}", number, world.now)
    world.now += timedelta(days=14)
    assert "感谢" in world.say("非常满意").text


def test_a_digit_means_the_menu_if_the_menu_was_shown_last(world: World) -> None:
    number = world.file()
    world.close(number)
    world.invitations.invite(f"tel:{PHONE}", number, world.now)
    world.say("你好")
    assert "高龄津贴" in world.say("1").text and world.rating(number) is None
    world.say("取消")
    world.now += timedelta(seconds=5)
    world.invitations.invite(f"tel:{PHONE}", number, world.now)
    assert "感谢" in world.say("3").text


@pytest.mark.parametrize(
    ("reason", "codes", "text"),
    [("2", ["109"], ""), ("1、3", ["108", "110"], ""), ("窗口排队三小时", [], True)],
)
@pytest.mark.parametrize("answer", ["1", "2"])
def test_a_bad_rating_is_asked_why_and_whether_he_may_be_called(
    world: World, reason: str, codes: list[str], text: object, answer: str
) -> None:
    number = world.file()
    world.close(number)
    asked = world.say(f"评价 {number} 1")
    assert "原因" in asked.text and "1 在办事指南之外" in asked.text
    assert "打电话" in world.say(reason).text
    assert ("1个工作日内电话联系您" in world.say(answer).text) == (answer == "1")
    rated = world.rating(number) or {}
    assert rated["level"] == 1 and rated["reasons"] == codes and bool(rated.get("text")) == bool(text)


def test_rating_is_offered_by_word(world: World) -> None:
    assert "没有查到" in world.say("评价").text
    number = world.file()
    assert "没有查到" in world.say("评价").text
    world.close(number)
    asked = world.say("评价")
    assert "5最好" in asked.text and "5非常满意" in asked.text
    assert "没有看懂" in world.say("7").text
    assert "感谢" in world.say("满意").text
    assert (world.rating(number) or {})["level"] == 4


def test_too_early_too_often_and_anothers_rating_are_refused_in_words(world: World) -> None:
    number = world.file()
    assert "还没有办结" in world.say(f"评价 {number} 5").text
    world.close(number, Status.DENIED)
    assert "没有找到" in world.say(f"评价 {number} 5", sender="tel:13900005678").text
    assert "感谢" in world.say(f"评价 {number} 5").text
    assert "感谢" in world.say(f"评价 {number} 3").text
    assert "请勿重复" in world.say(f"评价 {number} 4").text


def test_a_rating_played_twice_at_once_counts_once(world: World) -> None:
    number = world.file()
    world.close(number)
    world.expiring.before_put = lambda: world.say(f"评价 {number} 5", message_id="r")
    assert "感谢" in world.say(f"评价 {number} 5", message_id="r").text
    assert world.rating(number) and world.rating(number, "rating#2") is None


@pytest.mark.parametrize("word", ["TD", "td", "T", "R", "退订"])
def test_opting_out_and_in(world: World, word: str) -> None:
    told = world.say(word).text
    assert "已退订" in told and "法定通知和缴费、领取通知仍会发短信" in told and PHONE in world.optouts.phones
    assert "恢复" in world.say("订阅").text and not world.optouts.phones


def test_half_filled_forms_are_not_kept_in_clear(world: World) -> None:
    world.talk("高龄津贴", ID)
    assert not [key for key, (value, _, _) in world.expiring.kept.items() if ID in value or PHONE in key]


def test_a_conversation_is_forgotten_after_a_day(world: World) -> None:
    world.talk("高龄津贴", ID)
    world.now += timedelta(hours=25)
    assert "没有看懂" in world.say("80至89岁").text
