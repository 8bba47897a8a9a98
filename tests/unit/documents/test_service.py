"""Documents are made once, keep what proves them unchanged, and are opened by who may."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from chalicelib.documents.model import key
from chalicelib.documents.service import sm3
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden, NotFound
from chalicelib.vocabulary.events import DOCUMENTS, EventName
from tests.unit.decided import OWNER
from tests.unit.documents.fakes import Office, read
from tests.unit.samples import NOW, clerk

LARGEST = 150_000


@pytest.mark.parametrize("event", DOCUMENTS)
def test_each_act_has_its_document(event: EventName) -> None:
    office = Office()
    row, file = office.make(event)
    content, data = office.shelf.kept[row.data["place"]][-1], row.data
    text = read(file)
    assert all(
        each in text for each in ("张三丰", office.made.case_no, data["title"], data["document_no"], "2026年7月1日")
    )
    assert (data["sha256"], data["sm3"]) == (hashlib.sha256(content).hexdigest(), sm3(content))
    assert data["size"] == len(content) <= LARGEST and data["version"] == "v1"
    assert data["kind"] == event and file.metadata is not None and file.metadata.title == data["title"]


def test_a_receipt_of_payment_says_what_was_paid_for_how_much_in_words_and_how() -> None:
    _, file = Office().make(EventName.PAID)
    text = read(file)
    assert (
        "缴费80.00元（大写：捌拾元整）" in text and "工本费：30.00元×3本，计90.00元（发改价格规〔2016〕2559号）" in text
    )
    assert "困难减免，减10.00元（川价发〔2016〕1号，凭低保证）" in text
    assert "市城管委，现金" in text and "票据号：0012345" in text and "交易号" not in text
    _, file = Office().make(EventName.PAID, way="online", receipt_no="", by="微信支付", reductions=[])
    text = read(file)
    assert "交易号：4200001" in text and "票据号" not in text and "减免" not in text


def test_a_bill_on_paper_says_how_it_was_counted_and_until_when() -> None:
    _, file = Office().make(EventName.PAYMENT_REQUESTED)
    text = read(file)
    assert "应当缴费80.00元（大写：捌拾元整）" in text and "30.00元×3本，计90.00元" in text
    assert "请在2026年7月31日24时前" in text and "草市街2号，工作日9:00至17:00" in text


def test_a_receipt_of_filing_says_what_it_will_cost() -> None:
    _, file = Office().make(EventName.SUBMITTED)
    assert "准予后应当缴费80.00元：1. 工本费：80.00元（发改价格规〔2016〕2559号）" in read(file)
    _, file = Office(fee=None).make(EventName.SUBMITTED)
    assert "缴费" not in read(file)


def test_sm3_is_that_of_gb_t_32905() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_what_was_decided_stands_in_it() -> None:
    _, file = Office(task_type="01").make(EventName.DENIED)
    text = read(file)
    assert (
        "不予行政许可决定书" in text
        and "不符合《成都市市容和环境卫生管理条例》第二十三条的规定。" in text
        and "。。" not in text
    )
    assert "年满十八周岁" in text and "六十日内" in text and "六个月内" in text


def test_it_says_the_day_as_it_was_when_it_was_promised() -> None:
    office = Office()
    number = office.act(EventName.ACCEPTED)
    case = office.made.case
    clock = case.clock.accept(NOW.date()).pause("suspension", NOW.date()).resume("suspension", date(2026, 7, 20))
    office.made.cases.amend(case, clock=clock)
    office.documents.make(office.made.case_no, number)
    assert "承诺办结日期：2026年7月8日" in read(
        PdfReader(BytesIO(office.shelf.kept[f"documents/{case.case_no}/{number:06d}.pdf"][0]))
    )


def test_it_is_made_once_and_by_one_of_two() -> None:
    office = Office()
    row, _ = office.make(EventName.SUBMITTED)
    office.documents.make(office.made.case_no, 1)
    assert len(office.shelf.kept[row.data["place"]]) == 1
    kept = office.made.cases.keep

    def late(_: Any) -> None:
        raise Conflict("变化", code="changed_meanwhile")

    number = office.act(EventName.ACCEPTED)
    office.made.cases.keep = late  # type: ignore[method-assign,assignment]
    office.documents.make(office.made.case_no, number)
    office.made.cases.keep = kept  # type: ignore[method-assign]
    assert office.made.cases.row(office.made.case_no, key(number)) is None


def test_where_the_bucket_is_down_nothing_is_kept_and_it_is_made_later() -> None:
    office = Office()
    office.shelf.down = OSError()
    with pytest.raises(OSError):
        office.documents.make(office.made.case_no, 1)
    assert office.made.cases.row(office.made.case_no, key(1)) is None
    office.shelf.down = None
    office.documents.make(office.made.case_no, 1)
    assert office.made.row(key(1)).data["version"] == "v1"


def test_the_same_content_gives_the_same_bytes() -> None:
    one, other = (Office() for _ in range(2))
    assert one.make(EventName.GRANTED)[0].data == other.make(EventName.GRANTED)[0].data


def test_who_filed_opens_them_and_a_stranger_does_not_know_them() -> None:
    office = Office()
    row, _ = office.make(EventName.SUBMITTED)
    (listed,) = office.documents.listed(office.made.case_no, Session(OWNER, "wechat"), NOW)["documents"]
    assert listed["document_no"] == row.data["document_no"] and listed["expires_at"] == "2026-07-01T09:45:00.000+08:00"
    assert listed["url"].startswith(f"https://s3.example/{row.data['place']}?v1&inline; filename*=UTF-8''%E6%94%B6")
    with pytest.raises(NotFound):
        office.documents.listed(office.made.case_no, Session("wx:oStranger", "wechat"), NOW)
    with pytest.raises(Forbidden):
        office.documents.listed(office.made.case_no, clerk("孙立", "gaj", "approver"), NOW)
    assert not office.audits.notes


TEXT = st.text(max_size=300)


@settings(max_examples=30)
@given(event=st.sampled_from(sorted(DOCUMENTS)), words=TEXT, many=st.lists(TEXT, max_size=40), by=TEXT)
def test_whatever_was_said_can_be_set(event: str, words: str, many: list[str], by: str) -> None:
    office = Office()
    told = {"reason": words, "opinion": words, "waybill": words, "missing": [{"text": each} for each in many]}
    row, file = office.make(EventName(event), by=by, **told)
    assert len(file.pages) >= 1 and row.data["size"] <= LARGEST
    assert "张三丰" in read(file) and row.data["title"] in read(file)
