"""The templates: one for each act that has a document, every fact known, what the law wants in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib.cases.model import Event
from chalicelib.documents import model
from chalicelib.documents.facts import facts, issuer
from chalicelib.documents.model import Fact, Template, document_no, lane, template
from chalicelib.documents.previews import TO_SIGN
from chalicelib.vocabulary.events import DOCUMENTS, EventName
from tests.unit.decided import Decided
from tests.unit.documents.fakes import DATA
from tests.unit.samples import NOW

SOMETIMES = {"unheard": "视为准予延续", "renewal": "编号1234"}
FOLDER = Path(model.__file__).with_name("templates")


def test_every_act_that_has_a_document_has_its_template_and_no_other() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {str(event) for event in DOCUMENTS}
    assert len({template(event).word for event in DOCUMENTS}) == len(DOCUMENTS)
    with pytest.raises(KeyError):
        template(EventName.CLOSED)


@pytest.mark.parametrize("event", DOCUMENTS)
def test_every_fact_named_is_known_and_every_line_is_said(event: EventName) -> None:
    made, words = Decided(), template(event)
    told = Event(event, "已领取", NOW, "市城管委", DATA)
    known = facts(made.cases.open(made.case), told, made.service, words)
    assert words.named() <= set(known)
    assert {"applicant", "case_no", "service_name", "law"} <= words.named()
    assert "行政许可法》第" in words.law and known["law"] == words.law
    always: dict[str, Fact] = {
        "materials": ("申请表",),
        "conditions": ("年满十八周岁",),
        "unmet": ("年满十八周岁",),
        "accepted": "受理",
        "deemed": "即为受理",
        "taker": "本人",
        "decided": "决定予以受理",
        "tolerated": "决定予以受理",
        "lacking": ("健康证明",),
        "counter": "市政务服务中心",
        "fees": ("工本费",),
        "reductions": ("减免",),
        "estimate": "20.00元",
        "transaction": "4200001",
        **TO_SIGN,
    }
    filled = words.filled(known | always | SOMETIMES)
    assert len(filled) >= len(words.body) and not any("{" in text or "。。" in text for _, text in filled)
    assert filled[0][0] == "addressee"


@pytest.mark.parametrize("event", [EventName.NOT_ACCEPTED, EventName.DENIED])
def test_article_38_a_no_says_why_and_the_way_to_appeal(event: EventName) -> None:
    """《行政复议法》第20条: sixty days; 《行政诉讼法》第46条: six months. Once each."""
    text = "\n".join(template(event).body)
    assert "{reason}" in text
    assert text.count("六十日内，向{reviewed_by}申请行政复议") == text.count("六个月内，依法向{court}提起行政诉讼") == 1
    made, words = Decided(), template(event)
    known = facts(made.cases.open(made.case), Event(event, "", NOW, "市城管委", DATA), made.service, words)
    said = "".join(text for _, text in words.filled(known))
    assert "向本级人民政府申请行政复议" in said and "向有管辖权的人民法院提起行政诉讼" in said
    assert "2026年7月1日收到的，申请行政复议的最后一日是2026年8月31日，提起行政诉讼的最后一日是2027年1月4日（以" in said


def test_article_50_what_nobody_decided_in_time_is_said_to_be_renewed_by_law_and_not_to_be_decided() -> None:
    made, words = Decided(), template(EventName.GRANTED)
    case = made.cases.open(made.case.plus(renews="1234567890123459", runs_to="2026-10-08"))
    told = Event(EventName.GRANTED, "", NOW, "系统", {"official_no": "1", "deemed": True})
    text = "".join(text for _, text in words.filled(facts(case, told, made.service, words)))
    assert "到期前没有作出是否准予延续的决定，依据《中华人民共和国行政许可法》第五十条第二款，视为准予延续。" in text
    assert "延续的证照：编号1234 5678 9012 3459，提出延续时有效期至2026年10月8日" in text
    assert "经审查" not in text and "决定准予" not in text
    plain = Event(EventName.GRANTED, "", NOW, "市城管委", {"official_no": "1"})
    text = "".join(text for _, text in words.filled(facts(made.cases.open(made.case), plain, made.service, words)))
    assert "决定准予行政许可" in text and "延续" not in text


def test_article_32_a_correction_names_all_at_once_and_until_when() -> None:
    assert {"missing", "until"} <= template(EventName.CORRECTION_REQUESTED).named()


def test_a_correction_says_where_to_hand_in_and_what_follows_for_who_does_not() -> None:
    made, words = Decided(), template(EventName.CORRECTION_REQUESTED)
    told, case = Event(EventName.CORRECTION_REQUESTED, "", NOW, "市公安局", DATA), made.cases.open(made.case)
    there = {**made.service.departments, "zwzx": replace(made.service.departments["zwzx"], address="草市街2号")}
    service = replace(made.service, departments=there)
    for accepted, said in ((False, "按退件处理，需要时可以重新申请。"), (True, "按已有材料继续办理。")):
        of = case.with_(clock=replace(case.clock, accepted=accepted))
        text = "".join(text for _, text in words.filled(facts(of, told, service, words)))
        assert "也可以到草市街2号补交。" in text and f"逾期未补正的，{said}" in text


def test_article_32_what_is_accepted_by_law_is_so_from_the_day_all_had_come_in() -> None:
    made, words = Decided(), template(EventName.ACCEPTED)
    late = Event(EventName.ACCEPTED, "", NOW + timedelta(days=9), "系统", {"official_no": "1", "deemed": True})
    case = made.cases.open(made.case).with_(clock=made.case.clock.accept(NOW.date()))
    text = "".join(text for _, text in words.filled(facts(case, late, made.service, words)))
    assert "第（四）项，自收到申请材料之日起即为受理" in text and "决定予以受理" not in text
    assert "受理日期：2026年7月1日" in text and "承诺办结日期：2026年7月8日" in text


def test_article_32_what_needs_no_licence_is_not_refused() -> None:
    made, words = Decided(), template(EventName.NOT_ACCEPTED)
    told = Event(EventName.NOT_ACCEPTED, "", NOW, "市政务服务中心", {"reason": "依法不需要", "verdict": "不受理"})
    known = facts(made.cases.open(made.case), told, made.service, words)
    assert words.named_as(known) == "不受理决定书"
    assert any("经审查，决定不受理。" in text for _, text in words.filled(known))


def test_article_32_where_nobody_accepts_what_was_received_is_accepted() -> None:
    decision = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}
    for stages, said in ((None, "告知你是否受理"), ([decision], "自收到申请材料之日起即为受理，承诺5个工作日内办结")):
        made, words = Decided(stages=stages), template(EventName.SUBMITTED)
        known = facts(made.cases.open(made.case), made.file.event(1), made.service, words)
        text = "".join(text for _, text in words.filled(known))
        assert said in text and ("不表示已经受理" in text) is (stages is None)


def test_what_is_no_licence_rests_on_its_own_law_and_the_procedure_on_none() -> None:
    made = Decided(task_type="05", legal_basis=["《老年人权益保障法》第三十三条"])
    words = template(EventName.GRANTED)
    known = facts(made.cases.open(made.case), Event(EventName.GRANTED, "", NOW), made.service, words)
    assert (known["law"], known["basis"], known["power"]) == ("", "《老年人权益保障法》第三十三条", "办理")
    assert words.named_as(known) == "准予办理决定书"
    assert "符合规定的条件和标准。决定准予办理。" in "".join(text for _, text in words.filled(known))


def test_a_document_is_in_the_name_of_who_acted_else_of_the_department_in_charge() -> None:
    service = Decided().service
    assert issuer(service, Event(EventName.ACCEPTED, "", NOW, "市政务服务中心")).code == "zwzx"
    assert issuer(service, Event(EventName.DELIVERED, "", NOW, "EMS")).code == service.department


def test_what_has_nothing_to_say_is_left_out_with_what_leads_to_it() -> None:
    words = Template("书", "字", "法", ("{a}：", "材料：", "{many}", "说明：{b}", "完"))
    assert words.filled({"a": "甲", "b": "", "many": ()}) == [("addressee", "甲："), ("paragraph", "完")]
    assert words.filled({"a": "甲", "b": "乙", "many": ("一", "二")})[1:4] == [
        ("paragraph", "材料："), ("item", "1. 一"), ("item", "2. 二"),
    ]  # fmt: skip


def test_numbers_of_a_series_are_never_given_twice() -> None:
    given = {
        document_no("成城管受", NOW.date(), count, lane(f"{case:012d}")) for count in (1, 2, 3) for case in range(4)
    }
    assert len(given) == 12 and "成城管受〔2026〕000001号" in given
    assert all(re.fullmatch(r"成城管受〔2026〕0000\d\d号", each) for each in given)
