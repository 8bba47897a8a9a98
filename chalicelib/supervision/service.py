"""The supervisor's board: received, decided, on time, overdue, satisfaction, share by channel."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.cases.model import Change
from chalicelib.kernel import clock, formats, log
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.supervision.model import Happening, channel, happening, level
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.codes import LEVELS
from chalicelib.vocabulary.figures import Figure

EARLIEST = "2020-01-01"  # there is nothing before
LONGEST = 92  # days of one board
SATISFIED = (3, 4, 5)  # 满意率 = these levels of all rated (国办发〔2019〕51号)


class Days(Protocol):
    """Where figures are kept."""

    def add(self, batch: str, days: Mapping[str, Mapping[str, int]], now: datetime) -> None: ...
    def read(self, days: Sequence[str]) -> Iterable[dict[str, int]]: ...


class Figures:
    """Count what happens, and show it."""

    def __init__(self, days: Days) -> None:
        self._days = days

    def count(self, changes: Iterable[Change]) -> None:
        """Count a batch of the stream, all or nothing; the same batch again counts once. What cannot be read is passed over."""
        found = [each for change in changes if (each := _read(change))]
        days: dict[str, Counter[str]] = {}
        for each in found:
            days.setdefault(each.day, Counter()).update(each.figures)
        if found:
            batch = hashlib.sha256("\n".join(each.key for each in found).encode()).hexdigest()
            self._days.add(batch, days, clock.now())

    def board(self, start: str | None, end: str | None, now: datetime) -> dict[str, Any]:
        """Sum the figures of a period, the last thirty days if none is given. Raises InvalidInput."""
        for name, text in (("from", start), ("to", end)):
            if text and not formats.day(text):
                words = formats.FORMATS["date"].words
                raise InvalidInput(words, [Fault(name, "format", words)])
            if text and text < EARLIEST:
                raise InvalidInput("日期过早", [Fault(name, "minimum", f"日期不能早于{EARLIEST}")])
        last = date.fromisoformat(end) if end else now.date()
        first = date.fromisoformat(start) if start else last - timedelta(days=29)
        if not 0 <= (last - first).days < LONGEST:
            raise InvalidInput(f"时间段为1到{LONGEST}天", [Fault("from", "range", f"时间段为1到{LONGEST}天")])
        total: Counter[str] = Counter()
        for day in self._days.read([(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]):
            total.update(day)
        levels = {number: total[level(number)] for number in LEVELS}
        rated, satisfied = sum(levels.values()), sum(levels[number] for number in SATISFIED)
        return {
            "from": first.isoformat(),
            "to": last.isoformat(),
            **{figure: total[figure] for figure in Figure},
            "satisfaction": {
                "rated": rated,
                "satisfied": satisfied,
                "rate": round(satisfied / rated, 4) if rated else None,
                "levels": {str(number): count for number, count in levels.items()},
            },
            "by_channel": [{"channel": name, "received": total[channel(name)]} for name in channels.NAMES],
        }


def _read(change: Change) -> Happening | None:
    """What happened; None for what does not count, and for what cannot be read: it must not hold up its shard."""
    try:
        return happening(change)
    except Exception as fault:
        log.error("happening not counted", fault, case_no=change.new.get("case_no"), row=change.new.get("sk"))
        return None
