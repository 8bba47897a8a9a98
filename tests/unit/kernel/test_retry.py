"""Starting over: only when somebody else was first, and not for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kernel.errors import AppError, Conflict, TooMany
from chalicelib.kernel.retry import TIMES, retried


def beaten(times: int, code: str = "changed_meanwhile") -> tuple[Callable[[], int], list[int]]:
    """An act that comes too late so many times, and the list of its tries."""
    tries: list[int] = []

    def act() -> int:
        tries.append(len(tries))
        if len(tries) <= times:
            raise Conflict("变化", code=code)
        return len(tries)

    return act, tries


@pytest.mark.parametrize("times", range(TIMES))
def test_it_begins_anew_until_it_was_first(times: int) -> None:
    act, _ = beaten(times)
    assert retried(act, TooMany("忙")) == times + 1


@pytest.mark.parametrize(("busy", "raised"), [(None, Conflict), (TooMany("忙"), TooMany)])
def test_it_does_not_try_for_ever(busy: AppError | None, raised: type[AppError]) -> None:
    act, tries = beaten(TIMES)
    with pytest.raises(raised):
        retried(act, busy)
    assert len(tries) == TIMES


def test_what_is_refused_is_refused_at_once() -> None:
    act, tries = beaten(1, "illegal_state")
    with pytest.raises(Conflict, match="变化"):
        retried(act, TooMany("忙"))
    assert len(tries) == 1
