"""Where a result goes, over the JSON API, and what carriage costs whose treasury."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.cases.rights import Asker
from chalicelib.delivery.parts import choices, postage
from chalicelib.kernel import clock
from chalicelib.vocabulary.roles import Role
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/cases/{case_no}/delivery", methods=["POST"])
def change(case_no: str) -> Response:
    """Change where a result goes, or register who fetches it."""
    request, now = routes.current_request, clock.now()
    who = http.bearer(request, roles=[Role.CLERK])
    return http.answer(choices().change(case_no, Asker.of(who), http.body(request, "DeliveryRequest"), now))


@routes.route("/v1/staff/postage", methods=["GET"])
def sheet() -> Response:
    """Show what carriage cost the treasury of one's own level in a month."""
    request = routes.current_request
    who = http.bearer(request, "staff", roles=[Role.SUPERVISOR])
    asked = http.query(request)
    month = asked.get("month") or f"{clock.now():%Y-%m}"
    return http.answer(postage().month(who.region, month, asked.get("next")))
