"""Time as people read it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.kernel import clock


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1秒"),
        (40, "40秒"),
        (61, "2分钟"),
        (1800, "30分钟"),
        (3600, "60分钟"),
        (3601, "2小时"),
        (86400, "24小时"),
        (86401, "2天"),
    ],
)
def test_how_long(seconds: int, words: str) -> None:
    assert clock.lasting(timedelta(seconds=seconds)) == words


def test_a_day() -> None:
    assert (clock.day(date(2026, 7, 1)), clock.long_day(date(2026, 12, 31))) == ("7月1日", "2026年12月31日")
