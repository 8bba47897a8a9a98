"""Cases over the JSON API: one's own in full, for clerks masked, in clear for a purpose on record."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.cases.page import listed
from chalicelib.cases.parts import cases, pages
from chalicelib.cases.rights import Asker
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fault, InvalidInput
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/cases", methods=["GET"])
def mine() -> Response:
    """List my cases, newest first."""
    request = routes.current_request
    who = http.citizen(request, clock.now())
    return http.answer(listed(cases().mine(Asker.of(who), http.query(request).get("next"))))


@routes.route("/v1/cases/{case_no}", methods=["GET"])
def case(case_no: str) -> Response:
    """Show one case of mine with its timeline."""
    who = http.citizen(routes.current_request, clock.now())
    return http.answer(pages().mine(case_no, who))


@routes.route("/v1/staff/cases", methods=["GET"])
def find() -> Response:
    """Find cases by number, phone or ID: masked."""
    request = routes.current_request
    http.bearer(request, "staff")
    asked = http.query(request)
    case_no, phone, number = (asked.get(name) for name in ("case_no", "phone", "id_number"))
    if not (case_no or phone or number):
        raise InvalidInput("请填写办件号、手机号码或证件号码", [Fault("case_no", "required", "三项至少填一项")])
    return http.answer(pages().find(case_no, phone, number, asked.get("next")))


@routes.route("/v1/staff/cases/{case_no}", methods=["GET"])
def staff_case(case_no: str) -> Response:
    """Show a whole case to a clerk, masked."""
    who = http.bearer(routes.current_request, "staff")
    return http.answer(pages().staff(case_no, who))


@routes.route("/v1/staff/cases/{case_no}/reveal", methods=["POST"])
def reveal(case_no: str) -> Response:
    """Show personal data in clear for a stated purpose; the reading is on record."""
    request = routes.current_request
    who = http.bearer(request, "staff")
    purpose = http.body(request, "RevealRequest")["purpose"]
    return http.answer(pages().reveal(case_no, who, purpose, clock.now()))
