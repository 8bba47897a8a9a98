"""Two supervisors of one department, and a case that may be undecided, owing, paid, on its way or at its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib import wiring
from chalicelib.capability import Voids
from chalicelib.cases.fee import assessed
from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.certificates.service import Certificates
from chalicelib.delivery.parts import CAPABILITY as DELIVERING
from chalicelib.identity.model import Session
from chalicelib.intake.applications import CheckedServices
from chalicelib.kernel.seal import Sealer
from chalicelib.payments.party import PayParties
from chalicelib.payments.refunds import Refunds
from chalicelib.payments.voiding import ended
from chalicelib.proposals.refunding import Refunding
from chalicelib.proposals.revising import Revising
from chalicelib.proposals.voiding import Voiding
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.codes import Outcome
from tests.unit.cases.audits import Audits
from tests.unit.certificates.fakes import certificates
from tests.unit.memory import LocalKeys
from tests.unit.office import KEY, tasks
from tests.unit.payments.fakes import Books
from tests.unit.samples import NOW, clerk

BOSS, OTHER = clerk("督办", "cgw", "supervisor"), clerk("督办二", "cgw", "supervisor")
STRANGER = clerk("督办", "gaj", "supervisor")
WHY = "窗口录入错误"
OWED = {code for code, kind in wiring.kinds().items() if kind.owed}


class Pair:
    """What two supervisors may do with a case, by the desks of their department."""

    def __init__(
        self, cases: Cases, catalogue: CheckedServices, case_no: str, given: Certificates | None = None
    ) -> None:
        self.cases, self.catalogue, self.case_no = cases, catalogue, case_no
        self.audits, self.certificates = Audits(), given or certificates(cases)
        sealer = Sealer(LocalKeys(), "key")
        self.voiding = Voiding(cases, catalogue, self._voids, lambda: OWED)
        self.refunds = Refunds(cases, catalogue, PayParties(lambda: "books", lambda name: Books()))
        self.revising = Revising(
            cases, catalogue, lambda: self.certificates, sealer, lambda: self.audits, KEY, self._overpaid
        )
        self.refunding = Refunding(cases, catalogue, lambda: self.refunds)
        follows = {
            "voiding": self.voiding.follow,
            "revising": self.revising.follow,
            "refunding": self.refunding.follow,
        }
        self.tasks = tasks(cases, follows, BOSS, OTHER)

    def _voids(self) -> Sequence[Voids]:
        assert DELIVERING.voids
        return [
            lambda file, service, reason, now: ended(file, self.refunds, reason, now),
            lambda file, service, reason, now: self.certificates.voided(file.case, reason),
            DELIVERING.voids,
        ]

    def _overpaid(
        self, file: CaseFile, service: Service, private: dict[str, Any], now: datetime
    ) -> tuple[list[Row], list[str]]:
        return self.refunds.overpaid(file, assessed(service, private).total_fen, now)

    def refund(self, fen: int | None = None, who: Session = BOSS, now: datetime = NOW) -> None:
        self.refunding.propose(self.case_no, who, fen, WHY, now)

    def void(self, who: Session = BOSS, now: datetime = NOW) -> None:
        self.voiding.propose(self.case_no, who, WHY, now)

    def revise(self, who: Session = BOSS, now: datetime = NOW, **form: Any) -> None:
        self.revising.propose(self.case_no, who, form, WHY, now)

    def task(self, kind: str) -> Row:
        """The newest task of a kind."""
        return self.cases.rows(self.case_no, f"task#{kind}#")[-1]

    def say(self, kind: str, outcome: Outcome = "approve", who: Session = OTHER, now: datetime = NOW) -> dict[str, Any]:
        """Confirm or refuse the newest proposal of a kind."""
        place = self.task(kind).key.split("#")
        task_id = f"{self.case_no}.{place[1]}.{place[2]}.{place[3]}"
        return self.tasks.decide(who, task_id, Decision(outcome, "核对过登记材料"), now)


def of(office: Any) -> Pair:
    """The two supervisors on the case of an office."""
    catalogue = getattr(office, "catalogue", None) or office.services
    return Pair(office.cases, catalogue, office.case_no, getattr(office, "certificates", None))


def last(pair: Pair) -> Event:
    """What happened last."""
    return pair.cases.whole(pair.case_no).events[-1]
