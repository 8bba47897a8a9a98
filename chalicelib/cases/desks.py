"""Where rows lie to be found: the desks of people, in lanes, and the desks of the clock's rounds. None is one hot partition."""

from __future__ import annotations

ROUND_DESKS = 20  # keys of one desk of the clock
LANES = 4  # keys of one desk of people: the central window of a city is not one partition


def lanes(desk: str) -> tuple[str, ...]:
    """Return the keys that rows on a desk of people have (`zwzx@510100#3`)."""
    return tuple(f"{desk}#{lane}" for lane in range(LANES))


def lane(desk: str, case_no: str) -> str:
    """Return the one of `lanes` a case's rows are on."""
    return lanes(desk)[int(case_no[-2:]) % LANES]


def round_desks(name: str) -> tuple[str, ...]:
    """Return the desks where cases wait for a round of the clock: so many to a name that none is a hot partition (`tools.keys`)."""
    return tuple(f"@{name}#{number}" for number in range(ROUND_DESKS))


def round_desk(name: str, case_no: str) -> str:
    """Return the one of `round_desks` a case waits on, by the last two digits of its number (`@owed#7`)."""
    return round_desks(name)[int(case_no[-2:]) % ROUND_DESKS]
