"""The supervisor's board: received, decided, on time, overdue, satisfaction, share by channel."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.cases.model import Change
from chalicelib.catalogue.model import Service, Summary
from chalicelib.kernel import clock, formats, log
from chalicelib.kernel.errors import AppError, Fault, InvalidInput
from chalicelib.supervision.model import Happening, channel, happening, of
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.figures import INDICATORS, Figure, Indicator, level, out
from chalicelib.vocabulary.ratings import LEVELS

EARLIEST = "2020-01-01"  # there is nothing before
LONGEST = 92  # days of one board


class Days(Protocol):
    """Where figures are kept."""

    def add(self, batch: str, days: Mapping[str, Mapping[str, int]], now: datetime) -> None: ...
    def read(self, days: Sequence[str]) -> Iterable[dict[str, int]]: ...


class Departments(Protocol):
    """Knows which department is in charge of a service (catalogue)."""

    def get(self, code: str) -> Service: ...
    def list(self) -> Sequence[Summary]: ...


class Figures:
    """Count what happens, and show it."""

    def __init__(self, days: Days, departments: Departments) -> None:
        self._days, self._departments = days, departments

    def count(self, changes: Iterable[Change]) -> None:
        """Count a batch of the stream, all or nothing; the same batch again counts once. What cannot be read is passed over."""
        found = [each for change in changes if (each := _read(change))]
        days: dict[str, Counter[str]] = {}
        for each in found:
            days.setdefault(each.day, Counter()).update(self._counted(each))
        if found:
            batch = hashlib.sha256("\n".join(each.key for each in found).encode()).hexdigest()
            self._days.add(batch, days, clock.now())

    def _counted(self, each: Happening) -> list[str]:
        """Return the figures that go up: where it says of which service it is, those of the department in charge too."""
        try:
            department = self._departments.get(each.service).department if each.service else ""
        except AppError:  # a service nobody offers any more
            department = ""
        theirs = [of(figure, department) for figure in each.figures if figure not in set(Figure)] if department else []
        return [*each.figures, *theirs]

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
        return {
            "from": first.isoformat(),
            "to": last.isoformat(),
            **{figure: total[figure] for figure in Figure},
            "satisfaction": _satisfaction(total),
            "indicators": _indicators(total),
            "by_department": self._by_department(total),
            "by_channel": [{"channel": name, "received": total[channel(name)]} for name in channels.NAMES],
        }

    def _by_department(self, total: Counter[str]) -> list[dict[str, Any]]:
        """Work the indicators out for each department that has any figure."""
        names = {each.department: each.lead for each in self._departments.list()}
        having = sorted({figure.partition("@")[2] for figure in total} - {""})
        return [
            {"department": code, "name": names.get(code, code), "indicators": _indicators(total, code)}
            for code in having
        ]


def _satisfaction(total: Counter[str]) -> dict[str, Any]:
    """Write the effective first ratings by level; what was taken out is said apart."""
    levels = {number: total[level(number)] - total[out(number)] for number in LEVELS}
    worked = _worked(INDICATORS["satisfaction"], total, "")
    return {
        "rated": worked["of"],
        "satisfied": worked["above"],
        "rate": worked["rate"],
        "levels": {str(number): count for number, count in levels.items()},
        "invalidated": sum(total[out(number)] for number in LEVELS),
    }


def _indicators(total: Counter[str], department: str = "") -> list[dict[str, Any]]:
    """Write every indicator with both sides of its fraction."""
    return [
        {"code": code, "name": each.name, "formula": each.formula} | _worked(each, total, department)
        for code, each in INDICATORS.items()
    ]


def _worked(each: Indicator, total: Counter[str], department: str) -> dict[str, Any]:
    def added(names: Sequence[str]) -> int:
        return sum(total[of(name, department) if department else name] for name in names)

    above, below = added(each.above) - added(each.above_less), added(each.of) - added(each.of_less)
    return {"above": above, "of": below, "rate": round(above / below, 4) if below else None}


def _read(change: Change) -> Happening | None:
    """What happened; None for what does not count, and for what cannot be read: it must not hold up its shard."""
    try:
        return happening(change)
    except Exception as fault:
        log.error("happening not counted", fault, case_no=change.new.get("case_no"), row=change.new.get("sk"))
        return None
