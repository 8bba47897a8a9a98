"""Dates a board is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.model import Change
from chalicelib.catalogue.model import Service, Summary
from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput, NotFound
from chalicelib.supervision.service import Figures
from chalicelib.vocabulary import figures
from chalicelib.vocabulary.events import EventName
from infra import contract
from tests.unit.samples import NOW, service


class Services:
    """A service of 市城管委, and none other."""

    def get(self, code: str) -> Service:
        if code != "s":
            raise NotFound("没有这个事项")
        return service("s", department="cgw")

    def list(self) -> list[Summary]:
        return [self.get("s").summarised()]


class NoDays:
    def add(self, batch: str, days: Any, now: Any) -> None:
        raise AssertionError

    def read(self, days: Sequence[str]) -> list[dict[str, int]]:
        return [{"received": 1} for _ in days]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2026-02-30", None, "from"),
        (None, "0001-01-01", "to"),
        ("0001-01-01", "0001-01-02", "from"),
        ("2026-07-01", "2026-06-01", "from"),
        ("2026-01-01", "2026-07-01", "from"),
        ("２０２６-01-01", None, "from"),
    ],
)
def test_a_period_that_is_none_is_refused(start: str | None, end: str | None, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Figures(NoDays(), Services()).board(start, end, NOW)
    assert refused.value.fields[0].path == field


def test_the_board_shows_what_its_document_says() -> None:
    shown = contract.document()["components"]["schemas"]["Board"]
    board = Figures(NoDays(), Services()).board(None, None, NOW)
    assert set(shown["required"]) == set(shown["properties"]) == set(board) >= set(figures.NAMES) == set(figures.Figure)


def test_the_last_thirty_days() -> None:
    assert Figures(NoDays(), Services()).board(None, None, NOW)["received"] == 30


class Sums:
    """Days in memory: what is added once stays once."""

    def __init__(self) -> None:
        self.batches: dict[str, Any] = {}

    def add(self, batch: str, days: Any, now: Any) -> None:
        self.batches.setdefault(batch, {day: dict(figures) for day, figures in days.items()})

    def read(self, days: Sequence[str]) -> list[dict[str, int]]:
        return [figures for batch in self.batches.values() for day, figures in batch.items() if day in days]


def test_a_batch_is_one_write_a_day_and_counts_once() -> None:
    sums = Sums()
    heads = [
        Change(
            str(number),
            {},
            {"case_no": f"{number:012d}", "sk": "case", "received_at": clock.iso(NOW), "channel": "sms"},
        )
        for number in range(5)
    ]
    other = Change("9", {}, {"case_no": "1", "sk": "notice#000002"})
    for _ in range(2):
        Figures(sums, Services()).count([*heads, other])
    Figures(sums, Services()).count([other])
    assert list(sums.batches.values()) == [{NOW.date().isoformat(): {"received": 5, "channel_sms": 5}}]
    assert Figures(sums, Services()).board(None, None, NOW)["received"] == 5


@pytest.mark.parametrize(
    "data",
    [
        "no JSON",
        "[]",
        '{"name": "unheard_of"}',
        '{"name": "rated", "at": "2026-06-01T09:00:00.000+08:00", "data": {}}',
        '{"name": "accepted", "data": 3}',
    ],
)
def test_what_cannot_be_read_holds_up_no_other(data: str) -> None:
    sums = Sums()
    bad = Change("1", {}, {"case_no": "1", "sk": "event#000002", "data": data})
    head = {"case_no": "2", "sk": "case", "received_at": clock.iso(NOW), "channel": "sms"}
    Figures(sums, Services()).count([bad, Change("2", {}, head)])
    assert Figures(sums, Services()).board(None, None, NOW)["received"] == 1


def rated(case: int, event: EventName, code: str = "s", **facts: Any) -> Change:
    data = {"name": str(event), "at": clock.iso(NOW), "data": facts, "service": code}
    return Change(str(case), {}, {"case_no": str(case), "sk": "event#000009", "data": json.dumps(data)})


def test_each_indicator_says_both_sides_of_its_fraction_for_the_city_and_for_each_department() -> None:
    """国办发〔2019〕51号: 主动评价率、满意率、差评率、差评按期整改率、回访率."""
    sums = Sums()
    day: dict[str, Any] = {"opened_on": NOW.date().isoformat(), "cycle": 1, "named": True}
    happenings = [
        *(rated(n, EventName.DELIVERED) for n in range(8)),
        rated(10, EventName.DELIVERED, "gone"),
        *(rated(20 + n, EventName.RATED, level=5, number=1) for n in range(2)),
        *(rated(30 + n, EventName.RATED, level=1, number=1, opens=True) for n in range(3)),
        rated(34, EventName.RATED, level=1, number=2, opens=True),
        rated(40, EventName.RATING_INVALIDATED, level=1, number=1, counted=True, **day),
        *(rated(50 + n, EventName.RECTIFIED, on_time=n == 0, **day) for n in range(2)),
        rated(60, EventName.RATING_REVISITED, **day),
    ]
    Figures(sums, Services()).count(happenings)
    board = Figures(sums, Services()).board(None, None, NOW)
    shown = {each["code"]: (each["above"], each["of"], each["rate"]) for each in board["indicators"]}
    assert shown == {
        "participation": (4, 9, 0.4444),
        "satisfaction": (2, 4, 0.5),
        "dissatisfaction": (2, 4, 0.5),
        "rectification": (1, 3, 0.3333),
        "revisit": (1, 2, 0.5),
    }
    (cgw,) = board["by_department"]
    assert (cgw["department"], cgw["name"]) == ("cgw", "市城管委")
    assert {each["code"]: each["of"] for each in cgw["indicators"]}["participation"] == 8
    levels = board["satisfaction"]
    assert levels["levels"]["1"] == 2 and levels["invalidated"] == 1 and levels["rated"] == 4


def test_what_is_taken_out_is_taken_out_of_the_day_it_counted_on() -> None:
    sums, before = Sums(), (NOW - timedelta(days=60)).date().isoformat()
    Figures(sums, Services()).count(
        [rated(1, EventName.RATING_INVALIDATED, level=1, number=1, counted=True, counted_on=before)]
    )
    board = Figures(sums, Services()).board(None, None, NOW)
    assert board["satisfaction"]["rated"] == 0 and board["satisfaction"]["invalidated"] == 0
