"""Certificates over the JSON API: anybody checks one by its number; a supervisor revokes and reissues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice import Blueprint
from chalice.app import Response

from chalicelib.certificates.parts import certificates, certificates_over
from chalicelib.documents.parts import previewed
from chalicelib.kernel import clock
from chalicelib.vocabulary.roles import Role
from handlers import http

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.identity.model import Session

routes = Blueprint(__name__)


@routes.route("/v1/certificates/{number}", methods=["GET"])
def check(number: str) -> Response:
    """Tell anybody what a certificate is worth."""
    return http.answer(certificates().checked(number, http.caller(routes.current_request), clock.now()))


@routes.route("/v1/staff/certificates/{number}/revocation", methods=["POST"])
def revoke(number: str) -> Response:
    """Revoke a certificate."""
    who, reason, now = _asked()
    return http.answer(certificates().revoke(who, number, reason, now))


@routes.route("/v1/staff/certificates/{number}/revocation/preview", methods=["POST"])
def preview_revocation(number: str) -> Response:
    """Show what would be put on paper."""
    who, reason, now = _asked()
    return http.answer(previewed(lambda over: certificates_over(over).revoke(who, number, reason, now), who, now))


@routes.route("/v1/staff/certificates/{number}/reissue", methods=["POST"])
def reissue(number: str) -> Response:
    """Give a new certificate for an old one."""
    who, reason, now = _asked()
    return http.answer(certificates().reissue(who, number, reason, now))


def _asked() -> tuple[Session, str, datetime]:
    """Return who asks for an act, and why."""
    request, now = routes.current_request, clock.now()
    who = http.session(request, now, "staff", roles=[Role.SUPERVISOR])
    return who, http.body(request, "CertificateActRequest")["reason"], now
