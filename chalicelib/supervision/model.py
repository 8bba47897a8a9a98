"""Figures of a day, for supervision (效能监察): counted from the stream, each happening once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.cases.model import Change
from chalicelib.vocabulary.events import EVENTS
from chalicelib.vocabulary.figures import Figure, level, out


@dataclass(frozen=True)
class Happening:
    """Something that counts: on which day (YYYY-MM-DD), which figures go up, a key by which it counts once, and the service by which it is
    counted for a department too."""

    key: str
    day: str
    figures: tuple[str, ...]
    service: str = ""


def channel(name: str) -> str:
    """Name the figure of what came in on a channel."""
    return f"channel_{name}"


def of(figure: str, department: str) -> str:
    """Name a figure of one department."""
    return f"{figure}@{department}"


def happening(change: Change) -> Happening | None:
    """Read what happened: a head counts as received, a decision as on time or overdue, a first rating by its level, what follows a bad one
    on the day it was given, anything else as its figure alone; None for what does not count."""
    if change.happened is None:
        return None
    row, key, data = change.new, f"{change.new['case_no']}#{change.new['sk']}", change.data
    meaning, facts = EVENTS[change.happened[1]], data.get("data", {})
    day = (data.get("at") or row.get("received_at", ""))[:10]
    if meaning.counts == Figure.RECEIVED:
        return Happening(key, day, (Figure.RECEIVED, channel(row["channel"])))
    found = tuple(_figures(meaning.counts, day, facts)) + (("evaluable",) if meaning.evaluable else ())
    if meaning.counts in ("rectified", "revisited", "invalidated"):
        day = facts.get("opened_on") or facts["counted_on"]
    return Happening(key, day, found, data.get("service", "")) if found else None


def _figures(counts: str, day: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures an event goes up in. An addition (追评) is no second rating, and what is held is none yet; but either may open a
    rectification."""
    first = facts.get("number", 1) == 1
    match counts:
        case Figure.DECIDED:
            yield from (counts, Figure.ON_TIME if day <= facts.get("promised_by", "9999") else Figure.OVERDUE)
        case "rated":
            yield from (level(facts["level"]),) if first and not facts.get("held") else ()
            yield from ("rectifications",) if facts.get("opens") else ()
        case "invalidated":
            yield from (out(facts["level"]),) if first and facts["counted"] else ()
            yield from ("rectifications_out",) if "opened_on" in facts else ()
        case "rectified" if facts["cycle"] == 1:
            yield from ("rectified_on_time",) if facts["on_time"] else ()
            yield from ("answered_named",) if facts["named"] else ()
        case "revisited" if facts["cycle"] == 1 and facts["named"]:
            yield "revisited"
        case "nothing" | "rectified" | "revisited":
            return
        case _:
            yield counts
