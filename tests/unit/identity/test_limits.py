"""How often something may be done."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity import limits
from chalicelib.kernel.errors import TooMany
from tests.unit.memory import MemoryExpiring
from tests.unit.samples import NOW


@given(st.lists(st.integers(0, 4000), max_size=30))
def test_no_window_ever_holds_more_than_its_limit(gaps: list[int]) -> None:
    expiring, now, taken = MemoryExpiring(), NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        try:
            limits.take(expiring, "k", ((1, 60), (5, 3600)), now)
            taken.append(now)
        except TooMany:
            continue
    for most, span in ((1, 60), (5, 3600)):
        for begin in taken:
            assert sum(begin <= at < begin + timedelta(seconds=span) for at in taken) <= most
