"""The way to appeal: organ, court, and the last days of who receives a decision on the day it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chalicelib.cases.appeals import appeal
from tests.unit.samples import service

OURS = service().departments["cgw"]


def test_article_20_sixty_days_to_ask_for_reconsideration_and_article_46_six_months_to_sue() -> None:
    way = appeal(replace(OURS, reviewed_by="成都市人民政府", court="某某人民法院"), date(2026, 3, 2))
    assert way.told() == {
        "appeal": {
            "reviewed_by": "成都市人民政府",
            "court": "某某人民法院",
            "received": "2026-03-02",
            "reconsider_by": "2026-05-06",  # 5月1日, a holiday
            "sue_by": "2026-09-02",
            "provisional": False,
            "said": way.said(),
        }
    }
    assert way.said() == (
        "如不服，可以自收到决定之日起60日内向成都市人民政府申请行政复议，或者6个月内向某某人民法院提起行政诉讼；"
        "2026年3月2日收到的，最后一日分别是2026年5月6日、2026年9月2日"
    )


def test_what_is_not_known_is_said_as_the_law_says_it_and_what_is_provisional_is_said_to_be() -> None:
    way = appeal(OURS, date(2026, 7, 1))
    assert (way.reviewed_by, way.court) == ("本级人民政府", "有管辖权的人民法院")
    assert way.said().endswith("2026年8月31日、2027年1月4日（以国务院公布的放假安排为准）")
    assert way.told()["appeal"]["provisional"] is True


def test_that_days_are_provisional_is_said_once() -> None:
    way = appeal(OURS, date(2026, 12, 1))
    assert way.reconsider_by.provisional and way.sue_by.provisional
    assert (
        way.said().endswith("2027年2月1日、2027年6月1日（以国务院公布的放假安排为准）") and way.said().count("（") == 1
    )
