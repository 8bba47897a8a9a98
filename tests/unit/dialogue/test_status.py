"""How a case stands, asked by SMS, in a chat and on the telephone: each state says what matters of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.cases.model import Event
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from channels import speech
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import ID
from tests.unit.vocabulary.test_events import segments

WAY = {
    "reviewed_by": "成都市人民政府",
    "court": "成都铁路运输中级法院",
    "reconsider_by": "2026-08-31",
    "sue_by": "2027-01-04",
}
TURN = ("成都市人民政府申请复议（最迟2026年8月31日）", "成都铁路运输中级法院起诉（最迟2027年1月4日）")


@dataclass(frozen=True)
class Row:
    """What happens to a case that was filed, and what whoever asks then hears."""

    name: str
    happens: tuple[tuple[EventName, Status | None, dict[str, Any]], ...]
    hears: tuple[str, ...]
    never: str = "已送达"


E, S = EventName, Status
GRANTED: tuple[EventName, Status | None, dict[str, Any]] = (E.GRANTED, S.GRANTED, {})
DELIVERED = (E.DELIVERED, S.DELIVERED, {"certificate_no": "1234567890123459"})
REVOKED = (E.CERTIFICATE_REVOKED, None, {"result": "老年人优待证", "reason": "重复发证", "appeal": WAY})
ROWS = [
    Row("filed", (), ("“高龄津贴发放”已收件",)),
    Row(
        "refused",
        ((E.DENIED, S.DENIED, {"reason": "未满80周岁", "unmet": ["年满80周岁。"], "appeal": WAY}),),
        ("不予许可，原因是：未满80周岁（不符合：年满80周岁）", *TURN),
    ),
    Row(
        "refused, and asked to rate",
        ((E.DENIED, S.DENIED, {"reason": "未满80周岁", "appeal": WAY}), (E.RATING_INVITED, None, {})),
        ("原因是：未满80周岁。", *TURN),
    ),
    Row(
        "another organ's",
        (
            (
                E.NOT_ACCEPTED,
                S.NOT_ACCEPTED,
                {
                    "verdict": "不予受理",
                    "reason": "不属于本机关职权，请向市医保局申请",
                    "organ": "市医保局",
                    "appeal": WAY,
                },
            ),
        ),
        ("不予受理，原因是：不属于本机关职权。请向市医保局申请。", *TURN),
    ),
    Row(
        "to be paid",
        (
            GRANTED,
            (E.PAYMENT_REQUESTED, S.AWAITING_PAYMENT, {"amount_fen": 2000, "until": "2026-07-31T09:30:00.000+08:00"}),
        ),
        ("应缴费20.00元", "7月31日24时前", "12345"),
    ),
    Row(
        "to be fetched",
        (GRANTED, (E.READY_FOR_PICKUP, S.READY_FOR_PICKUP, {"address": "草市街2号", "hours": "工作日9:00至17:00"})),
        ("地点：草市街2号", "时间：工作日9:00至17:00", "有效证件"),
    ),
    Row("paid and done", (GRANTED, DELIVERED), ("“高龄津贴发放”已送达",), "注销"),
    Row("revoked since", (GRANTED, DELIVERED, REVOKED), ("老年人优待证已注销，不再有效，原因是：重复发证", *TURN)),
    Row("revoked, put away", (GRANTED, DELIVERED, REVOKED, (E.CLOSED, S.CLOSED, {})), ("已注销，不再有效",), "归档"),
    Row(
        "given anew",
        (GRANTED, DELIVERED, REVOKED, (E.CERTIFICATE_REISSUED, None, {"result": "老年人优待证"})),
        ("已换发", "旧证不再有效"),
        "注销",
    ),
    Row(
        "void",
        (GRANTED, (E.VOIDED, S.VOID, {"reason": "录入错误", "appeal": WAY})),
        ("已作废，原因是：录入错误", *TURN),
    ),
    Row(
        "forwarded",
        ((E.TRANSFERRED, S.CLOSED, {"organ": "省民政厅"}),),
        ("已转报省民政厅审查决定", "向该机关查询"),
        "归档",
    ),
    Row(
        "returned", ((E.CORRECTION_REQUESTED, S.CORRECTION, {}), (E.RETURNED, S.RETURNED, {})), ("逾期未补正，已退件",)
    ),
    Row(
        "never paid",
        (GRANTED, (E.PAYMENT_REQUESTED, S.AWAITING_PAYMENT, {"amount_fen": 1}), (E.PAYMENT_LAPSED, S.LAPSED, {})),
        ("逾期未缴费，办件终止",),
        "0.01",
    ),
]
ASKS = {"sms": ("进度",), "wechat": ("CX {}", "0019"), "ivr": ("", "2")}


def after(row: Row) -> tuple[World, str]:
    world = World()
    number = world.file()
    for name, to, data in row.happens:
        world.cases.record(world.cases.head(number), Event(name, "", world.now, data=data), to)
    return world, number


@pytest.mark.parametrize("channel", ASKS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_state_says_what_matters_of_it(row: Row, channel: str) -> None:
    world, number = after(row)
    reply = world.talk(*(each.format(number) for each in ASKS[channel]), channel=channel, conversation="asking")
    assert all(words in reply.text for words in row.hears), reply.text
    assert row.never not in reply.text and ID not in reply.text and PHONE not in reply.text
    assert "{" not in reply.text and "http" not in reply.text
    if channel == "sms":
        assert segments("【蓉易办】" + reply.text) <= 3, len(reply.text)
    if channel == "ivr":
        assert reply.ask and "0" in reply.ask.choices and speech.spoken(reply.text)


@pytest.mark.parametrize("channel", ASKS)
def test_without_proof_nothing_is_told(channel: str) -> None:
    world, number = after(ROWS[1])
    said = ("", "2", number) if channel == "ivr" else (f"CX {number}",)
    reply = world.talk(*said, channel=channel, sender="tel:13900005678", conversation="stranger")
    assert "后四位" in reply.text and "许可" not in reply.text and "周岁" not in reply.text


def test_numbers_of_people_in_what_an_office_wrote_are_masked() -> None:
    reason = f"{ID}的配偶（{PHONE}）已享受"
    world, number = after(Row("", ((E.DENIED, S.DENIED, {"reason": reason}),), ()))
    told = world.talk(f"CX {number}", "0019", sender="tel:13900005678").text
    assert "已享受" in told and ID not in told and PHONE not in told
    listed = world.talk("进度").text
    assert ID not in listed and PHONE not in listed
