"""Signing in over the JSON API."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.identity.model import Grant
from chalicelib.identity.parts import identity
from chalicelib.kernel import clock
from chalicelib.vocabulary.channels import APPS
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/sessions/{app}", methods=["POST"])
def by_app(app: str) -> Response:
    """Sign in a citizen with the login code of the mini-program she is in."""
    data = http.body(routes.current_request, "AppSessionRequest")
    return _granted(identity().app_login(app, data["code"], clock.now()))


@routes.route("/v1/sessions/sms-code", methods=["POST"])
def sms_code() -> Response:
    """Send a one-time code to a phone."""
    request = routes.current_request
    data = http.body(request, "SmsCodeRequest")
    return http.answer(identity().send_code(data["phone"], clock.now(), http.caller(request)), 202)


@routes.route("/v1/sessions/sms", methods=["POST"])
def sms() -> Response:
    """Sign in a citizen with a one-time code; a mini-program's bearer token given along is tied to the phone."""
    request, now = routes.current_request, clock.now()
    data = http.body(request, "SmsSessionRequest")
    link = http.session(request, now, *APPS) if request.headers.get("authorization") else None
    return _granted(identity().sms_login(data["phone"], data["code"], now, link))


@routes.route("/v1/sessions/kiosk", methods=["POST"])
def kiosk() -> Response:
    """Begin one visit to a kiosk."""
    data = http.body(routes.current_request, "KioskSessionRequest")
    return _granted(identity().kiosk_login(data["device"], data["key"], clock.now()))


@routes.route("/v1/sessions/current", methods=["DELETE"])
def end() -> Response:
    """Sign out, whoever is signed in: 204, and the token is dead."""
    identity().end(http.token(routes.current_request), clock.now())
    return Response("", {}, 204)


@routes.route("/v1/staff/sessions", methods=["POST"])
def staff() -> Response:
    """Sign in a clerk."""
    data = http.body(routes.current_request, "StaffSessionRequest")
    return _granted(identity().staff_login(data["username"], data["password"], clock.now()))


def _granted(grant: Grant) -> Response:
    return http.answer({"token": grant.token, "expires_at": clock.iso(grant.expires_at), **grant.session.shown()})
