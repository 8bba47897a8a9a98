"""What clerks and supervisors do over the JSON API."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib import wiring
from chalicelib.kernel import clock, formats
from chalicelib.kernel.errors import Fault, Forbidden, InvalidInput
from handlers import http

staff_routes = Blueprint(__name__)


@staff_routes.route("/v1/tasks", methods=["GET"])
def tasks() -> Response:
    """List my department's work by due date."""
    request = staff_routes.current_request
    who = http.bearer(request, "staff")
    found, more = wiring.approvals().tasks(who, clock.now(), http.cursor(request))
    return http.answer({"tasks": found} | ({"next": more} if more else {}))


@staff_routes.route("/v1/tasks/{task_id}/claim", methods=["POST"])
def claim(task_id: str) -> Response:
    """Take a task; 409 names the colleague who was faster."""
    who = http.bearer(staff_routes.current_request, "staff")
    return http.answer(wiring.approvals().claim(who, task_id, clock.now()))


@staff_routes.route("/v1/tasks/{task_id}/decision", methods=["POST"])
def decide(task_id: str) -> Response:
    """Decide a task; 409 says who decided first."""
    request, now = staff_routes.current_request, clock.now()
    who = http.session(request, now, "staff")
    data = http.body(request, "DecisionRequest")
    opinion, missing = data.get("opinion", ""), data.get("missing", [])
    return http.answer(wiring.approvals().decide(who, task_id, data["outcome"], opinion, missing, now))


@staff_routes.route("/v1/staff/cases", methods=["GET"])
def find() -> Response:
    """Find cases by number, phone or ID: masked."""
    request = staff_routes.current_request
    who = http.bearer(request, "staff")
    case_no, phone, number = (http.query(request, name) for name in ("case_no", "phone", "id_number"))
    if phone and not formats.mobile(phone):
        raise InvalidInput(formats.MESSAGES["mobile"], [Fault("phone", "format", formats.MESSAGES["mobile"])])
    if not (case_no or phone or number):
        raise InvalidInput("请填写办件号、手机号码或证件号码", [Fault("case_no", "required", "三项至少填一项")])
    return http.answer(wiring.view().find(who, case_no, phone, number, http.cursor(request)))


@staff_routes.route("/v1/staff/cases/{case_no}", methods=["GET"])
def case(case_no: str) -> Response:
    """Show a whole case to a clerk, masked."""
    who = http.bearer(staff_routes.current_request, "staff")
    return http.answer(wiring.view().staff(case_no, who))


@staff_routes.route("/v1/staff/cases/{case_no}/reveal", methods=["POST"])
def reveal(case_no: str) -> Response:
    """Show personal data in clear for a stated purpose; the reading is on record."""
    request = staff_routes.current_request
    who = http.bearer(request, "staff")
    purpose = http.body(request, "RevealRequest")["purpose"]
    return http.answer(wiring.view().reveal(case_no, who, purpose, clock.now()))


@staff_routes.route("/v1/staff/board", methods=["GET"])
def board() -> Response:
    """Show a supervisor the figures of a period."""
    request = staff_routes.current_request
    who = http.bearer(request, "staff")
    if "supervisor" not in who.roles:
        raise Forbidden("只有监督人员能查看")
    return http.answer(wiring.figures().board(http.query(request, "from"), http.query(request, "to"), clock.now()))
