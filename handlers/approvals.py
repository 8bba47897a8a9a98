"""What an office does to a case besides its tasks: special procedures, extension, forwarding to a higher organ."""

from __future__ import annotations

from datetime import date

from chalice import Blueprint
from chalice.app import Response

from chalicelib.approvals.parts import procedures, transfers
from chalicelib.approvals.procedures import Procedure
from chalicelib.kernel import clock
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/staff/cases/{case_no}/suspension", methods=["POST"])
def suspend(case_no: str) -> Response:
    """Begin a special procedure (特别程序): the clock stands."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    asked = http.body(request, "SuspensionRequest")
    procedure = Procedure(asked["kind"], asked["reason"].strip(), date.fromisoformat(asked["until"]))
    return http.answer(procedures().suspend(case_no, who, procedure, now))


@routes.route("/v1/staff/cases/{case_no}/resumption", methods=["POST"])
def resume(case_no: str) -> Response:
    """End a special procedure: the clock runs again."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    return http.answer(
        procedures().resume(case_no, who, http.body(request, "ResumptionRequest")["result"].strip(), now)
    )


@routes.route("/v1/staff/cases/{case_no}/extension", methods=["POST"])
def extend(case_no: str) -> Response:
    """Lengthen the time once (延长)."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    asked = http.body(request, "ExtensionRequest")
    return http.answer(procedures().extend(case_no, who, asked["days"], asked["reason"].strip(), now))


@routes.route("/v1/staff/cases/{case_no}/transfer", methods=["POST"])
def transfer(case_no: str) -> Response:
    """Forward a case to the higher organ that decides (转报)."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    asked = http.body(request, "TransferRequest")
    return http.answer(transfers().transfer(case_no, who, asked["organ"].strip(), asked["opinion"].strip(), now))
