"""What people are told is kept: words that promise what nothing here does stand in no text, and words to reply are understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.catalogue.loader import load
from chalicelib.catalogue.model import Service
from chalicelib.dialogue.words import hear
from chalicelib.vocabulary.events import EVENTS, EventName
from chalicelib.vocabulary.events.meanings import Message
from tests.unit.docs.test_citations import ROOT

READ = [
    *(each for each in ROOT.glob("services/*.yaml") if each.name != "departments.yaml"),
    *ROOT.glob("chalicelib/vocabulary/events/*.py"),
    *ROOT.glob("chalicelib/documents/templates/*.toml"),
    *ROOT.glob("chalicelib/*/texts.py"),
    ROOT / "chalicelib/ratings/rules.py",
    *ROOT.glob("channels/*.py"),
    *ROOT.glob("web/*/src/**/*.ts*"),
    *ROOT.glob("web/verify/*"),
]
"""Where what citizens and clerks read is written."""
UNKEPT = {
    "样本": "no sample is handed out",
    "推送": "nothing is sent beside notices of the case",
    "多退少补": "a fee is the one that was published",
    "短信告知": "a notice may go by WeChat",
    "预约": "there are no appointments",
    "人口信息库中取得": "no picture is taken from there",
}
"""What no act, notice or page keeps, and why; whoever builds it takes its line out."""
TOLD: dict[str, Callable[[Service], bool]] = {
    "邮寄|快递": lambda service: "courier" in service.delivery,
    "到窗口领取|自取": lambda service: "pickup" in service.delivery,
    "电子证照送达|电子优待证": lambda service: "electronic" in service.delivery and service.result.certified,
    "在线缴纳|缴工本费|缴占道费|缴纳登记费": lambda service: service.fee is not None,
    "不收费": lambda service: service.fee is None,
    "免收": lambda service: service.fee is None or bool(service.fee.exemptions),
    "用现金": lambda service: service.fee is not None and service.fee.counter is not None,
    "电话按键": lambda service: "ivr" in service.channels,
}
"""What a service's guide says, and what of the service keeps it."""
REPLY = re.compile(r"回复“([^”{]+)”|“([^”{]+)”(?=退出)")


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_promised_that_nobody_keeps(path: Path) -> None:
    text = path.read_text("utf-8")
    assert {word: why for word, why in UNKEPT.items() if word in text} == {}


@pytest.mark.parametrize("service", load(ROOT / "services"), ids=lambda service: service.code)
def test_what_a_guide_says_of_the_way_the_service_has(service: Service) -> None:
    said = "；".join(
        (service.summary, service.note, *service.process, *(f"{q.ask}{q.answer}" for q in service.questions))
    )
    assert [words for words, keeps in TOLD.items() if re.search(words, said) and not keeps(service)] == []


def test_every_word_people_are_asked_to_reply_is_understood() -> None:
    found = {one or other for path in READ for one, other in REPLY.findall(path.read_text("utf-8"))}
    assert {"订阅", "评价", "进度", "取消"} <= found
    assert {word for word in found if not hear(word.replace("办件号", "510123456789")).command} == set()


def test_who_opted_out_still_gets_what_he_was_told_he_would() -> None:
    """法定通知和缴费、领取通知仍会发短信 (`dialogue.texts.STOPPED`)."""
    still = {event for event, row in EVENTS.items() if isinstance(row.tells, Message) and row.tells.required}
    law = {EventName.NOT_ACCEPTED, EventName.CORRECTION_REQUESTED, EventName.SUSPENDED, EventName.EXTENDED}
    law |= {EventName.GRANTED, EventName.DENIED}
    assert law | {EventName.PAYMENT_REQUESTED, EventName.READY_FOR_PICKUP} <= still
