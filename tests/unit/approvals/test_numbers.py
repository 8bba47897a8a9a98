"""The official number of a case (办件编号, docs/domain.md §1.2 编码): 实施编码, the day, the serial of that day."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.approvals.numbers import Numbers
from tests.unit.samples import NOW, service

CODE = "11310000MB2F30661Y2312003564000"


class Serials:
    """Counters in memory; a name's first number is `first`."""

    def __init__(self, first: int = 1) -> None:
        self.counts, self.first = Counter[str](), first

    def next(self, name: str) -> int:
        self.counts[name] += 1
        return self.counts[name] - 1 + self.first


@pytest.mark.parametrize(("serial", "number", "long"), [(68, "0068", 43), (9999, "9999", 43), (10_000, "10000", 44)])
def test_it_has_forty_three_characters_and_grows_beyond_a_days_9999(serial: int, number: str, long: int) -> None:
    given = Numbers(Serials(serial)).official(service(task_code=CODE), NOW)
    assert given == f"{CODE}20260701{number}" and len(given) == long <= 50  # GB/T 39046: an..50


def test_each_service_and_each_day_begins_anew() -> None:
    numbers, other = Numbers(Serials()), service(task_code=CODE)
    days = [NOW, NOW, NOW.replace(day=2)]
    assert [numbers.official(service("stall"), day)[-4:] for day in days] == ["0001", "0002", "0001"]
    assert numbers.official(other, NOW)[-4:] == "0001"
    assert numbers.official(service("stall"), NOW).startswith("STALL20260701"), (
        "one without 实施编码 goes by its own code"
    )
