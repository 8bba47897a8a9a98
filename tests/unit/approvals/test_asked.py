"""What a supplement asks for, item by item, and which items what came answers."""

from __future__ import annotations

import pytest

from chalicelib.approvals.asked import timed
from chalicelib.kernel.errors import InvalidInput
from chalicelib.notices.facts import facts as notice_facts
from chalicelib.vocabulary.events import EventName, message
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, TWO, WAIT, Office, accepting, reviewing
from tests.unit.samples import clerk


def test_of_two_items_one_leaves_the_other_open() -> None:
    office = accepting(*TWO)
    reply = office.supplement("photo")
    assert "还需在7月22日前补正：租赁合同" in reply.text and office.status() is Status.CORRECTION
    assert reply.body["text"] == reply.text and [each["text"] for each in reply.body["missing"]] == ["租赁合同"]
    assert (
        office.row(WAIT).data["missing"] == [{**TWO[1], "group": "material"}]
        and office.row("task#accept#zwzx#2") is None
    )
    office.supplement("lease")
    assert office.status() is Status.SUBMITTED and office.row("task#accept#zwzx#2") is not None


def test_each_department_waits_for_its_own() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.decide(POLICE, "review", "correct", missing=[{"code": "permit", "text": "消防意见"}, {"text": "经营地址"}])
    office.supplement("photo", "permit")
    assert office.status() is Status.CORRECTION
    office.supplement("lease")
    assert office.status() is Status.CORRECTION and office.row("task#review#cgw#2").token == "t2"
    office.supplement("words-1")
    assert office.status() is Status.IN_REVIEW and office.row("task#review#gaj#2").token == "t3"
    assert [event.name for event in office.cases.whole(office.case_no).events].count(EventName.SUPPLEMENTED) == 3


def test_a_field_asked_for_by_its_code_is_answered_by_the_form() -> None:
    office = accepting({"code": "name", "text": "姓名：填写有误，请核对后更正"})
    office.supplement(name="李四海")
    assert office.status() is Status.SUBMITTED
    assert office.last().text == "申请人已补正材料，继续办理（更改：姓名）"
    assert office.row("task#accept#zwzx#2").data["applicant"] == "李*海", "the clerk sees who applies now"


def test_work_of_other_departments_shows_who_applies_now() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"code": "name", "text": "姓名"}])
    office.supplement(name="李四海")
    assert office.row("task#review#gaj#1").data["applicant"] == "李*海"


def test_what_was_not_asked_for_does_not_change() -> None:
    office = accepting({"code": "photo", "text": "现场照片"})
    before = office.cases.whole(office.case_no)
    with pytest.raises(InvalidInput) as refused:
        office.supplement("photo", name="钱多")
    assert [(each.path, each.code) for each in refused.value.fields] == [("form.name", "not_asked")]
    assert office.cases.whole(office.case_no) == before
    office.supplement("photo")
    assert office.status() is Status.SUBMITTED


def test_what_was_asked_in_words_is_answered_item_by_item() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"text": "经营者健康证明"}, {"text": "从业人员名单"}])
    office.decide(POLICE, "review", "correct", missing=[{"text": "消防验收意见书"}])
    office.supplement("words-3")
    assert office.row("task#review#gaj#2") is not None and office.row("task#review#cgw#2") is None
    office.supplement("words-2")
    assert office.row("wait#supplement#review#cgw").data["missing"] == [
        {"code": "words-1", "text": "经营者健康证明", "group": "words"}
    ]
    office.supplement("words-1")
    assert office.status() is Status.IN_REVIEW
    kept = (office.cases.opened(office.case_no).private or {})["materials"]
    assert [each["name"] for each in kept] == ["消防验收意见书", "从业人员名单", "经营者健康证明"]


def test_words_asked_for_later_have_a_code_of_their_own_and_drop_no_file() -> None:
    office = reviewing()
    office.decide(
        APPROVER, "review", "correct", missing=[{"text": "经营者健康证明"}, {"code": "words-9", "text": "名单"}]
    )
    office.supplement("words-1", "words-2")
    office.decide(POLICE, "review", "correct", missing=[{"text": "消防验收意见书"}])
    office.supplement("words-3")
    kept = (office.cases.opened(office.case_no).private or {})["materials"]
    assert [(each["code"], each["name"]) for each in kept] == [
        ("words-1", "经营者健康证明"),
        ("words-2", "名单"),
        ("words-3", "消防验收意见书"),
    ]


def test_what_nobody_asked_for_by_code_answers_the_words_of_one_department() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"text": "经营者健康证明"}])
    office.on("07-02").decide(POLICE, "review", "correct", missing=[{"text": "消防验收意见书"}])
    office.supplement("photo")
    assert office.row("task#review#cgw#2") is not None and office.status() is Status.CORRECTION
    office.supplement(place="太古里")
    assert office.status() is Status.IN_REVIEW


def test_the_head_and_the_notice_say_what_is_left_and_by_when() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.on("07-02").decide(POLICE, "review", "correct", missing=[{"text": "消防意见"}])
    said = "在7月22日前补正：现场照片、租赁合同；在7月23日前补正：消防意见"
    assert office.cases.head(office.case_no).facts["correction"] == said
    office.supplement("photo", "lease")
    told = message(office.last().name)
    assert told is not None
    values = notice_facts(office.cases.head(office.case_no), office.last(), told, "")
    assert told.sms.format_map(values).endswith("补交的材料已收到，还需在7月23日前补正：消防意见。")


def test_a_day_that_rests_on_holidays_to_come_says_so_and_moves_with_their_notice() -> None:
    office = Office().on("12-21")
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct", missing=TWO)
    assert office.row(WAIT).data["provisional"] and "以国务院公布的放假安排为准" in office.last().text
    assert timed(office.row(WAIT)) == office.row(WAIT)


def test_article_32_a_field_nobody_asked_for_answers_no_words_beside_what_was_asked_for_by_its_code() -> None:
    office = accepting({"code": "name", "text": "姓名"}, {"text": "与业主的协议"})
    office.supplement(name="李四海", place="太古里")
    assert office.status() is Status.CORRECTION, "nobody has handed in the agreement"
    assert [each["code"] for each in office.row(WAIT).data["missing"]] == ["words-1"]
    office.supplement(place="宽窄巷子")
    assert office.status() is Status.CORRECTION, "the name came before, but it was asked for"
    office.supplement("words-1")
    assert office.status() is Status.SUBMITTED


def test_article_32_a_field_sent_as_it_was_answers_no_words_and_is_no_supplement() -> None:
    office = accepting({"text": "经营地址写到门牌号"})
    before = office.cases.whole(office.case_no)
    with pytest.raises(InvalidInput) as refused:
        office.supplement(place="春熙路")
    assert [fault.path for fault in refused.value.fields] == ["form"] and "没有改动" in refused.value.detail
    assert office.cases.whole(office.case_no) == before
    office.supplement("photo", place="春熙路")
    assert office.status() is Status.SUBMITTED, "a file nobody asked for by its code answers words, as before"


def test_article_32_that_a_field_asked_for_is_right_as_it_stands_is_an_answer() -> None:
    office = accepting({"code": "place", "text": "地点：请核对"})
    office.supplement(place="春熙路")
    assert office.status() is Status.SUBMITTED and office.last().text == "申请人已补正材料，继续办理"


def test_article_32_a_field_answers_the_words_of_who_asked_in_words_alone_whoever_s_day_comes_first() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[TWO[0], {"text": "与业主的协议"}])
    office.on("07-02").decide(POLICE, "review", "correct", missing=[{"text": "经营地址写到门牌号"}])
    office.supplement(place="太古里")
    assert office.row("task#review#gaj#2") is not None and office.row("task#review#cgw#2") is None
    assert len(office.row("wait#supplement#review#cgw").data["missing"]) == 2
