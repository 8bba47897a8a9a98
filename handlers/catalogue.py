"""What can be applied for, for anybody to read."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib.catalogue.parts import catalogue
from chalicelib.catalogue.service import present
from handlers import http

PINNED = "public, max-age=86400"
"""A version never changes, so it may be kept for a day: by then a release may write it otherwise."""

routes = Blueprint(__name__)


@routes.route("/v1/services", methods=["GET"])
def services() -> Response:
    """List services, all or by audience, topic, tag, channel and words."""
    found = catalogue().search(http.query(routes.current_request))
    return http.answer({"services": [present(each) for each in found]})


@routes.route("/v1/services/{code}/fee", methods=["POST"])
def fee(code: str) -> Response:
    """Count what a service costs by a form as it stands; 400 names the field that is missing or wrong."""
    data = http.body(routes.current_request, "FeeRequest")
    return http.answer(catalogue().fee(code, data["form"], data.get("version", "")))


@routes.route("/v1/services/{code}", methods=["GET"])
def service(code: str) -> Response:
    """Show the guide and the form of one service; `answers=a:b,c:d` shortens the materials, `version` names one that running cases keep."""
    asked = http.query(routes.current_request)
    text, version = asked.get("answers"), asked.get("version", "")
    answers = dict(pair.split(":", 1) for pair in text.split(",")) if text else {}
    found = http.answer(catalogue().guide(code, answers, version))
    if version:
        found.headers["Cache-Control"] = PINNED
    return found
