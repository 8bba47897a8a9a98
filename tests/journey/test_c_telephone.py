"""(c) Telephone alone: file, status with PIN, rate."""

from __future__ import annotations

import re
from typing import Any

from tests.journey.city import City

PHONE, ID = City.phone(), "510105194209120026"


class Call:
    """One telephone call, walked through the VoiceXML that is really served."""

    def __init__(self, city: City, caller: str) -> None:
        self.city = city
        answer = city.call("POST", "/sandbox/calls", json={"caller": caller}, expect=(200, 201))
        self.id, self.said = answer["call_id"], answer["says"]

    def press(self, keys: str) -> Any:
        answer = self.city.call("POST", f"/sandbox/calls/{self.id}", json={"keys": keys}, expect=(200, 201))
        self.said = answer["says"]
        return answer


def _digits(text: str) -> str:
    spoken = {
        "零": "0",
        "幺": "1",
        "一": "1",
        "二": "2",
        "三": "3",
        "四": "4",
        "五": "5",
        "六": "6",
        "七": "7",
        "八": "8",
        "九": "9",
    }
    return "".join(spoken.get(each, each) for each in text if each in spoken or each.isdigit())


def test_by_telephone_alone(city: City) -> None:
    call = Call(city, PHONE)
    assert "办事请按1" in call.said and "人工请按0" in call.said
    call.press("1")
    assert "高龄津贴请按1" in call.said
    call.press("1")
    call.press(ID)
    call.press("1")
    call.press("6222020000001234567")
    assert "尾号0026" in call.said and ID not in call.said
    call.press("1")
    spoken = re.search(r"办件号(.+?)，预计", call.said)
    assert spoken, call.said
    number = _digits(spoken.group(1))
    assert len(number) == 12

    city.decide("zwzx", "clerk", number)
    city.decide("mzj", "approver", number)
    me = city.sms_session(PHONE)
    city.status(me, number, "delivered")

    other = Call(city, City.phone())
    other.press("2")
    other.press(number)
    assert "后四位" in other.said
    other.press("9999")
    assert "已送达" not in other.said
    other.press("0026")
    assert "已送达" in other.said and "王" not in other.said

    mine = Call(city, PHONE)
    mine.press("2")
    assert "评价请按3" in mine.said
    mine.press("3")
    mine.press("5")
    assert "谢" in mine.said
    case = city.case(me, number)
    assert case["rating"]["levels"] == [5] and case["channel"] == "ivr"


def test_zero_is_a_person_and_silence_is_patient(city: City) -> None:
    call = Call(city, City.phone())
    assert call.press("")["ended"] is False and "请按1" in call.said
    answer = call.press("0")
    assert answer["ended"] and answer.get("transferred")
