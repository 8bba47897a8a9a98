"""What papers say, word for word, over every service of the city: nothing that is not so."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases.model import Event
from chalicelib.catalogue.model import Service
from chalicelib.documents.model import template
from chalicelib.vocabulary.codes import LICENCE
from chalicelib.vocabulary.events import DOCUMENTS, EventName
from tests.unit.documents.filed import SERVICES, Filed
from tests.unit.s3 import S3
from tests.unit.samples import NOW, clerk


@pytest.mark.parametrize("code", SERVICES)
def test_a_receipt_lists_what_was_handed_in_as_the_service_names_it(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Filed(SERVICES[code], S3(monkeypatch)).said(EventName.SUBMITTED)
    own = [each.name for each in SERVICES[code].materials if each.source == "self"]
    listed = [text for text in said if text[:1].isdigit()][: len(own)]  # what it will cost is listed after them
    assert listed == [f"{place}. {name}" for place, name in enumerate(own, 1)]
    assert ("已收到的申请材料：" in said) is bool(own)


@pytest.mark.parametrize("code", [code for code, each in SERVICES.items() if each.stages[0].kind == "acceptance"])
@pytest.mark.parametrize("event", [EventName.ACCEPTED, EventName.NOT_ACCEPTED, EventName.CORRECTION_REQUESTED])
def test_what_a_window_accepts_or_not_is_in_the_name_of_the_department_in_charge(code: str, event: EventName) -> None:
    service = SERVICES[code]
    window, organ = service.departments["zwzx"], service.departments[service.department]
    paper = Filed(service).paper(event, window.name)
    said = [text for _, text in paper.body]
    assert (paper.signed[0], paper.mark) == (organ.name, organ.mark) and f"受理窗口：{window.name}" in said
    assert f"咨询电话：{organ.phone}" in said
    assert event is not EventName.NOT_ACCEPTED or any(f"向{organ.reviewed_by}申请行政复议" in text for text in said)


@pytest.mark.parametrize(
    ("code", "form", "ways"),
    [
        ("elder-card", {}, "小程序、网页、短信或者拨打12345查询"),
        ("elder-card", {"id_number": "51010419440101004X"}, "小程序、网页、短信或者拨打12345查询"),
        ("road-occupation", {"credit_code": "91510100MA6C12345G"}, "小程序、网页或者短信查询"),
    ],
)
def test_a_receipt_sends_nobody_to_the_telephone_who_cannot_key_his_number(
    code: str, form: dict[str, Any], ways: str
) -> None:
    said = Filed(SERVICES[code], form=form).said(EventName.SUBMITTED)
    assert f"凭办件查询码和申请人证件号码后四位，可以通过{ways}办理进度。" in said


def test_the_market_regulator_grants_its_own_licence_and_not_the_opinion_of_the_fire_brigade() -> None:
    """《消防法》第15条: whether a place may open is the fire brigade's own act."""
    service = SERVICES["restaurant-opening"]
    assert "办理结果：食品经营许可证" in Filed(service).said(EventName.GRANTED, "成都市市场监督管理局")
    assert "由消防救援机构作出并送达" in service.note and any("消防救援机构送达" in step for step in service.process)


def test_a_paper_sends_to_his_page_only_who_can_read_there_what_was_put_right() -> None:
    agent = {"name": "王小五", "id_number": "510104199001010019", "phone": "13800005678"}
    filed = Filed(SERVICES["elder-card"]), Filed(SERVICES["elder-card"], agent=agent)
    for by, who in zip(filed, ("提交申请的人", "提交申请的人或代办人"), strict=True):
        said = f"更正后的内容，{who}可以登录后在“我的办件”中查看。对更正有异议的，请与我们联系。"
        assert said in by.said(EventName.REVISED)
    assert "对更正有异议的，请与我们联系。" in Filed(SERVICES["elder-card"], who=clerk()).said(EventName.REVISED)


def test_what_gave_no_certificate_delivered_none() -> None:
    for data, there in (({"result": "证"}, False), ({"result": "证", "certificate_no": "1234567890123459"}, True)):
        body = Filed(SERVICES["hygiene-licence"]).of(Event(EventName.DELIVERED, "", NOW, data=data)).body
        assert (("paragraph", "送达内容：公共场所卫生许可证") in body) is there


KINDS: list[tuple[EventName, dict[str, Any]]] = [
    *((event, {}) for event in DOCUMENTS),
    (EventName.ACCEPTED, {"deemed": True}),
    (EventName.NOT_ACCEPTED, {"verdict": "不受理"}),
    (EventName.VOIDED, {"undone": "不予受理"}),
    (EventName.VOIDED, {"undone": ""}),
]
"""Every document, and what it may say otherwise."""


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_a_paper_cites_the_licensing_law_for_licences_alone_and_its_own_law_for_the_result_alone(
    service: Service,
) -> None:
    """《行政许可法》第2条: it is about licences. What a 给付 or 登记 rests on says nothing of receipts, days and supplements."""
    filed = Filed(service)
    for event, data in KINDS:
        for text in filed.said(event, **data):
            assert text.startswith("办理依据：") or not any(basis in text for basis in service.legal_basis), text
            assert service.task_type == LICENCE or "行政许可" not in text.replace("、".join(service.legal_basis), ""), (
                text
            )
            assert not set("[]{}") & set(text) and not any(
                twice in text for twice in ("，，", "。。", "，。", "：。")
            ), text


@pytest.mark.parametrize("event", DOCUMENTS)
def test_a_paper_for_a_licence_names_the_articles_that_want_it(event: EventName) -> None:
    assert any(template(event).law in text for text in Filed(SERVICES["road-occupation"]).said(event))


def test_articles_69_and_70_are_of_a_licence_that_was_granted() -> None:
    licence = Filed(SERVICES["hygiene-licence"])
    said = {undone: "".join(licence.said(EventName.VOIDED, undone=undone)) for undone in ("准予", "不予受理", "")}
    assert "此前作出的准予决定同时撤销，依据：《中华人民共和国行政许可法》第六十九条、第七十条。" in said["准予"]
    assert "此前作出的不予受理决定同时撤销。" in said["不予受理"] and "第六十九条" not in said["不予受理"] + said[""]
