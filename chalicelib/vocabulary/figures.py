"""The figures a supervisor watches (效能监察): each is counted by day, a field of the board's API, and a column of the board."""

from __future__ import annotations

from enum import StrEnum


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
