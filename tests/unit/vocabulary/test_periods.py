"""How long things take: one place, whole, and counted as the name says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.vocabulary import periods

ALL: dict[str, Any] = {name: value for name, value in vars(periods).items() if name.isupper()}
LAW = {"PICKUP_WORKDAYS": 10}  # 《行政许可法》第44条
CITY = {
    "CORRECTION_WORKDAYS": 15,
    "RECTIFICATION_WORKDAYS": 15,
    "REFUND_WORKDAYS": 5,
    "RATING_WINDOW": timedelta(days=15),
    "BILL_LIFE": timedelta(days=30),
    "CITIZEN_SESSION": timedelta(days=7),
    "STAFF_SESSION": timedelta(hours=8),
    "ONE_TIME_CODE": timedelta(minutes=5),
    "STATUS_LOCK": timedelta(minutes=30),
}


@pytest.mark.parametrize("name", ALL)
def test_working_days_are_counted_calendar_time_is_measured(name: str) -> None:
    value = ALL[name]
    if name.endswith("_WORKDAYS"):
        assert type(value) is int and value > 0
    else:
        assert isinstance(value, timedelta) and value.total_seconds() >= 60 and value.microseconds == 0


def test_they_are_what_was_promised() -> None:
    assert {**LAW, **CITY} == ALL
