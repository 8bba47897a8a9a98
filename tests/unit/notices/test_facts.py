"""What the texts say and how long they are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from chalicelib.cases.clock import Clock
from chalicelib.cases.model import Case, Event
from chalicelib.notices import facts
from chalicelib.vocabulary.events import EventName, message
from chalicelib.vocabulary.statuses import Status
from parties.wechat.cards import fit
from tests.unit.samples import NOW

LINK = "https://rongyiban.example.cn/cases/123456789018"


DATA: dict[str, Any] = {
    "reason": "住所证明与登记地址不一致",
    "missing": [{"code": "lease", "text": "租赁合同首页"}, {"code": "photo", "text": "现场照片"}],
    "due": "2026-07-22",
    "amount_fen": 2000,
    "carrier": "EMS",
    "waybill": "1234567890123",
    "address": "天府大道北段966号1号楼一楼",
    "hours": "工作日9:00-17:00",
    "result": "占道经营许可证",
}


TOLD = [event for event in EventName if message(event)]


def case(name: str = "高龄老年人生活津贴发放") -> Case:
    return Case(
        "123456789018", Status.ACCEPTED, 3, "s", "v000001", name, "sms", "510100", NOW, Clock(5, 20, NOW.date(), True), "o", "p", "a",
        "张*", "v", "r", "c", b"",
    )  # fmt: skip


def filled(event: EventName, data: dict[str, Any], name: str = "高龄老年人生活津贴发放") -> dict[str, str]:
    told = message(event)
    assert told is not None
    return facts.facts(case(name), Event(event, "", NOW, "", data), told, LINK)


def sms(event: EventName, data: dict[str, Any]) -> str:
    told = message(event)
    assert told is not None
    return told.sms.format_map(filled(event, data))


@pytest.mark.parametrize("event", TOLD)
@pytest.mark.parametrize("data", [DATA, {}], ids=["all said", "nothing said"])
def test_each_text_reads_well_and_is_short(event: EventName, data: dict[str, Any]) -> None:
    text = sms(event, data)
    assert "{" not in text
    assert "None" not in text
    assert len(text) <= 134 - len("【蓉易办】") + len(LINK)  # two segments, the link aside
    assert not re.search(r"1[3-9]\d{9}(?!\d)", text)
    told = message(event)
    assert told and told.phrase and told.note
    spoken = told.spoken.format_map(filled(event, data))
    assert "{" not in spoken and "http" not in spoken


@pytest.mark.parametrize("event", [EventName.DELIVERED, EventName.CERTIFICATE_REISSUED])
def test_who_has_no_page_is_told_the_number_of_his_certificate(event: EventName) -> None:
    assert "，证照编号1234 5678 9012 3459，" in sms(event, DATA | {"certificate_no": "1234567890123459"})
    assert "编号" not in sms(event, DATA)


def test_what_is_missing_by_when_and_where_is_said_in_whatever_words() -> None:
    text = sms(EventName.CORRECTION_REQUESTED, DATA)
    assert all(fact in text for fact in ("租赁合同首页、现场照片", "7月22日", LINK))


@pytest.mark.parametrize("event", TOLD)
def test_cards_keep_to_the_limits_of_their_fields(event: EventName) -> None:
    fields = facts.card_fields({"id": "t"}, filled(event, DATA, "很长很长的" * 9))
    assert fit("phrase3", fields["phrase3"]) == fields["phrase3"]
    assert fit("character_string1", fields["character_string1"]) == "123456789018"
    assert len(fit("thing2", fields["thing2"])) <= 20
    assert fields["time4"] == "2026年7月1日 09:30"


@pytest.mark.parametrize("event", [EventName.SUBMITTED, EventName.ACCEPTED, EventName.SUPPLEMENTED])
def test_a_provisional_promise_is_said_to_be_one(event: EventName) -> None:
    told, filed = message(event), case()
    assert told
    clock = Clock(20, 20, date(2026, 12, 10), accepted=True)
    values = facts.facts(filed.with_(clock=clock), Event(event, "", NOW), told, LINK)
    for text in (told.sms, told.spoken):
        assert "承诺1月8日前办结（以国务院公布的放假安排为准）" in text.format_map(values)
    assert "承诺1月8日前办结（暂定）" in values["note"] == fit("thing5", values["note"])
    values = facts.facts(filed.with_(clock=Clock(5, 20, NOW.date())), Event(event, "", NOW), told, LINK)
    assert "预计7月8日前办结" in told.sms.format_map(values), "nothing is promised before acceptance"


def test_template_fields_nobody_knows_are_empty_not_an_error() -> None:
    values = filled(EventName.REFUNDED, DATA)
    assert facts.card_fields({"fields": {"thing9": "{nobody_knows}"}}, values) == {"thing9": ""}


def test_every_reason_has_words() -> None:
    assert facts.reason("sms_bad_number") == "手机号码无法接收短信"
    assert facts.reason("wechat_40013") == "对方系统未受理"
