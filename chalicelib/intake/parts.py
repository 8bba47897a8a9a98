"""The desk, put together: what it receives itself, and what other capabilities receive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability

if TYPE_CHECKING:
    from chalicelib.cases.model import CaseFile
    from chalicelib.catalogue.model import Service
    from chalicelib.intake.applications import Applications
    from chalicelib.intake.materials import Materials
    from chalicelib.intake.service import Desk
    from chalicelib.intake.status import StatusQueries
    from chalicelib.intake.withdrawals import Withdrawals


@cache
def desk() -> Desk:
    """Make the one desk of all channels."""
    from chalicelib import wiring
    from chalicelib.intake.service import Desk

    return Desk(wiring.receivers())


@cache
def applications() -> Applications:
    """Make what accepts applications."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.certificates.parts import renewals
    from chalicelib.intake.applications import Applications
    from chalicelib.kernel import config

    return Applications(cases(), catalogue(), config.key("case"), materials, renewals)


@cache
def withdrawals() -> Withdrawals:
    """Make what takes withdrawals."""
    from chalicelib import wiring
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.intake.withdrawals import Withdrawals

    return Withdrawals(
        cases(),
        catalogue(),
        lambda: wiring.offered(lambda each: each.bars),
        lambda: wiring.offered(lambda each: each.voids),
        lambda: {code for code, kind in wiring.kinds().items() if kind.owed},
    )


@cache
def status() -> StatusQueries:
    """Make what tells how a case stands."""
    from chalicelib import wiring
    from chalicelib.cases.parts import cases
    from chalicelib.intake.status import StatusQueries
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import expiring

    return StatusQueries(cases(), expiring(), config.key("case"), wiring.stands)


@cache
def materials() -> Materials:
    """Make what gives places to upload to."""
    from chalicelib.intake.materials import Materials
    from chalicelib.kernel import config
    from chalicelib.kernel.bucket import Bucket

    return Materials(Bucket(config.client("s3"), config.bucket("materials")), config.key("index"))


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    return {"missing_materials": file.case.facts.get("lacking", [])}


def _can(file: CaseFile) -> list[str]:
    return ["withdraw"] if withdrawals().barred(file) is None else []


CAPABILITY = Capability(
    receives={
        "application": lambda intake, now: applications().accept(intake),
        "withdrawal": lambda intake, now: withdrawals().withdraw(intake, now),
        "query": lambda intake, now: status().tell(intake, now),
    },
    page=_page,
    can=_can,
)
