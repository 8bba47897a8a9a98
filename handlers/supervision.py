"""Supervision: the board over the JSON API, and the function that counts for it, apart from all that must not wait."""

from __future__ import annotations

from typing import Any

from chalice import Blueprint
from chalice.app import DynamoDBEvent, Response

from chalicelib.kernel import clock
from chalicelib.supervision.parts import figures as counted
from chalicelib.vocabulary.roles import Role
from handlers import http, stream

routes = Blueprint(__name__)


@routes.route("/v1/staff/board", methods=["GET"])
def board() -> Response:
    """Show a supervisor the figures of a period."""
    request = routes.current_request
    http.bearer(request, "staff", roles=[Role.SUPERVISOR])
    asked = http.query(request)
    return http.answer(counted().board(asked.get("from"), asked.get("to"), clock.now()))


@routes.on_dynamodb_record(stream_arn=stream.CASES, batch_size=100, starting_position="TRIM_HORIZON", name="figures")
def figures(event: DynamoDBEvent) -> dict[str, Any]:
    """Count what happened; what cannot be counted is told again, and stops nothing else."""
    counted().count(stream.changes(event))
    return {"batchItemFailures": []}
