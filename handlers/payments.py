"""Paying over the JSON API, and what the accountants see of it."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.cases.rights import Asker
from chalicelib.kernel import clock
from chalicelib.payments.parts import ledger, payments
from chalicelib.vocabulary.roles import Role
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/cases/{case_no}/payment", methods=["POST"])
def pay(case_no: str) -> Response:
    """Order the payment and return what the client needs to pay."""
    request = routes.current_request
    who = http.citizen(request, clock.now())
    scene = http.body(request, "PaymentRequest").get("scene")
    return http.answer(payments().pay(case_no, Asker.of(who), clock.now(), scene, http.caller(request)))


@routes.route("/v1/staff/ledger", methods=["GET"])
def balance() -> Response:
    """Show the accountants what bill, order and case do not agree on, and how the days stand."""
    request = routes.current_request
    http.bearer(request, "staff", roles=[Role.ACCOUNTANT])
    return http.answer(ledger().page(clock.now(), http.query(request).get("next")))


@routes.route("/v1/staff/ledger/{gap_id}/settlement", methods=["POST"])
def settle(gap_id: str) -> Response:
    """Write down how a gap came to its end."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.ACCOUNTANT])
    said = http.body(request, "GapSettlement")
    return http.answer(ledger().settle(gap_id, who, said["how"], said["note"].strip(), now))
