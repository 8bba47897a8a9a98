"""What a supervisor proposes about a case and another confirms as a task: void it (作废), correct its record (更正), pay back (退款)."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.kernel import clock
from chalicelib.proposals.parts import refunding, revising, voiding
from chalicelib.vocabulary.roles import Role
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/staff/cases/{case_no}/voiding", methods=["POST"])
def void(case_no: str) -> Response:
    """Propose that a case is void."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    return http.answer(voiding().propose(case_no, who, http.body(request, "VoidingRequest")["reason"].strip(), now))


@routes.route("/v1/staff/cases/{case_no}/revising", methods=["POST"])
def revise(case_no: str) -> Response:
    """Propose what fields of the form should say."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    asked = http.body(request, "RevisingRequest")
    return http.answer(revising().propose(case_no, who, asked["form"], asked["reason"].strip(), now))


@routes.route("/v1/staff/cases/{case_no}/refund", methods=["POST"])
def refund(case_no: str) -> Response:
    """Propose to pay back, a part or the whole."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    asked = http.body(request, "RefundRequest")
    return http.answer(refunding().propose(case_no, who, asked.get("amount_fen"), asked["reason"].strip(), now))
