"""The figures a supervisor watches (效能监察): each is counted by day, a field of the board's API, and a column of the board."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.vocabulary.ratings import LEVELS


class Figure(StrEnum):
    """The codes, in the order in which the board shows them."""

    RECEIVED = "received"
    DECIDED = "decided"
    ON_TIME = "on_time"
    OVERDUE = "overdue"


NAMES: dict[Figure, str] = {
    Figure.RECEIVED: "收件",
    Figure.DECIDED: "办结",
    Figure.ON_TIME: "按期办结",
    Figure.OVERDUE: "超期办结",
}


@dataclass(frozen=True)
class Indicator:
    """One indicator of 好差评 (国办发〔2019〕51号): its name, how it is worked out in words, and the counted figures of both sides of the
    fraction: `of` below, less what was taken out of it (`less`)."""

    name: str
    formula: str
    above: tuple[str, ...]
    of: tuple[str, ...]
    above_less: tuple[str, ...] = ()
    of_less: tuple[str, ...] = ()


def level(number: int) -> str:
    """Name the figure of first ratings at a level."""
    return f"level_{number}"


def out(number: int) -> str:
    """Name the figure of first ratings at a level that were taken out again (不计入)."""
    return f"out_{number}"


_ALL, _GOOD, _BAD = LEVELS, [each for each in LEVELS if each > 2], [each for each in LEVELS if each <= 2]


def _at(name: Callable[[int], str], levels: Iterable[int]) -> tuple[str, ...]:
    return tuple(name(each) for each in levels)


_RATED, _OUT = _at(level, _ALL), _at(out, _ALL)
INDICATORS: dict[str, Indicator] = {
    "participation": Indicator("主动评价率", "有效评价÷可以评价的办件", _RATED, ("evaluable",), _OUT),
    "satisfaction": Indicator(
        "满意率", "基本满意及以上的有效评价÷有效评价", _at(level, _GOOD), _RATED, _at(out, _GOOD), _OUT
    ),
    "dissatisfaction": Indicator(
        "差评率", "不满意、非常不满意的有效评价÷有效评价", _at(level, _BAD), _RATED, _at(out, _BAD), _OUT
    ),
    "rectification": Indicator(
        "差评按期整改率",
        "按期整改或者说明的差评÷有效差评（追评是差评的也算）",
        ("rectified_on_time",),
        ("rectifications",),
        (),
        ("rectifications_out",),
    ),
    "revisit": Indicator("回访率", "已经回访的实名差评÷已经答复的实名差评", ("revisited",), ("answered_named",)),
}
"""What is worked out of counted figures, for the city and for each department. What happens to a bad rating is counted on the day it was
given, so that both sides of a fraction are of the same ratings."""
