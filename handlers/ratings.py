"""Rating over the JSON API."""

from __future__ import annotations

from dataclasses import replace

from chalice import Blueprint
from chalice.app import Response

from chalicelib.intake.model import Intake
from chalicelib.intake.parts import desk
from chalicelib.kernel import clock
from channels import form
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/cases/{case_no}/rating", methods=["POST"])
def rate(case_no: str) -> Response:
    """Rate (好差评): signed in, or with the one-time ticket of the link."""
    request, now = routes.current_request, clock.now()
    data = http.body(request, "RatingRequest") | {"case_no": case_no}
    if data.get("ticket") and not request.headers.get("authorization"):
        intake = Intake("rating", "web", f"ticket:{http.caller(request)}", "", data, now, source=http.caller(request))
    else:
        who = http.citizen(request, now)
        intake = replace(form.read("rating", who, "", data, now), source=http.caller(request))
    return http.answer(desk().receive(intake, now).body, 201)
