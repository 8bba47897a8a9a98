"""What comes in over the JSON API: applications, supplements, withdrawals, files, and the public question how a case stands."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import Response

from chalicelib.cases.parts import pages
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake, Reply
from chalicelib.intake.parts import desk, materials
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.vocabulary.roles import Role
from channels import form
from handlers import http

WINDOW = frozenset({Role.CLERK})  # who of staff takes in what citizens bring (受审分离)

routes = Blueprint(__name__)


@routes.route("/v1/applications", methods=["POST"])
def apply() -> Response:
    """File an application: 201 with the receipt, 200 with the same receipt again, 409 for other content."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, roles=WINDOW, filing=True)
    data = http.body(request, "ApplicationRequest")
    key = request.headers.get("idempotency-key", "")
    if not 1 <= len(key) <= 128:
        raise InvalidInput(
            "缺少Idempotency-Key", [Fault("Idempotency-Key", "required", "请求头Idempotency-Key为1到128个字符")]
        )
    reply = desk().receive(form.read("application", who, key, data, now), now)
    return http.answer(reply.body, 201 if reply.created else 200)


@routes.route("/v1/cases/{case_no}/supplement", methods=["POST"])
def supplement(case_no: str) -> Response:
    """Hand in what was missing (补正)."""
    who = http.bearer(routes.current_request, roles=WINDOW)
    return http.answer(_act("supplement", case_no, "SupplementRequest", who).body)


@routes.route("/v1/cases/{case_no}/withdrawal", methods=["POST"])
def withdrawal(case_no: str) -> Response:
    """Withdraw (撤回) before a decision."""
    who = http.citizen(routes.current_request, clock.now())
    return http.answer(_act("withdrawal", case_no, "WithdrawalRequest", who).body)


@routes.route("/v1/status", methods=["POST"])
def ask_status() -> Response:
    """Tell anybody who knows the last four characters of the applicant's ID how a case stands: one read."""
    return _told(http.body(routes.current_request, "StatusRequest"))


@routes.route("/v1/status/{case_no}", methods=["GET"])
def status(case_no: str) -> Response:
    """`ask_status` by a link."""
    return _told({"case_no": case_no, **http.query(routes.current_request)})


def _told(asked: dict[str, Any]) -> Response:
    now = clock.now()
    intake = Intake("query", "web", f"ip:{http.caller(routes.current_request)}", "", asked, now)
    return http.answer(desk().receive(intake, now).body)


@routes.route("/v1/materials", methods=["POST"])
def upload() -> Response:
    """Give a place to upload one file to."""
    request = routes.current_request
    who = http.bearer(request, roles=WINDOW)
    return http.answer(materials().upload(who.subject, http.body(request, "MaterialRequest"), clock.now()), 201)


@routes.route("/v1/materials/{material_id}", methods=["GET"])
def download(material_id: str) -> Response:
    """Give the address of a file: one I uploaded, or (with `case_no`) one handed in with a case whose files I may open."""
    request, now = routes.current_request, clock.now()
    who, case_no = http.session(request, now), http.query(request).get("case_no", "")
    if who.staff or case_no:
        return http.answer(materials().opened(pages().handed_in(case_no, material_id, who, now), now))
    return http.answer(materials().download(who.subject, material_id, now))


def _act(kind: str, case_no: str, schema: str, who: Session) -> Reply:
    request, now = routes.current_request, clock.now()
    data: dict[str, Any] = http.body(request, schema)
    return desk().receive(form.read(kind, who, "", {**data, "case_no": case_no}, now), now)
