"""What a supervisor proposes about a case; another confirms it as a task: void (作废), correct what is on record (更正)."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.kernel import clock
from chalicelib.proposals.parts import revising, voiding
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
