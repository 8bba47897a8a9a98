"""Certificates over a table in memory, numbers drawn in a row that a test foresees."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from chalicelib.cases.service import Cases
from chalicelib.certificates.service import Certificates
from chalicelib.kernel.expiring import Expiring
from tests.unit.cases.audits import Audits
from tests.unit.memory import MemoryExpiring

SITE = "https://yb.example.gov.cn"


def certificates(
    cases: Cases,
    expiring: Expiring | None = None,
    audits: Audits | None = None,
    below: Callable[[int], int] | None = None,
) -> Certificates:
    """The real use cases."""
    numbers, kept = count(123_456_789_012_345), audits or Audits()
    return Certificates(
        cases, expiring or MemoryExpiring(), lambda: kept, b"index", SITE, below or (lambda n: next(numbers) % n)
    )
