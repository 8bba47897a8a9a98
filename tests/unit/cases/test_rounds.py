"""What waits for a round of the clock is found, whichever of its desks it lies on."""

from __future__ import annotations

from chalicelib.cases.model import RECEIVED, Row, round_desk, round_desks
from tests.unit.memory import MemoryStore, cases


def test_a_round_goes_over_every_desk_of_its_name_up_to_the_moment_and_the_limit_of_each() -> None:
    city = cases(MemoryStore())
    for desk in round_desks(RECEIVED):
        for number in range(3):
            city.keep(Row(f"{desk}.{number}", "row", "wait", "open", desk=desk, due=f"2026-01-0{number + 1}"))
    assert len(list(city.waiting(RECEIVED, "2026-01-02"))) == 20
    assert {row.due for row in city.waiting(RECEIVED, "2026-01-02", limit=1)} == {"2026-01-01"}
    assert not list(city.waiting("paying", "2026-01-02"))


def test_a_case_waits_on_one_of_the_desks_that_are_gone_over() -> None:
    assert {round_desk(RECEIVED, f"51012345678{digit}") for digit in range(10)} == set(round_desks(RECEIVED))
