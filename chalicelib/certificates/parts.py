"""Certificates, put together: the use cases, and what a case's page shows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability
from chalicelib.kernel import config

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.cases.model import CaseFile, Row
    from chalicelib.cases.service import Cases
    from chalicelib.catalogue.model import Service
    from chalicelib.certificates.renewals import Renewals
    from chalicelib.certificates.service import Certificates


@cache
def certificates() -> Certificates:
    """Make the use cases of certificates."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.certificates.service import Certificates
    from chalicelib.kernel.parts import audit, expiring

    return Certificates(cases(), catalogue(), renewals(), expiring(), audit, config.key("index"), config.public_url())


def certificates_over(over: Cases) -> Certificates:
    """Make the same over these cases, to look at an act: the look is what goes on record."""
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.certificates.renewals import Renewals
    from chalicelib.certificates.service import Certificates, Unnoted
    from chalicelib.kernel.parts import expiring

    asked = Renewals(over, catalogue())
    return Certificates(over, catalogue(), asked, expiring(), Unnoted, config.key("index"), config.public_url())


@cache
def renewals() -> Renewals:
    """Make what asks for renewals and sees to what comes to its last day."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.certificates.renewals import Renewals

    return Renewals(cases(), catalogue())


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    """Show the newest certificate, as it stands now, and the one that this case is to renew."""
    from chalicelib.kernel import clock

    now = clock.now()
    return {
        "certificate": certificates().shown(file.case, now),
        "renewal": certificates().renewing(file.case, now),
    }


def _voids(file: CaseFile, service: Service, reason: str, now: datetime) -> tuple[list[Row], list[str]]:
    return certificates().voided(file.case, reason)


CAPABILITY = Capability(rounds={"renewals": lambda now: renewals().round(now)}, page=_page, voids=_voids)
