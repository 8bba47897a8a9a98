"""Certificates over a table in memory, numbers drawn in a row that a test foresees; an office that gave one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from chalicelib.cases.service import Cases
from chalicelib.certificates.renewals import Renewals
from chalicelib.certificates.service import Certificates
from chalicelib.delivery.service import Delivery
from chalicelib.kernel.expiring import Expiring
from chalicelib.vocabulary.statuses import Status
from tests.unit.cases.audits import Audits
from tests.unit.decided import Decided
from tests.unit.delivery.fakes import Contracts
from tests.unit.memory import MemoryExpiring
from tests.unit.samples import NOW, Services, clerk

SITE = "https://yb.example.gov.cn"


def certificates(
    cases: Cases,
    expiring: Expiring | None = None,
    audits: Audits | None = None,
    below: Callable[[int], int] | None = None,
    services: Services | None = None,
) -> Certificates:
    """The real use cases."""
    numbers, kept = count(123_456_789_012_345), audits or Audits()
    return Certificates(
        cases,
        services or Services(),
        Renewals(cases, services or Services()),
        expiring or MemoryExpiring(),
        lambda: kept,
        b"index",
        SITE,
        below or (lambda n: next(numbers) % n),
    )


FIVE = {"name": "占道经营许可证", "type": "certificate", "electronic": True, "valid_years": 5}
BOSS = clerk("督办", "cgw", "supervisor")
COLLEAGUE = clerk("复核", "cgw", "supervisor")


class Office(Decided):
    """A granted case whose certificate was given."""

    def __init__(self, below: Any = None, **changes: Any) -> None:
        super().__init__(Status.GRANTED, {"method": "electronic"}, **{"result": FIVE, **changes})
        self.audits, self.expiring = Audits(), MemoryExpiring()
        self.certificates = certificates(self.cases, self.expiring, self.audits, below, self.services)
        self.deliver()

    def deliver(self, token: str = "t1") -> None:
        couriers = Contracts().couriers
        Delivery(self.cases, self.services, couriers, self.certificates).start(self.case_no, token, NOW)

    @property
    def number(self) -> str:
        return str(self.case.facts["certificate"])

    def check(self, number: str = "", source: str = "somebody") -> Any:
        return self.certificates.checked(number or self.number, source, NOW)

    def state(self, number: str) -> str:
        return str(self.check(number)["state"])
