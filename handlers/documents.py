"""Documents (文书): the function that makes them takes from its queue; who may open them is given addresses."""

from __future__ import annotations

from functools import partial
from typing import Any

from chalice import Blueprint
from chalice.app import Response, SQSEvent

from chalicelib.cases.faults import noted
from chalicelib.cases.model import event_key
from chalicelib.cases.parts import cases
from chalicelib.cases.stream import wait
from chalicelib.documents.parts import documents as papers
from chalicelib.kernel import clock
from handlers import http, messages

routes = Blueprint(__name__)
QUEUE: Any = {"Fn::GetAtt": ["DocumentsQueue", "Arn"]}


@routes.on_sqs_message(queue_arn=QUEUE, batch_size=5, name="documents")
def documents(event: SQSEvent) -> dict[str, Any]:
    """Make each; what cannot be made is put off, and the case says so."""

    def act(message: dict[str, Any], attempt: int) -> None:
        case_no, number = str(message["case_no"]), int(message["event"])
        make = partial(papers().make, case_no, number)
        noted(cases(), case_no, f"documents#{event_key(number)}", make, clock.now(), attempt)

    return messages.each(event, "documents", act, wait)


@routes.route("/v1/cases/{case_no}/documents", methods=["GET"])
def listed(case_no: str) -> Response:
    """List the documents of a case, with addresses to open them by."""
    now = clock.now()
    who = http.session(routes.current_request, now)
    return http.answer(papers().listed(case_no, who, now))
