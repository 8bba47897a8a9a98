"""The clock of a case: whatever takes time, the promise moves by exactly that (docs/domain.md §1.7 行政许可法时限)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.clock import Clock
from chalicelib.kernel import workdays
from chalicelib.kernel.workdays import add_workdays, count_workdays
from chalicelib.vocabulary.codes import CLOCK_REASONS, ClockReason

FILED, TAKEN_ON = date(2026, 7, 1), date(2026, 7, 3)
CLOCK = Clock(promised=5, statutory=20, since=FILED)
PAUSES: tuple[ClockReason, ...] = ("supplement", "suspension")


def test_until_it_is_accepted_it_says_what_would_be() -> None:
    assert CLOCK.due.day == date(2026, 7, 8) and CLOCK.said() == "预计7月8日前办结"
    stands = CLOCK.pause("supplement", date(2026, 7, 2))
    assert stands.said() == stands.noted() == "补正后重新计算办结日期", "no day while none is known"
    running = CLOCK.accept(TAKEN_ON)
    assert running.due.day == date(2026, 7, 10) and running.said() == "承诺7月10日前办结"
    assert running.limit == add_workdays(TAKEN_ON, 20)
    assert running.accept(TAKEN_ON + timedelta(days=9)) is running, "a case is accepted once"
    assert Clock(5, 0, FILED).limit is None, "the law sets none"


def test_a_supplement_on_day_14_moves_the_promise_by_what_it_took() -> None:
    clock = Clock(15, 20, FILED).accept(FILED)
    asked, came = date(2026, 7, 21), date(2026, 7, 24)
    paused = clock.pause("supplement", asked)
    assert count_workdays(FILED, asked) == 14 and paused.paused == asked
    assert paused.said() == "补正期间不计时，之后1个工作日内办结", "no day, for it may be past when this is read"
    assert paused.noted() == "补正期间不计时"
    assert clock.pause("supplement", clock.due.day).said() == "补正期间不计时", "nothing is left of the time"
    again = paused.resume("supplement", came)
    assert (again.taken, again.paused) == ((("supplement", 3),), None)
    assert again.due.day == date(2026, 7, 27) == add_workdays(clock.due.day, 3).day
    assert again.limit == add_workdays(FILED, 23)
    assert again.moved_to(clock) == "，承诺办结日因补正顺延3个工作日，改为7月27日"


def test_what_the_applicant_takes_before_acceptance_moves_what_would_be() -> None:
    back = CLOCK.pause("supplement", FILED).resume("supplement", TAKEN_ON)
    assert back == Clock(5, 20, TAKEN_ON) and not back.taken
    begun = CLOCK.pause("supplement", FILED).accept(TAKEN_ON)
    assert begun.resume("supplement", date(2026, 7, 6)).taken == (("supplement", 1),), "one of two accepts meanwhile"


def test_of_two_reasons_at_once_each_day_counts_once() -> None:
    clock = CLOCK.accept(FILED).pause("supplement", date(2026, 7, 2)).pause("suspension", date(2026, 7, 3))
    clock = clock.pause("supplement", date(2026, 7, 6)).resume("supplement", date(2026, 7, 7))
    assert (clock.taken, clock.paused) == ((("supplement", 3),), date(2026, 7, 7))
    clock = clock.resume("suspension", date(2026, 7, 9))
    assert clock.taken == (("supplement", 3), ("suspension", 2)) and clock.due.day == add_workdays(FILED, 10).day


def test_what_a_card_says_leaves_room_for_what_stands_before_it() -> None:
    for clock in (CLOCK, CLOCK.accept(FILED), Clock(20, 0, date(2026, 12, 10), True)):
        for why in PAUSES:
            assert all(len(f"已收到，{each.noted()}") <= 20 for each in (clock, clock.pause(why, FILED)))


def test_one_extension_and_no_more() -> None:
    clock = CLOCK.accept(FILED).extend(10)
    assert clock.due.day == add_workdays(FILED, 15).day and clock.taken == (("extension", 10),)
    assert clock.limit == add_workdays(FILED, 30)
    for wrong in (clock, CLOCK):
        with pytest.raises(ValueError, match="extended"):
            wrong.extend(5)
    with pytest.raises(ValueError, match="working days"):
        CLOCK.accept(FILED).extend(0)


def test_a_decision_while_it_stands_is_held_to_the_day_it_would_have_had() -> None:
    clock = CLOCK.accept(FILED).pause("supplement", date(2026, 7, 2))
    assert clock.until(date(2026, 7, 6)).due.day == add_workdays(FILED, 7).day


def test_provisional_is_said_until_the_notice_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(20, 0, date(2026, 12, 10)).accept(date(2026, 12, 10))
    before = clock.due
    assert before.provisional and clock.said() == "承诺1月8日前办结（以国务院公布的放假安排为准）"
    known = workdays._year

    def loaded(year: int) -> tuple[bool, frozenset[date], frozenset[date]]:
        return (True, frozenset({date(2027, 1, 1), date(2027, 1, 4)}), frozenset()) if year == 2027 else known(year)

    monkeypatch.setattr(workdays, "_year", loaded)
    assert clock.due == workdays.Due(date(2027, 1, 11)), "nothing was stored that would have to be mended"
    assert clock.said() == "承诺1月11日前办结"


def test_a_clock_is_small_and_read_as_it_was_written() -> None:
    clock = CLOCK.accept(FILED).pause("supplement", FILED).resume("supplement", TAKEN_ON).extend(3)
    clock = clock.pause("suspension", TAKEN_ON)
    assert Clock.read(CLOCK.text()) == CLOCK and Clock.read(clock.text()) == clock
    assert len(CLOCK.text()) <= 20 and set(CLOCK_REASONS) == {"supplement", "suspension", "extension"}


Act = tuple[ClockReason, bool, int]


@given(
    st.integers(1, 20),
    st.dates(date(2024, 1, 1), date(2026, 6, 1)),
    st.lists(st.tuples(st.sampled_from(PAUSES), st.booleans(), st.integers(0, 12)), max_size=12),
    st.integers(0, 10),
)
def test_due_is_the_promise_and_exactly_what_was_taken(
    promised: int, accepted: date, acts: list[Act], more: int
) -> None:
    """Any order of pauses that overlap or not: a day is taken if anything held it, by one reason, and nothing else moves the due date."""
    clock, day = Clock(promised, 20, accepted).accept(accepted), accepted
    held: set[ClockReason] = set()
    stood = 0
    for why, begins, later in [*acts, *((why, False, 1) for why in PAUSES)]:
        after = day + timedelta(days=later)
        stood += count_workdays(day, after) if held else 0
        day = after
        clock = clock.pause(why, day) if begins else clock.resume(why, day)
        held = held | {why} if begins else held - {why}
        assert (clock.paused is None) == (not held)
        assert clock.until(day).due.day == add_workdays(accepted, promised + stood).day
        assert Clock.read(clock.text()) == clock
    clock = clock.extend(more) if more else clock
    assert sum(days for _, days in clock.taken) == stood + more
    assert clock.due.day == add_workdays(add_workdays(accepted, promised).day, stood + more).day
