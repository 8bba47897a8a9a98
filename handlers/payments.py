"""Paying over the JSON API."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.cases.rights import Asker
from chalicelib.kernel import clock
from chalicelib.payments.parts import payments
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/cases/{case_no}/payment", methods=["POST"])
def pay(case_no: str) -> Response:
    """Order the payment and return what the client needs to pay."""
    request = routes.current_request
    who = http.citizen(request, clock.now())
    scene = http.body(request, "PaymentRequest").get("scene")
    return http.answer(payments().pay(case_no, Asker.of(who), clock.now(), scene, http.caller(request)))
