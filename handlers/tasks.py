"""Work lists over the JSON API: look, take, give back, hand over, decide, and look at a decision first, as it will be on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice import Blueprint
from chalice.app import Response

from chalicelib.documents.parts import previewed
from chalicelib.kernel import clock
from chalicelib.tasks.model import Decision
from chalicelib.tasks.parts import tasks, tasks_over
from handlers import http

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.identity.model import Session
    from chalicelib.tasks.service import Tasks

routes = Blueprint(__name__)


@routes.route("/v1/tasks", methods=["GET"])
def mine() -> Response:
    """List my department's work by due date."""
    request = routes.current_request
    who = http.bearer(request, "staff")
    found, more = tasks().mine(who, clock.now(), http.query(request).get("next"))
    return http.answer({"tasks": found} | ({"next": more} if more else {}))


@routes.route("/v1/tasks/counts", methods=["GET"])
def counts() -> Response:
    """Count my department's work by kind and lamp."""
    who = http.bearer(routes.current_request, "staff")
    return http.answer(tasks().counts(who, clock.now()))


@routes.route("/v1/tasks/{task_id}/claim", methods=["POST"])
def claim(task_id: str) -> Response:
    """Take a task; 409 names the colleague who was faster."""
    who = http.bearer(routes.current_request, "staff")
    return http.answer(tasks().claim(who, task_id, clock.now()))


@routes.route("/v1/tasks/{task_id}/release", methods=["POST"])
def release(task_id: str) -> Response:
    """Give a task back to the desk."""
    who = http.bearer(routes.current_request, "staff")
    return http.answer(tasks().release(who, task_id, clock.now()))


@routes.route("/v1/tasks/{task_id}/handover", methods=["POST"])
def hand_over(task_id: str) -> Response:
    """Give a task to a colleague of the same desk and post."""
    request = routes.current_request
    who = http.bearer(request, "staff")
    return http.answer(tasks().hand_over(who, task_id, http.body(request, "HandoverRequest")["to"], clock.now()))


@routes.route("/v1/tasks/{task_id}/decision", methods=["POST"])
def decide(task_id: str) -> Response:
    """Decide a task; 409 says who decided first."""
    now = clock.now()
    who = http.session(routes.current_request, now, "staff")
    return http.answer(_decided(tasks(), task_id, who, now))


@routes.route("/v1/tasks/{task_id}/decision/preview", methods=["POST"])
def preview(task_id: str) -> Response:
    """Show what would be put on paper."""
    now = clock.now()
    who = http.session(routes.current_request, now, "staff")
    return http.answer(previewed(lambda over: _decided(tasks_over(over), task_id, who, now), who, now))


def _decided(over: Tasks, task_id: str, who: Session, now: datetime) -> dict[str, Any]:
    data = http.body(routes.current_request, "DecisionRequest")
    decision = Decision(
        data["outcome"],
        data.get("opinion", "").strip(),
        data.get("missing", []),
        data.get("ground", "not_met"),
        data.get("organ", "").strip(),
        tuple(data.get("to", [])),
        data.get("taker"),
        data.get("taker_name", "").strip(),
        tuple(data.get("unmet", [])),
        data.get("taker_id", ""),
        data.get("code", ""),
        data.get("id_seen"),
        data.get("waybill", ""),
        data.get("address"),
        data.get("pay_way"),
        data.get("receipt_no", ""),
    )
    return over.decide(who, task_id, decision, now)
