"""The outbox: each change to every listener, in order, and from where to go on when one fails."""

from __future__ import annotations

import pytest

from chalicelib.cases.model import Change
from chalicelib.cases.stream import carry_out

CHANGES = [Change(str(number), {}, {"sk": "case", "case_no": str(number)}) for number in (1, 2, 3)]


def test_every_listener_hears_every_change_in_order() -> None:
    heard: list[tuple[str, str]] = []
    listeners = [lambda change, who=who: heard.append((who, change.sequence)) for who in "ab"]
    assert carry_out(CHANGES, listeners) is None
    assert heard == [(who, number) for number in "123" for who in "ab"]


@pytest.mark.parametrize("failing", ["1", "2", "3"])
def test_the_first_that_fails_is_where_to_go_on_and_nothing_after_it_is_done(failing: str) -> None:
    heard: list[str] = []

    def listener(change: Change) -> None:
        if change.sequence == failing:
            raise OSError("down")
        heard.append(change.sequence)

    assert carry_out(CHANGES, [listener]) == failing
    assert heard == [number for number in "123" if number < failing]


@pytest.mark.parametrize(
    ("old", "new", "happened"),
    [
        ({}, {"sk": "case"}, (1, "submitted")),
        ({"sk": "case"}, {"sk": "case"}, None),
        ({}, {"sk": "event#000012", "data": '{"name": "paid"}'}, (12, "paid")),
        ({"sk": "event#000012"}, {"sk": "event#000012", "data": '{"name": "paid"}'}, None),
        ({}, {"sk": "notice#000012"}, None),
        ({}, {}, None),
    ],
)
def test_what_happened(old: dict[str, str], new: dict[str, str], happened: tuple[int, str] | None) -> None:
    assert Change("1", old, new).happened == happened
