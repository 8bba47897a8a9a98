"""Figures of a day, for supervision (效能监察): counted from the stream, each happening once."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.cases.model import Change
from chalicelib.vocabulary.events import EVENTS
from chalicelib.vocabulary.figures import Figure


@dataclass(frozen=True)
class Happening:
    """Something that counts: on which day (YYYY-MM-DD), which figures go up, and a key by which it counts once."""

    key: str
    day: str
    figures: tuple[str, ...]


def level(number: int) -> str:
    """Name the figure of ratings at a level."""
    return f"level_{number}"


def channel(name: str) -> str:
    """Name the figure of what came in on a channel."""
    return f"channel_{name}"


def happening(change: Change) -> Happening | None:
    """Read what happened: a head counts as received, a decision as on time or overdue, a first rating by its level,
    anything else as its figure alone."""
    if change.happened is None:
        return None
    row, key = change.new, f"{change.new['case_no']}#{change.new['sk']}"
    counts, facts = EVENTS[change.happened[1]].counts, change.data.get("data", {})
    day = (change.data.get("at") or row.get("received_at", ""))[:10]
    if counts == "nothing" or (counts == "rated" and facts.get("number", 1) != 1):
        return None
    if counts == "rated":
        return Happening(key, day, (level(facts["level"]),))
    if counts == Figure.RECEIVED:
        return Happening(key, day, (counts, channel(row["channel"])))
    if counts == Figure.DECIDED:
        on_time = day <= facts.get("promised_by", "9999")
        return Happening(key, day, (counts, Figure.ON_TIME if on_time else Figure.OVERDUE))
    return Happening(key, day, (counts,))
