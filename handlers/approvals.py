"""What an office does to a case besides its tasks: special procedures, extension, waiting no longer for others."""

from __future__ import annotations

from datetime import date

from chalice import Blueprint
from chalice.app import Response

from chalicelib.approvals.parts import procedures
from chalicelib.approvals.special import Procedure
from chalicelib.kernel import clock
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/staff/cases/{case_no}/suspension", methods=["POST"])
def suspend(case_no: str) -> Response:
    """Begin a special procedure (特别程序): the clock stands."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    asked = http.body(request, "SuspensionRequest")
    held_on = date.fromisoformat(asked["held_on"]) if "held_on" in asked else None
    until, place = date.fromisoformat(asked["until"]), asked.get("place", "").strip()
    procedure = Procedure(asked["kind"], asked["reason"].strip(), until, held_on, place)
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


@routes.route("/v1/staff/cases/{case_no}/recall", methods=["POST"])
def recall(case_no: str) -> Response:
    """Wait no longer for the departments that were asked (会签、退回)."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    reason = http.body(request, "RecallRequest")["reason"].strip()
    return http.answer(procedures().recall(case_no, who, reason, now))
