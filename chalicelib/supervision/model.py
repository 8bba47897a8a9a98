"""Figures of a day, for supervision (效能监察): counted from the stream, each happening once."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.cases.model import Change
from chalicelib.vocabulary.events import EVENTS


@dataclass(frozen=True)
class Happening:
    """Something that counts: on which day (YYYY-MM-DD), which figures go up, and a key by which it counts once."""

    key: str
    day: str
    figures: tuple[str, ...]


def happening(change: Change) -> Happening | None:
    """Read what happened: a head counts as received, a decision as on time or overdue, a first rating by its level."""
    if change.happened is None:
        return None
    row, key = change.new, f"{change.new['case_no']}#{change.new['sk']}"
    counts = EVENTS[change.happened[1]].counts
    if counts == "received":
        return Happening(key, row["received_at"][:10], ("received", f"channel_{row['channel']}"))
    day, facts = change.data.get("at", "")[:10], change.data.get("data", {})
    if counts == "decided":
        on_time = day <= facts.get("promised_by", "9999")
        return Happening(key, day, ("decided", "on_time" if on_time else "overdue"))
    if counts == "rated" and facts.get("number", 1) == 1:
        return Happening(key, day, (f"level_{facts['level']}",))
    return None
