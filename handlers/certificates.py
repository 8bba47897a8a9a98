"""Certificates over the JSON API: anybody checks one by its number; a supervisor revokes and reissues."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.certificates.parts import certificates
from chalicelib.kernel import clock
from chalicelib.vocabulary.roles import Role
from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/certificates/{number}", methods=["GET"])
def check(number: str) -> Response:
    """Tell anybody what a certificate is worth."""
    return http.answer(certificates().checked(number, http.caller(routes.current_request), clock.now()))


@routes.route("/v1/staff/certificates/{number}/revocation", methods=["POST"])
def revoke(number: str) -> Response:
    """Revoke a certificate, for good."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    return http.answer(certificates().revoke(who, number, http.body(request, "CertificateActRequest")["reason"], now))


@routes.route("/v1/staff/certificates/{number}/reissue", methods=["POST"])
def reissue(number: str) -> Response:
    """Give a new certificate for an old one."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    return http.answer(certificates().reissue(who, number, http.body(request, "CertificateActRequest")["reason"], now))
