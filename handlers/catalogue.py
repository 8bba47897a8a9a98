"""What can be applied for, for anybody to read."""

from __future__ import annotations

import re

from chalice import Blueprint
from chalice.app import Response

from chalicelib.catalogue.parts import catalogue
from chalicelib.catalogue.service import present
from chalicelib.kernel.errors import Fault, InvalidInput
from handlers import http

routes = Blueprint(__name__)
_ANSWERS = re.compile(r"[\w-]+:[\w-]+(,[\w-]+:[\w-]+)*")


@routes.route("/v1/services", methods=["GET"])
def services() -> Response:
    """List services, all or by audience, topic, tag, channel and words."""
    request = routes.current_request
    query = {name: http.query(request, name) for name in ("audience", "topic", "tag", "channel", "q")}
    return http.answer({"services": [present(each) for each in catalogue().search(query)]})


@routes.route("/v1/services/{code}", methods=["GET"])
def service(code: str) -> Response:
    """Show the guide and the form of one service; `answers=a:b,c:d` shortens the materials."""
    text = http.query(routes.current_request, "answers") or ""
    if text and not _ANSWERS.fullmatch(text):
        raise InvalidInput(
            "情形答案写成“问题:答案”，用逗号隔开", [Fault("answers", "pattern", "写成“问题:答案”，用逗号隔开")]
        )
    answers = dict(pair.split(":", 1) for pair in text.split(",")) if text else {}
    return http.answer(catalogue().guide(code, answers))
