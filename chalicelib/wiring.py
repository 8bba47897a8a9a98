"""The list of capabilities, and what they hang on the system put together. A name given twice is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from chalicelib.capability import Capability, Listener, Owes, Receiver, Round, Step
    from chalicelib.cases.model import Case
    from chalicelib.identity.service import Messenger
    from chalicelib.tasks.model import Kind

T = TypeVar("T")
NAMES = (
    "cases",
    "intake",
    "notices",  # these before the workflows: what those begin takes a case off the desk where what is owed is found
    "documents",
    "workflows",
    "approvals",
    "payments",
    "certificates",
    "delivery",
    "ratings",
    "proposals",
    "supervision",
)
"""The capabilities that hang something on the system; a new one is a line here."""


@cache
def capabilities() -> tuple[Capability, ...]:
    """Return every capability, in the order in which they are shown and listen."""
    return tuple(import_module(f"chalicelib.{name}.parts").CAPABILITY for name in NAMES)


@cache
def steps() -> Mapping[str, Step]:
    """Return the workflows' steps by name."""
    return _merged(each.steps for each in capabilities())


@cache
def rounds() -> Mapping[str, Round]:
    """Return the rounds of the clock by name."""
    return _merged(each.rounds for each in capabilities())


@cache
def receivers() -> Mapping[str, Receiver]:
    """Return who answers each kind of submission."""
    return _merged(each.receives for each in capabilities())


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of tasks by code."""
    return _merged({kind.code: kind for kind in each.tasks} for each in capabilities())


@cache
def listeners() -> Mapping[str, Listener]:
    """Return who listens to the cases table in the function `stream`, by name, in order."""
    return _merged(each.listeners for each in capabilities())


@cache
def owes() -> Mapping[str, Owes]:
    """Return what each listener may owe a case, in the order in which they listen."""
    return _merged(each.owes for each in capabilities())


@cache
def apart() -> Mapping[str, Listener]:
    """Return what listens in a function of its own, by its name."""
    return _merged(each.apart for each in capabilities())


@cache
def everyone() -> Mapping[str, Listener]:
    """Return whoever listens, by name, in whatever function: what is put off comes back to one of them."""
    return _merged([listeners(), apart()])


@cache
def messenger() -> Messenger:
    """Return what takes one-time codes to phones: the one capability that offers it. Raises ValueError for none, or two."""
    (make,) = offered(lambda each: each.messenger)
    return make()


def stands(case: Case) -> str:
    """Say how a case stands beyond its status: the one capability that can."""
    (say,) = offered(lambda each: each.stands)
    return say(case)


def offered(choose: Callable[[Capability], T | None]) -> list[T]:
    """Return what capabilities offer of one sort (`page`, `can`), in order."""
    return [found for each in capabilities() if (found := choose(each)) is not None]


def _merged(maps: Iterable[Mapping[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for each in maps:
        if twice := set(found) & set(each):
            raise ValueError(f"given twice: {', '.join(sorted(twice))}")
        found.update(each)
    return found
