"""Whether the API answers, and what it is."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from handlers import http

routes = Blueprint(__name__)


@routes.route("/v1/health", methods=["GET"])
def health() -> Response:
    """Say that the API answers."""
    return http.answer({"status": "ok", "version": http.openapi()["info"]["version"]})


@routes.route("/v1/openapi.json", methods=["GET"])
def openapi() -> Response:
    """Show the API's contract."""
    return http.answer(http.openapi())
