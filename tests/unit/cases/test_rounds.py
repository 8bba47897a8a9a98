"""What waits for a round of the clock is found, whichever of its desks it lies on."""

from __future__ import annotations

import pytest

from chalicelib.cases.desks import LANES, ROUND_DESKS, lane, lanes, round_desk, round_desks
from chalicelib.cases.model import OWED, Row
from chalicelib.cases.service import STRANGE
from chalicelib.kernel.errors import NotFound
from tests.unit.memory import MemoryStore, cases


def test_a_round_goes_over_every_desk_of_its_name_up_to_the_moment_and_to_the_end() -> None:
    city = cases(MemoryStore())
    for desk in round_desks(OWED):
        for number in range(300):
            day = "2026-01-01" if number < 299 else "2026-01-03"
            city.keep(Row(f"{desk}.{number}", "row", "wait", "open", desk=desk, due=day))
    assert len(list(city.waiting(OWED, "2026-01-02"))) == 299 * ROUND_DESKS
    assert not list(city.waiting("paying", "2026-01-02"))


def test_no_desk_is_always_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    city = cases(MemoryStore())
    for desk in round_desks(OWED):
        city.keep(Row(desk, "row", "wait", "open", desk=desk, due="2026-01-01T00:00:00.000+08:00"))
    firsts = set()
    for minute in range(60):
        monkeypatch.setattr("chalicelib.cases.service.time.time", lambda minute=minute: 60.0 * minute)
        firsts.add(next(city.waiting(OWED, "2026-01-02")).case_no)
    assert firsts == set(round_desks(OWED))


def test_a_round_that_does_not_come_to_its_end_says_how_far_behind_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    city, told = cases(MemoryStore()), []
    for desk in round_desks(OWED):
        city.keep(Row(desk, "row", "wait", "open", desk=desk, due="2026-01-02T09:00:00.000+08:00"))
    monkeypatch.setattr("chalicelib.cases.service.log.metric", lambda *figure, **of: told.append((*figure, of)))
    assert city.round(OWED, "2026-01-02T09:30:00.000+08:00", lambda row: None, seconds=-1) == 0
    assert told == [("RoundBehind", 1800.0, {"round": OWED})]
    assert city.round(OWED, "2026-01-02T09:30:00.000+08:00", lambda row: None) == ROUND_DESKS and len(told) == 1


def test_a_case_waits_on_one_of_the_desks_that_are_gone_over() -> None:
    assert {round_desk(OWED, f"{number:012d}") for number in range(100)} == set(round_desks(OWED))
    assert 100 % ROUND_DESKS == 60 % ROUND_DESKS == 0, "evenly, and each of them first as often"


@pytest.mark.parametrize(
    "fault",
    [
        NotFound("没有这个办件"),
        KeyError("until"),
        ValueError("not a moment"),
        AttributeError("spoiled"),
        OSError("one"),
    ],
)
def test_a_case_at_fault_never_stops_the_others_of_its_round(fault: Exception) -> None:
    city, done = cases(MemoryStore()), []
    for desk in round_desks(OWED):
        for number in range(2):
            city.keep(Row(f"{desk}.{number}", "row", "wait", "open", desk=desk, due="2026-01-01"))

    def act(row: Row) -> None:
        if row.case_no.endswith(".0"):
            raise fault
        done.append(row.case_no)

    assert city.round(OWED, "2026-01-02", act) == 2 * ROUND_DESKS
    assert len(done) == ROUND_DESKS


def test_an_outage_that_is_no_fault_of_a_case_ends_the_round_for_this_minute() -> None:
    city, asked = cases(MemoryStore()), []
    for number in range(2 * STRANGE):
        city.keep(
            Row(f"{number:012d}", "row", "wait", "open", desk=round_desk(OWED, f"{number:012d}"), due="2026-01-01")
        )

    def act(row: Row) -> None:
        asked.append(row)
        raise OSError("engine does not answer")

    with pytest.raises(OSError, match="engine"):
        city.round(OWED, "2026-01-02", act)
    assert len(asked) == STRANGE


def test_a_desk_of_people_is_one_list_by_due_date_over_all_its_lanes() -> None:
    city = cases(MemoryStore())
    for number in range(40):
        case_no = f"{number:012d}"
        due = f"2026-01-{31 - number % 28:02d}#{number:03d}"
        city.keep(Row(case_no, "row", "task", "open", desk=lane("zwzx@510100", case_no), due=due))
    seen: list[str] = []
    while page := city.on_desk("zwzx@510100", 7, seen[-1] if seen else None):
        seen += [row.due or "" for row in page]
    assert seen == sorted(seen) and len(seen) == 40
    assert {lane("d", f"{digit:012d}") for digit in range(100)} == set(lanes("d")) and 100 % LANES == 0, "evenly"
