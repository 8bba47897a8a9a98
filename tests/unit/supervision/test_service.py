"""Dates a board is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.cases.model import Change
from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput
from chalicelib.supervision.service import Figures
from chalicelib.vocabulary import figures
from infra import contract
from tests.unit.samples import NOW


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
        Figures(NoDays()).board(start, end, NOW)
    assert refused.value.fields[0].path == field


def test_the_board_shows_what_its_document_says() -> None:
    shown = contract.document()["components"]["schemas"]["Board"]
    board = Figures(NoDays()).board(None, None, NOW)
    assert set(shown["required"]) == set(shown["properties"]) == set(board) >= set(figures.NAMES) == set(figures.Figure)


def test_the_last_thirty_days() -> None:
    assert Figures(NoDays()).board(None, None, NOW)["received"] == 30


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
        Figures(sums).count([*heads, other])
    Figures(sums).count([other])
    assert list(sums.batches.values()) == [{NOW.date().isoformat(): {"received": 5, "channel_sms": 5}}]
    assert Figures(sums).board(None, None, NOW)["received"] == 5


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
    Figures(sums).count([bad, Change("2", {}, head)])
    assert Figures(sums).board(None, None, NOW)["received"] == 1
