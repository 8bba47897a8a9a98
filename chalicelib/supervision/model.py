"""Figures of a day, for supervision (效能监察): counted from the stream, each happening once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DECIDED = frozenset({"granted", "denied", "not_accepted"})


@dataclass(frozen=True)
class Happening:
    """Something that counts: on which day (YYYY-MM-DD), which figures go up, and a key by which it counts once."""

    key: str
    day: str
    figures: tuple[str, ...]


def happening(row: dict[str, Any], data: dict[str, Any]) -> Happening | None:
    """Read a new row of a case: a head counts as received, a decision as on time or overdue, a rating by its level."""
    key = f"{row['case_no']}#{row['sk']}"
    if row["sk"] == "case":
        return Happening(key, row["received_at"][:10], ("received", f"channel_{row['channel']}"))
    if not row["sk"].startswith("event#"):
        return None
    day = data["at"][:10]
    if data["name"] in DECIDED:
        promised = data.get("data", {}).get("promised_by", "9999")
        return Happening(key, day, ("decided", "on_time" if day <= promised else "overdue"))
    if data["name"] == "rated" and data.get("data", {}).get("first", True):
        return Happening(key, day, (f"level_{data['data']['level']}",))
    return None
