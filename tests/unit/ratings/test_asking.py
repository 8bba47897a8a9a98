"""When a rating is asked for, and when not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.ratings import parts
from chalicelib.vocabulary.periods import RATING_WINDOW
from chalicelib.vocabulary.statuses import Status
from tests.unit.ratings.pad import Pad
from tests.unit.samples import NOW


@pytest.mark.parametrize("status", [Status.DENIED, Status.NOT_ACCEPTED])
def test_after_a_no_he_is_asked_on_another_day_in_the_morning_and_only_once(status: Status) -> None:
    pad = Pad(status, invited=False)
    assert parts.CAPABILITY.can and parts.CAPABILITY.can(pad.file) == [], "not with the no"
    for _ in range(2):
        pad.asking.invite(pad.case_no, NOW)
    assert "rating_invited" not in pad.events and pad.case.due == "2026-07-02T09:00:00.000+08:00"
    assert pad.asking.ask_due(NOW + timedelta(hours=20)) == 0
    assert pad.asking.ask_due(NOW + timedelta(days=1)) == 1 and pad.events.count("rating_invited") == 1
    assert pad.case.desk is None and pad.asking.ask_due(NOW + timedelta(days=2)) == 0
    assert parts.CAPABILITY.can(pad.file) == ["rate"]


def test_who_rated_before_he_was_asked_is_not_asked() -> None:
    pad = Pad(Status.DENIED, invited=False)
    pad.asking.invite(pad.case_no, NOW)
    pad.rate(3)
    assert pad.asking.ask_due(NOW + timedelta(days=1)) == 1 and "rating_invited" not in pad.events
    assert "rate_until" in pad.case.facts and pad.case.desk is None


def test_what_is_no_no_is_asked_at_once() -> None:
    pad = Pad(Status.SUBMITTED, invited=False)
    pad.move(Status.CLOSED)  # 转报
    pad.asking.invite(pad.case_no, NOW)
    assert "rating_invited" in pad.events


@pytest.mark.parametrize("rated", [True, False])
def test_a_delivered_case_closes_when_the_window_is_over_and_not_before(rated: bool) -> None:
    pad = Pad()
    if rated:
        pad.rate()
    end = NOW + RATING_WINDOW
    assert pad.asking.close_due(end - timedelta(seconds=1)) == 0 and pad.at(Status.DELIVERED)
    assert pad.asking.close_due(end) == 1 and pad.at(Status.CLOSED)
    assert pad.asking.close_due(end) == 0 and pad.events.count("closed") == 1


@pytest.mark.parametrize("status", [Status.DENIED, Status.NOT_ACCEPTED])
def test_what_was_denied_keeps_its_status(status: Status) -> None:
    pad = Pad(status)
    assert pad.asking.close_due(NOW + 2 * RATING_WINDOW) == 0 and pad.at(status) and pad.case.desk is None
