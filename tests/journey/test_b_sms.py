"""(b) SMS alone, from the first word to the rating."""

from __future__ import annotations

import re

from tests.journey.city import City

PHONE, ID = City.phone(), "510105194209120026"


def _file(city: City, phone: str) -> str:
    assert "办事" in city.text(phone, "你好")
    assert "老年人优待证" in city.text(phone, "办事")
    assert "身份证" in city.text(phone, "老年人优待证")
    assert "身份证号码不正确" in city.text(phone, ID[:-1] + "7")
    assert "户籍" in city.text(phone, ID)
    assert "名字" in city.text(phone, "1")
    review = city.text(phone, "王桂芳")
    assert "请核对" in review and ID not in review
    receipt = city.text(phone, "1")
    found = re.search(r"办件号(\d{12})", receipt)
    assert found, receipt
    return found.group(1)


def test_by_sms_alone(city: City) -> None:
    number = _file(city, PHONE)
    assert "已收件" in city.text(PHONE, "进度")
    city.heard(PHONE, number)

    city.decide("mzj", "approver", number)
    city.heard(PHONE, "5非常满意")
    assert "已送达" in city.text(PHONE, f"CX {number}")
    assert "谢" in city.text(PHONE, "5")
    assert "5" not in city.text(PHONE, "5")[:2]

    me = city.sms_session(PHONE)
    case = city.case(me, number)
    assert case["rating"]["levels"] == [5] and case["channel"] == "sms" and case["status"] == "delivered"
    assert case["form"] == {"id_number": ID, "household": "local", "name": "王桂芳"}


def test_sms_and_miniprogram_make_the_same_record(city: City) -> None:
    phone = City.phone()
    by_sms = city.case(city.sms_session(phone), _file(city, phone))
    me = city.wechat()
    form = {"id_number": ID, "household": "local", "name": "王桂芳"}
    by_app = city.case(me, city.apply(me, "elder-card", phone, form=form)["case_no"])
    own = {"case_no", "received_at", "channel", "timeline", "documents"}
    assert {name for name in by_sms if by_sms[name] != by_app[name]} <= own


def test_who_applied_by_sms_answers_a_supplement_by_sms_and_hears_there_why_it_is_no(city: City) -> None:
    phone, wrong, card = City.phone(), "6222020000009999999", "6222020000001234567"
    for said in ("高龄津贴", "510104193608150010", "1", wrong, "无"):
        city.text(phone, said)
    found = re.search(r"办件号(\d{12})", city.text(phone, "1"))
    assert found
    number = found.group(1)

    missing = [{"code": "bank_card", "text": "银行卡号：与领取人不一致"}]
    city.decide("zwzx", "clerk", number, "correct", missing=missing)
    (asked,) = city.heard(phone, "需补正")
    assert "银行卡号：与领取人不一致" in asked and "草市街2号" in asked and "回复“补正”" in asked
    told = city.text(phone, "进度")
    assert "待补正" in told and "草市街2号" in told and "可回复“补正”" in told
    assert "银行卡号" in city.text(phone, "补正")
    check = city.text(phone, card)
    assert "请核对" in check and card not in check
    city.text(phone, "1")
    for told in ("已补正材料，继续办理", "补交的材料已收到"):  # the answer and the notice, in whatever order
        city.heard(phone, told)
    case = city.status(city.sms_session(phone), number, "submitted")
    assert case["form"]["bank_card"] == card and case["timeline"][-1]["by"] == "申请人"

    city.decide("zwzx", "clerk", number)
    city.heard(phone, "已受理")
    city.decide("mzj", "approver", number, "reject", opinion="户口已经迁出本市", unmet=["具有成都市户籍"])
    city.heard(phone, "不予办理")
    told = city.text(phone, "进度")
    assert "评价" not in told, "nobody is asked how it was in the sentence that says no"
    assert "原因是：户口已经迁出本市（不符合：具有成都市户籍）" in told
    assert "成都市人民政府申请复议（最迟" in told and "起诉（最迟" in told


def test_a_stranger_needs_the_last_four(city: City) -> None:
    phone, stranger = City.phone(), City.phone()
    number = _file(city, phone)
    assert "后四位" in city.text(stranger, f"CX {number}")
    assert "核对" in city.text(stranger, "9999")
    assert "已收件" in city.text(stranger, "0026")


def test_unknown_words_get_help_and_zero_gets_a_person(city: City) -> None:
    phone = City.phone()
    assert "办事" in city.text(phone, "今天天气不错")
    assert "12345" in city.text(phone, "人工")
    assert "12345" in city.text(phone, "0")
