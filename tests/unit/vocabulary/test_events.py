"""Every event has its row, and what is told of it fits where it is told."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from chalicelib.cases.clock import Clock
from chalicelib.cases.model import Case, Event
from chalicelib.notices import facts
from chalicelib.vocabulary.events import EVENTS, NAMES, EventName, message
from chalicelib.vocabulary.events.meanings import Message, Silent
from chalicelib.vocabulary.ratings import SCALE
from chalicelib.vocabulary.statuses import Status
from tests.unit.samples import NOW

TOLD = {event: row.tells for event, row in EVENTS.items() if isinstance(row.tells, Message)}
CASE = Case(
    "123456789018", Status.ACCEPTED, 3, "s", "v000001", "个体工商户设立登记（含食品经营备案）", "sms", "510100", NOW,
    Clock(20, 20, date(2026, 12, 18), True), "o", "p", "a", "张*", "v", "r", "c", b"",
)  # fmt: skip
LINK = "https://rongyiban.example.cn/rate/123456789018?t=0123456789abcdef0123456789abcdef"
TYPICAL = {
    "reason": "提交的住所使用证明与登记的经营场所地址不一致，请核对",
    "missing": [{"text": "租赁合同首页"}, {"text": "现场照片"}, {"text": "食品经营场所平面图"}],
    "due": "2026-12-22",
    "amount_fen": 1234500,
    "carrier": "邮政速递",
    "waybill": "LK434266003CN",
    "address": "天府大道北段966号1号楼一楼出证窗口",
    "hours": "工作日9:00-12:00、13:00-17:00",
    "result": "食品经营许可证",
    "certificate_no": "1234567890123459",
    "organ": "四川省住房和城乡建设厅",
    "fields": ["法定代表人姓名", "经营场所地址", "身份证号码"],
}


def segments(text: str) -> int:
    """Count what a gateway bills: 70 characters in one, 67 in each of several (docs/domain.md §5 短信)."""
    return 1 if len(text) <= 70 else -(-len(text) // 67)


def test_every_event_has_a_row_and_a_name_of_its_own() -> None:
    assert set(EVENTS) == set(EventName) and len(set(NAMES.values())) == len(EventName)


@pytest.mark.parametrize("event", EventName)
def test_nobody_is_told_only_where_that_says_why(event: EventName) -> None:
    tells = EVENTS[event].tells
    assert message(event) is (tells if isinstance(tells, Message) else None)
    assert not isinstance(tells, Silent) or len(tells.why) > 5


@pytest.mark.parametrize("event", TOLD)
def test_a_phrase_is_what_wechat_takes(event: EventName) -> None:
    assert re.fullmatch(r"[一-鿿]{1,5}", TOLD[event].phrase)


@pytest.mark.parametrize("event", TOLD)
def test_every_fact_a_message_names_is_known(event: EventName) -> None:
    told = TOLD[event]
    known = facts.facts(CASE, Event(event, "", NOW, "", TYPICAL), told, LINK)
    for text in (told.sms, told.phrase, told.note, told.spoken):
        assert {name for _, name, _, _ in Formatter().parse(text) if name is not None} <= set(known)


def test_every_fact_a_card_names_is_known() -> None:
    told = TOLD[EventName.SUBMITTED]
    known = facts.facts(CASE, Event(EventName.SUBMITTED, "", NOW), told, LINK)
    for pattern in facts.CARD.values():
        assert {name for _, name, _, _ in Formatter().parse(pattern) if name} <= set(known)


@pytest.mark.parametrize("event", TOLD)
def test_an_sms_takes_three_segments_at_most(event: EventName) -> None:
    told = TOLD[event]
    text = told.sms.format_map(facts.facts(CASE, Event(event, "", NOW, "", TYPICAL), told, LINK))
    assert segments("【蓉易办】" + text) <= 3, len(text)


UNMET = ["年满十八周岁，具有完全民事行为能力", "具有与经营的食品品种、数量相适应的场所"]
WAY = {"reviewed_by": "成都市人民政府", "court": "有管辖权的人民法院"} | dict.fromkeys(
    ("reconsider_by", "sue_by"), "2026-12-22"
)


@pytest.mark.parametrize("another", ["unmet", "organ"])  # of a refusal: what is another organ's has no conditions
@pytest.mark.parametrize("event", [event for event in TOLD if EVENTS[event].stands is not None])
def test_how_a_case_stands_is_told_in_three_segments_at_most(event: EventName, another: str) -> None:
    told, data = TOLD[event], TYPICAL | {"unmet": UNMET, "appeal": WAY, "until": "2026-12-22", "verdict": "不予受理"}
    kept = {name: fact for name, fact in data.items() if name in (EVENTS[event].stands or ()) and name != another}
    text = told.spoken.format_map(facts.facts(CASE, Event(event, "", NOW, "", kept), told, ""))
    assert segments("【蓉易办】" + text + "回复“评价”可为这次服务打分。") <= 3, len(text)


@pytest.mark.parametrize("event", [event for event in EVENTS if EVENTS[event].stands is not None])
def test_what_says_how_a_case_stands_is_told_in_words_that_name_what_is_kept(event: EventName) -> None:
    """A fact kept on the head that no word names is a fact kept for nothing."""
    named = {name for _, name, _, _ in Formatter().parse(TOLD[event].spoken) if name}
    words = {"organ": {"organ", "turn"}, "amount_fen": {"amount"}, "until": {"pay_by"}}
    assert all(words.get(kept, {kept}) & named for kept in EVENTS[event].stands or ())


def test_who_filed_at_a_window_is_told_the_counter_and_everybody_the_day_in_no_more() -> None:
    place = {"address": "成都市青羊区草市街2号不动产登记窗口", "hours": "工作日9:00至17:00"}
    bill = {"amount_fen": 55000, "until": "2026-10-22", "counter": place}
    told = TOLD[EventName.PAYMENT_REQUESTED]
    for case, there in ((CASE, False), (CASE.plus(window="zwzx@510100"), True), (CASE.plus(visit=True), True)):
        text = told.sms.format_map(facts.facts(case, Event(EventName.PAYMENT_REQUESTED, "", NOW, "", bill), told, LINK))
        assert "请10月22日24时前在小程序或网页缴纳" in text and segments("【蓉易办】" + text) <= 3
        said = "或到成都市青羊区草市街2号不动产登记窗口（工作日9:00至17:00）缴现金、刷卡"
        assert (said in text) is there


def test_article_48_a_hearing_is_told_with_its_day_hour_and_place_in_no_more() -> None:
    told, held = TOLD[EventName.SUSPENDED], {"held_on": "2026-12-18", "place": "上午9时30分，市政务中心三楼听证室"}
    known = facts.facts(
        CASE, Event(EventName.SUSPENDED, "", NOW, "", TYPICAL | held | {"procedure": "听证"}), told, LINK
    )
    text = told.sms.format_map(known)
    assert "依法进行听证（12月18日上午9时30分，市政务中心三楼听证室），至12月22日" in text
    assert segments("【蓉易办】" + text) <= 3 and "12月18日上午9时30分" in told.spoken.format_map(known)


def test_whoever_was_served_is_asked_once_how_it_was_and_never_in_the_sentence_that_says_no() -> None:
    asks = {event for event, row in EVENTS.items() if row.invites}
    assert asks == {EventName.DELIVERED, EventName.RATING_INVITED} and all(SCALE in TOLD[event].sms for event in asks)
    asked_later = {event for event, row in EVENTS.items() if row.begins == "rating"}
    assert asked_later == {EventName.NOT_ACCEPTED, EventName.DENIED, EventName.TRANSFERRED}


def test_what_somebody_must_hear_is_told_though_he_opted_out() -> None:
    law = {EventName.NOT_ACCEPTED, EventName.CORRECTION_REQUESTED, EventName.GRANTED, EventName.DENIED}
    law |= {EventName.SUSPENDED, EventName.EXTENDED, EventName.TRANSFERRED, EventName.VOIDED, EventName.REVISED}
    law |= {EventName.RESUMED}
    over = {EventName.RETURNED, EventName.UNANSWERED, EventName.PAYMENT_LAPSED}
    his_turn = {EventName.PAYMENT_REQUESTED, EventName.READY_FOR_PICKUP, EventName.CERTIFICATE_EXPIRING}
    his_turn |= {EventName.UNDELIVERED, EventName.REISSUED}
    worthless = {EventName.CERTIFICATE_REVOKED, EventName.CERTIFICATE_REISSUED}
    set_aside = {EventName.RATING_INVALIDATED}
    assert {event for event, told in TOLD.items() if told.required} == law | over | his_turn | worthless | set_aside


@pytest.mark.parametrize("event", TOLD)
def test_nobody_is_sent_to_what_no_page_has(event: EventName) -> None:
    told = TOLD[event]
    assert not any(word in text for word in ("票据", "下载") for text in (told.sms, told.note, told.spoken))


@pytest.mark.parametrize(
    ("event", "data", "codes"),
    [
        (EventName.NOT_ACCEPTED, {"ground": "not_required"}, {"process": "2", "done": "6"}),
        (EventName.NOT_ACCEPTED, {"ground": "not_competent"}, {"process": "3", "done": "6"}),
        (EventName.ACCEPTED, {}, {"process": "4"}),
        (EventName.CORRECTION_REQUESTED, {}, {"process": "5", "special": "1"}),
        (EventName.REVIEWED, {"outcome": "approve"}, {"process": "1"}),
        (EventName.REVIEWED, {"outcome": "opined"}, {"process": "0"}),
        (EventName.SUSPENDED, {"kind": "hearing"}, {"process": "6", "special": "2"}),
        (EventName.SUSPENDED, {"kind": "publicity"}, {"process": "6", "special": "3"}),
        (EventName.SUSPENDED, {"kind": "testing"}, {"process": "6", "special": "4"}),
        (EventName.DENIED, {}, {"process": "0", "done": "1"}),
        (EventName.RETURNED, {}, {"done": "5"}),
        (EventName.VOIDED, {}, {"done": "2"}),
        (EventName.TRANSFERRED, {}, {"done": "4"}),
        (EventName.DELIVERED, {}, {"done": "0"}),
        (EventName.PAID, {}, {}),
    ],
)
def test_the_codes_of_the_standard_stand_on_each_event(
    event: EventName, data: dict[str, str], codes: dict[str, str]
) -> None:
    assert EVENTS[event].standard.of(data) == codes


def test_what_the_offices_write_for_each_other_is_told_to_nobody_else() -> None:
    data = {"opinion": "建议准予", "organ": "省厅"}
    for event in (EventName.GRANTED, EventName.TRANSFERRED):
        assert EVENTS[event].told(data) == {"organ": "省厅"}
    for event in (EventName.REVIEWED, EventName.SENT_BACK, EventName.COUNTERSIGN_ASKED, EventName.RECALLED):
        assert EVENTS[event].told(data) == {}
    assert EVENTS[EventName.CORRECTION_REQUESTED].told(data) == data, "there the opinion is written to the applicant"
