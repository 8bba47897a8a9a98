"""What a case's applicant owes (收费): counted anew from the form while it is not decided, from the decision on what was decided.

The one fact is in the event that grants (`fee`: the lines, the reductions, the total); a head that owes something keeps the total as
`fee_fen`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.cases.model import Case, CaseFile
from chalicelib.catalogue import fees
from chalicelib.catalogue.fees import Assessment
from chalicelib.catalogue.model import Service
from chalicelib.kernel.errors import InvalidInput
from chalicelib.kernel.money import yuan
from chalicelib.vocabulary.events import EventName

if TYPE_CHECKING:
    from chalicelib.cases.service import Cases

FEN = "fee_fen"


def assessed(service: Service, private: dict[str, Any]) -> Assessment:
    """Count the fee of a case by its form and the materials that are in (its sealed part, opened)."""
    return fees.assess(service, private["form"], {each["code"] for each in private["materials"]})


def due(cases: Cases, case: Case, service: Service) -> Assessment:
    """Count the fee of a case as its form stands; where the service has none, nothing is opened."""
    return assessed(service, cases.open(case).private or {}) if service.fee else Assessment()


def granted(counted: Assessment) -> dict[str, Any]:
    """Write what an event that grants says of the fee."""
    return {FEN: counted.total_fen, "fee": counted.told()} if counted.lines else {FEN: 0}


def kept(counted: Assessment) -> dict[str, int]:
    """Return the fact of a head that owes something; none where nothing is due."""
    return {FEN: counted.total_fen} if counted.total_fen else {}


def spared(counted: Assessment) -> str:
    """Say, behind a sentence that grants, what was reduced and why; nothing where nothing was."""
    less = "、".join(f"{each.reason}，减{yuan(each.amount_fen)}元" for each in counted.reductions)
    return f"；{less}{'' if counted.total_fen else '，不用缴费'}" if less else ""


def decided(file: CaseFile) -> dict[str, Any] | None:
    """Return the fee of a case as it was decided; None before that, or where none is due."""
    found = (event.data.get("fee") for event in reversed(file.events) if event.name is EventName.GRANTED)
    return next(found, None)


def shown(file: CaseFile, service: Service, private: dict[str, Any]) -> dict[str, Any] | None:
    """Write the fee as a case's page has it; None where the service has none, or its form cannot be counted by these rules."""
    if service.fee is None:
        return None
    if fee := decided(file):
        return fee | {"decided": True}
    try:
        return assessed(service, private).told() | {"decided": False}
    except (InvalidInput, LookupError, TypeError, ValueError):
        return None
