"""What waits for a round of the clock is found, whichever of its desks it lies on."""

from __future__ import annotations

import pytest

from chalicelib.cases.model import OWED, Row, round_desk, round_desks
from chalicelib.kernel.errors import NotFound
from tests.unit.memory import MemoryStore, cases


def test_a_round_goes_over_every_desk_of_its_name_up_to_the_moment_and_the_limit_of_each() -> None:
    city = cases(MemoryStore())
    for desk in round_desks(OWED):
        for number in range(3):
            city.keep(Row(f"{desk}.{number}", "row", "wait", "open", desk=desk, due=f"2026-01-0{number + 1}"))
    assert len(list(city.waiting(OWED, "2026-01-02"))) == 20
    assert {row.due for row in city.waiting(OWED, "2026-01-02", limit=1)} == {"2026-01-01"}
    assert not list(city.waiting("paying", "2026-01-02"))


def test_a_case_waits_on_one_of_the_desks_that_are_gone_over() -> None:
    assert {round_desk(OWED, f"51012345678{digit}") for digit in range(10)} == set(round_desks(OWED))


@pytest.mark.parametrize("fault", [NotFound("没有这个办件"), KeyError("until"), ValueError("not a moment")])
def test_a_case_at_fault_never_stops_the_others_of_its_round(fault: Exception) -> None:
    city, done = cases(MemoryStore()), []
    for desk in round_desks(OWED):
        for number in range(2):
            city.keep(Row(f"{desk}.{number}", "row", "wait", "open", desk=desk, due="2026-01-01"))

    def act(row: Row) -> None:
        if row.case_no.endswith(".0"):
            raise fault
        done.append(row.case_no)

    assert city.round(OWED, "2026-01-02", act) == 20
    assert len(done) == 10


def test_an_outage_that_is_no_fault_of_a_case_ends_the_round_for_this_minute() -> None:
    city = cases(MemoryStore())
    city.keep(Row("510123456789", "row", "wait", "open", desk=round_desk(OWED, "510123456789"), due="2026-01-01"))

    def act(row: Row) -> None:
        raise OSError("engine does not answer")

    with pytest.raises(OSError, match="engine"):
        city.round(OWED, "2026-01-02", act)
