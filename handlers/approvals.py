"""What an office does to a case besides its tasks: special procedures, extension, waiting no longer for others, verifying what is true,
forwarding to a higher organ. What puts something on paper can be looked at first, as it will be worded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chalice import Blueprint
from chalice.app import Response

from chalicelib.approvals.parts import examinations, procedures, procedures_over, transfers, transfers_over
from chalicelib.approvals.special import Procedure
from chalicelib.documents.parts import previewed
from chalicelib.kernel import clock
from handlers import http

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.approvals.procedures import Procedures
    from chalicelib.approvals.transfers import Transfers
    from chalicelib.identity.model import Session

routes = Blueprint(__name__)


def _clerk() -> tuple[Session, datetime]:
    now = clock.now()
    return http.session(routes.current_request, now, "staff"), now


@routes.route("/v1/staff/cases/{case_no}/suspension", methods=["POST"])
def suspend(case_no: str) -> Response:
    """Begin a special procedure (特别程序): the clock stands."""
    who, now = _clerk()
    return http.answer(_suspended(procedures(), case_no, who, now))


@routes.route("/v1/staff/cases/{case_no}/suspension/preview", methods=["POST"])
def preview_suspension(case_no: str) -> Response:
    """Show what would be put on paper."""
    who, now = _clerk()
    return http.answer(previewed(lambda over: _suspended(procedures_over(over), case_no, who, now), who, now))


def _suspended(over: Procedures, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
    asked = http.body(routes.current_request, "SuspensionRequest")
    held_on, asked_on = (date.fromisoformat(asked[name]) if name in asked else None for name in ("held_on", "asked_on"))
    until, place = date.fromisoformat(asked["until"]), asked.get("place", "").strip()
    procedure = Procedure(asked["kind"], asked["reason"].strip(), until, held_on, place, asked_on)
    return over.suspend(case_no, who, procedure, now)


@routes.route("/v1/staff/cases/{case_no}/resumption", methods=["POST"])
def resume(case_no: str) -> Response:
    """End a special procedure: the clock runs again; a hearing before its day is called off."""
    who, now = _clerk()
    return http.answer(_resumed(procedures(), case_no, who, now))


@routes.route("/v1/staff/cases/{case_no}/resumption/preview", methods=["POST"])
def preview_resumption(case_no: str) -> Response:
    """Show what would be put on paper."""
    who, now = _clerk()
    return http.answer(previewed(lambda over: _resumed(procedures_over(over), case_no, who, now), who, now))


def _resumed(over: Procedures, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
    return over.resume(case_no, who, http.body(routes.current_request, "ResumptionRequest")["result"].strip(), now)


@routes.route("/v1/staff/cases/{case_no}/extension", methods=["POST"])
def extend(case_no: str) -> Response:
    """Lengthen the time once (延长)."""
    who, now = _clerk()
    return http.answer(_extended(procedures(), case_no, who, now))


@routes.route("/v1/staff/cases/{case_no}/extension/preview", methods=["POST"])
def preview_extension(case_no: str) -> Response:
    """Show what would be put on paper."""
    who, now = _clerk()
    return http.answer(previewed(lambda over: _extended(procedures_over(over), case_no, who, now), who, now))


def _extended(over: Procedures, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
    asked = http.body(routes.current_request, "ExtensionRequest")
    return over.extend(case_no, who, asked["days"], asked["reason"].strip(), now, asked.get("approval", "").strip())


@routes.route("/v1/staff/cases/{case_no}/recall", methods=["POST"])
def recall(case_no: str) -> Response:
    """Wait no longer for the departments that were asked (会签、退回)."""
    who, now = _clerk()
    return http.answer(
        procedures().recall(case_no, who, http.body(routes.current_request, "RecallRequest")["reason"].strip(), now)
    )


@routes.route("/v1/staff/cases/{case_no}/examination", methods=["POST"])
def examine(case_no: str) -> Response:
    """Put on record what two of an office found (核查)."""
    who, now = _clerk()
    asked = http.body(routes.current_request, "ExaminationRequest")
    day, finding = date.fromisoformat(asked["held_on"]), asked["finding"].strip()
    return http.answer(examinations().examine(case_no, who, day, asked["colleague"].strip(), finding, now))


@routes.route("/v1/staff/cases/{case_no}/transfer", methods=["POST"])
def transfer(case_no: str) -> Response:
    """Forward a case to the higher organ that decides (转报)."""
    who, now = _clerk()
    return http.answer(_transferred(transfers(), case_no, who, now))


@routes.route("/v1/staff/cases/{case_no}/transfer/preview", methods=["POST"])
def preview_transfer(case_no: str) -> Response:
    """Show what would be put on paper."""
    who, now = _clerk()
    return http.answer(previewed(lambda over: _transferred(transfers_over(over), case_no, who, now), who, now))


def _transferred(over: Transfers, case_no: str, who: Session, now: datetime) -> dict[str, Any]:
    asked = http.body(routes.current_request, "TransferRequest")
    return over.transfer(case_no, who, asked["organ"].strip(), asked["opinion"].strip(), now)
