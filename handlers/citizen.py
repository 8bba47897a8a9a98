"""What a citizen does over the JSON API: apply, look, supplement, withdraw, pay, rate."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import Response

from chalicelib import wiring
from chalicelib.cases import view
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fault, Forbidden, InvalidInput
from channels.registry import FORM
from handlers import http

citizen_routes = Blueprint(__name__)


@citizen_routes.route("/v1/applications", methods=["POST"])
def apply() -> Response:
    """File an application: 201 with the receipt, 200 with the same receipt again, 409 for other content."""
    request, now = citizen_routes.current_request, clock.now()
    who = http.session(request, now)
    data = http.body(request, "ApplicationRequest")
    key = request.headers.get("idempotency-key", "")
    if not 1 <= len(key) <= 128:
        raise InvalidInput(
            "缺少Idempotency-Key", [Fault("Idempotency-Key", "required", "请求头Idempotency-Key为1到128个字符")]
        )
    reply = wiring.desk().receive(FORM[who.kind].read("application", who.subject, key, data, now), now)
    return http.answer(reply.body, 201 if reply.created else 200)


@citizen_routes.route("/v1/cases", methods=["GET"])
def cases() -> Response:
    """List my cases, newest first."""
    request = citizen_routes.current_request
    who = http.bearer(request)
    found = wiring.cases().mine(who.subject, who.phone, http.cursor(request))
    return http.answer(view.listed(found))


@citizen_routes.route("/v1/cases/{case_no}", methods=["GET"])
def case(case_no: str) -> Response:
    """Show one case of mine with its timeline."""
    who = http.bearer(citizen_routes.current_request)
    return http.answer(wiring.view().mine(case_no, who, clock.now()))


@citizen_routes.route("/v1/cases/{case_no}/supplement", methods=["POST"])
def supplement(case_no: str) -> Response:
    """Hand in what was missing (补正)."""
    return http.answer(_act("supplement", case_no, "SupplementRequest").body)


@citizen_routes.route("/v1/cases/{case_no}/withdrawal", methods=["POST"])
def withdrawal(case_no: str) -> Response:
    """Withdraw (撤回) before a decision."""
    return http.answer(_act("withdrawal", case_no, "WithdrawalRequest").body)


@citizen_routes.route("/v1/cases/{case_no}/rating", methods=["POST"])
def rating(case_no: str) -> Response:
    """Rate (好差评): signed in, or with the one-time ticket of the link."""
    request, now = citizen_routes.current_request, clock.now()
    data = http.body(request, "RatingRequest")
    if data.get("ticket") and not request.headers.get("authorization"):
        intake = Intake("rating", "web", f"ticket:{http.caller(request)}", "", {**data, "case_no": case_no}, now)
        return http.answer(wiring.desk().receive(intake, now).body, 201)
    who = _citizen(http.session(request, now))
    intake = FORM[who.kind].read("rating", who.subject, "", {**data, "case_no": case_no, "phone": who.phone}, now)
    return http.answer(wiring.desk().receive(intake, now).body, 201)


@citizen_routes.route("/v1/cases/{case_no}/payment", methods=["POST"])
def payment(case_no: str) -> Response:
    """Order the payment and return what the client needs to pay."""
    request = citizen_routes.current_request
    who = _citizen(http.bearer(request))
    http.body(request, "PaymentRequest")
    return http.answer(wiring.payments().pay(case_no, who.subject, clock.now(), who.phone))


@citizen_routes.route("/v1/status/{case_no}", methods=["GET"])
def status(case_no: str) -> Response:
    """Tell anybody who knows the last four characters of the applicant's ID how a case stands: one read."""
    request, now = citizen_routes.current_request, clock.now()
    verify = http.query(request, "verify") or ""
    if len(verify) != 4:
        raise InvalidInput("请填写证件号码后四位", [Fault("verify", "required", "请填写申请人证件号码后四位")])
    intake = Intake("query", "web", f"ip:{http.caller(request)}", "", {"case_no": case_no, "verify": verify}, now)
    return http.answer(wiring.desk().receive(intake, now).body)


@citizen_routes.route("/v1/materials", methods=["POST"])
def material() -> Response:
    """Give a place to upload one file to."""
    request = citizen_routes.current_request
    who = http.bearer(request)
    return http.answer(wiring.materials().upload(who.subject, http.body(request, "MaterialRequest"), clock.now()), 201)


@citizen_routes.route("/v1/materials/{material_id}", methods=["GET"])
def download(material_id: str) -> Response:
    """Give the address of a file: mine, or (a clerk, with `case_no`) one handed in with a case I work on."""
    request, now = citizen_routes.current_request, clock.now()
    who, sender = http.session(request, now), ""
    if who.staff:
        sender = wiring.view().handed_in_by(http.query(request, "case_no") or "", material_id, who)
    return http.answer(wiring.materials().download(sender or who.subject, material_id, now))


def _act(kind: Any, case_no: str, schema: str) -> Reply:
    request, now = citizen_routes.current_request, clock.now()
    who = http.session(request, now)
    data = http.body(request, schema)
    intake = FORM[who.kind].read(kind, who.subject, "", {**data, "case_no": case_no, "phone": who.phone}, now)
    return wiring.desk().receive(intake, now)


def _citizen(who: Session) -> Session:
    if who.kind == "staff":
        raise Forbidden("工作人员不能代替申请人办理此项操作")
    return who
