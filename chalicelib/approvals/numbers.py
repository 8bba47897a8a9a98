"""The official number (办件编号) a case gets when it is accepted: 实施编码 + day + daily serial (GB/T 39046: an..50)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from chalicelib.cases.model import Case
from chalicelib.catalogue.model import Service


class Counters(Protocol):
    """Gives serial numbers."""

    def next(self, name: str) -> int: ...


class Giver(Protocol):
    """Gives the official number of a case when it is accepted."""

    def official(self, service: Service, now: datetime) -> str: ...


def official_no(numbers: Giver, case: Case, service: Service, now: datetime) -> dict[str, str]:
    """Return the official number of a case, which it gets once, as a fact."""
    return {"official_no": case.facts.get("official_no") or numbers.official(service, now)}


LATER = "签发时编号"
"""Stands for a number where an act is only looked at."""


class Unnumbered:
    """Give no number: nothing is taken from a counter for what is only looked at."""

    def official(self, service: Service, now: datetime) -> str:
        """Return what stands in its place."""
        return LATER


class Numbers:
    """Give official numbers per service and day."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def official(self, service: Service, now: datetime) -> str:
        """Return `<31-character task code, or the service's code><yyyyMMdd><4 digits, more when a day has more>`."""
        code = service.task_code or service.code.upper()
        stem = f"{code}{now:%Y%m%d}"
        return f"{stem}{self._counters.next(f'official#{stem}'):04d}"
