"""Approving, put together: four kinds of tasks, a step of the workflow, what an office may do besides, three rounds of the clock."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.approvals.kinds import kinds
from chalicelib.capability import Capability, Check
from chalicelib.vocabulary.statuses import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.approvals.acceptance import Acceptances
    from chalicelib.approvals.decisions import Decisions
    from chalicelib.approvals.examinations import Examinations
    from chalicelib.approvals.lapses import Lapses
    from chalicelib.approvals.numbers import Giver, Numbers
    from chalicelib.approvals.procedures import Procedures
    from chalicelib.approvals.stages import Stages
    from chalicelib.approvals.supplements import Supplements
    from chalicelib.approvals.transfers import Transfers
    from chalicelib.cases.model import CaseFile
    from chalicelib.cases.service import Cases
    from chalicelib.catalogue.model import Service
    from chalicelib.identity.model import Session
    from chalicelib.tasks.model import Follow
    from chalicelib.vocabulary.codes import OfficeAct


@cache
def stages() -> Stages:
    """Make what puts a stage's work on desks."""
    from chalicelib.approvals.stages import Stages
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue

    return Stages(cases(), catalogue())


@cache
def supplements() -> Supplements:
    """Make what takes supplements."""
    from chalicelib.approvals.supplements import Supplements
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.intake.parts import materials
    from chalicelib.kernel import config

    return Supplements(cases(), catalogue(), config.key("case"), materials)


@cache
def lapses() -> Lapses:
    """Make what ends supplements nobody handed in."""
    from chalicelib.approvals.lapses import Lapses
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue

    return Lapses(cases(), catalogue())


@cache
def numbers() -> Numbers:
    """Make what gives official numbers."""
    from chalicelib.approvals.numbers import Numbers
    from chalicelib.kernel.parts import counters

    return Numbers(counters())


@cache
def decisions() -> Decisions:
    """Make what carries out a department's decision."""
    from chalicelib.cases.parts import cases

    return _decisions_over(cases(), numbers())


def _decisions_over(over: Cases, numbers: Giver) -> Decisions:
    from chalicelib.approvals.decisions import Decisions
    from chalicelib.catalogue.parts import catalogue

    return Decisions(over, catalogue(), numbers)


def _looked_at(over: Cases) -> Follow:
    """Carry a decision out over cases that are only looked at: it takes no number."""
    from chalicelib.approvals.numbers import Unnumbered

    return _decisions_over(over, Unnumbered()).follow


@cache
def procedures() -> Procedures:
    """Make what stops and lengthens a case's time."""
    from chalicelib.cases.parts import cases

    return procedures_over(cases())


def procedures_over(over: Cases) -> Procedures:
    """Make the same over these cases."""
    from chalicelib.approvals.procedures import Procedures
    from chalicelib.catalogue.parts import catalogue

    return Procedures(over, catalogue())


@cache
def examinations() -> Examinations:
    """Make what puts on record what two of an office found."""
    from chalicelib.approvals.examinations import Examinations
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.identity.parts import identity

    return Examinations(cases(), catalogue(), identity)


@cache
def transfers() -> Transfers:
    """Make what forwards a case to a higher organ."""
    from chalicelib.cases.parts import cases

    return transfers_over(cases())


def transfers_over(over: Cases) -> Transfers:
    """Make the same over these cases."""
    from chalicelib.approvals.transfers import Transfers
    from chalicelib.catalogue.parts import catalogue

    return Transfers(over, catalogue())


@cache
def acceptances() -> Acceptances:
    """Make what accepts in the law's name."""
    from chalicelib.approvals.acceptance import Acceptances
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue

    return Acceptances(cases(), catalogue(), numbers())


def _page(file: CaseFile, service: Service) -> dict[str, Any]:
    from chalicelib.approvals import asked

    return {"official_no": file.case.facts.get("official_no"), "missing": asked.shown(asked.open_waits(file))}


def _staff_page(file: CaseFile, service: Service, who: Session) -> dict[str, Any]:
    from chalicelib.approvals.extensions import allowed
    from chalicelib.cases.model import TASK
    from chalicelib.tasks.present import branch

    mine = [row for row in file.of(TASK) if "apart" not in row.data]  # what is apart is on its own part of the page
    branches = [branch(row) for row in mine]
    return {"branches": branches, "opinions": service.opinions, "extension": allowed(service)}


def _acts() -> Mapping[OfficeAct, Check]:
    from chalicelib.approvals.procedures import CHECKS

    return CHECKS


def _can(file: CaseFile) -> list[str]:
    return ["supplement"] if file.case.status in UNDECIDED else []


CAPABILITY = Capability(
    tasks=kinds(lambda *it: decisions().follow(*it), _looked_at),
    steps={
        "open_task": lambda event, now: stages().open_task(
            event["case_no"], event["stage"], event["department"], event["token"], now
        ),
    },
    rounds={
        "lapsed": lambda now: lapses().lapse_due(now),
        "deemed": lambda now: acceptances().deem_due(now),
        "procedures": lambda now: procedures().resume_due(now),
    },
    receives={"supplement": lambda intake, now: supplements().hand_in(intake, now)},
    page=_page,
    can=_can,
    staff_page=_staff_page,
    acts=_acts,
)
