"""Proposals, put together: what a supervisor proposes and another confirms, as three kinds of tasks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.capability import Capability, Check
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from chalicelib.cases.model import CaseFile
    from chalicelib.cases.page import Audit as Noting
    from chalicelib.cases.service import Cases
    from chalicelib.identity.model import Session
    from chalicelib.proposals.refunding import Refunding
    from chalicelib.proposals.revising import Reissuing, Revising
    from chalicelib.proposals.voiding import Voiding
    from chalicelib.tasks.model import Follow
    from chalicelib.vocabulary.codes import OfficeAct

WHY = "请写明为什么不同意，提出的人看得到"


@cache
def voiding() -> Voiding:
    """Make what voids a case."""
    from chalicelib.cases.parts import cases

    return _voiding_over(cases())


def _voiding_over(over: Cases) -> Voiding:
    from chalicelib import wiring
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.proposals.voiding import Voiding

    return Voiding(
        over,
        catalogue(),
        lambda: wiring.offered(lambda each: each.voids),
        lambda: {code for code, kind in wiring.kinds().items() if kind.owed},
    )


@cache
def refunding() -> Refunding:
    """Make what pays back by two supervisors."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.payments.parts import refunds
    from chalicelib.proposals.refunding import Refunding

    return Refunding(cases(), catalogue(), refunds)


@cache
def revising() -> Revising:
    """Make what revises what is on record of a case."""
    from chalicelib.cases.parts import cases
    from chalicelib.certificates.parts import certificates
    from chalicelib.kernel.parts import audit

    return _revising_over(cases(), certificates, audit)


def _revising_over(over: Cases, certificates: Callable[[], Reissuing], audit: Callable[[], Noting]) -> Revising:
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.kernel import config
    from chalicelib.kernel.parts import sealer
    from chalicelib.payments.parts import overpaid
    from chalicelib.proposals.revising import Revising

    return Revising(over, catalogue(), certificates, sealer(), audit, config.key("case"), overpaid)


def _looked_at(over: Cases) -> Follow:
    from chalicelib.certificates.parts import certificates
    from chalicelib.proposals.revising import Unnumbered

    return _revising_over(over, lambda: Unnumbered(certificates()), Unwritten).follow


class Unwritten:
    """The audit trail of what is only looked at: nothing was done."""

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None:
        """Write nothing."""


def _acts() -> Mapping[OfficeAct, Check]:
    from chalicelib.proposals.model import CHECKS

    return {**CHECKS, "refund": lambda *it: refunding().check(*it)}


def _in_clear(file: CaseFile, who: Session) -> dict[str, Callable[[], list[dict[str, Any]]] | None]:
    """Show what is proposed to the supervisors of the department it is proposed to."""
    from chalicelib.proposals.model import REVISING
    from chalicelib.tasks.model import prefix

    mine = file.under(prefix(REVISING, who.department)) if Role.SUPERVISOR in who.roles else ()
    row = next((each for each in mine if each.outcome is None and each.data["region"] == who.region), None)
    return {"proposed": (lambda: revising().proposed(file, row)) if row else None}


CAPABILITY = Capability(
    tasks=(
        Kind(
            "voiding",
            "作废复核",
            Role.SUPERVISOR,
            {"approve": Choice("同意作废", paper=True), "reject": Choice("不同意", WHY)},
            lambda *it: voiding().follow(*it),
            over=lambda cases: _voiding_over(cases).follow,
        ),
        Kind(
            "revising",
            "更正复核",
            Role.SUPERVISOR,
            {"approve": Choice("同意更正", paper=True), "reject": Choice("不同意", WHY)},
            lambda *it: revising().follow(*it),
            over=_looked_at,
        ),
        Kind(
            "refunding",
            "退款复核",
            Role.SUPERVISOR,
            {"approve": Choice("同意退款"), "reject": Choice("不同意", WHY)},
            lambda *it: refunding().follow(*it),
        ),
    ),
    acts=_acts,
    in_clear=_in_clear,
)
