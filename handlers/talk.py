"""Ways in on which people talk: one road for all of them.

    request ──► verify ──► read ──► answer each turn ──► (SMS: queue each answer) ──► render
                  └── any expected error ──► the channel's own way of saying no

What nobody expected is logged and answered as "cannot now", so that the vendor sends the message again and nothing is lost.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalice import Blueprint
from chalice.app import Response

from chalicelib import wiring
from chalicelib.dialogue.model import Turn
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import AppError, NotFound, PartyFault
from channels import connect as amazon
from channels.base import Inbound, Outbound, TalkChannel
from channels.registry import TALK
from handlers import http

talk_routes = Blueprint(__name__)
BUSY = "系统繁忙，请稍后再试"


def talk(channel: TalkChannel, inbound: Inbound, now: datetime) -> Outbound:
    """Answer one request of a talk channel."""
    try:
        channel.verify(inbound, now)
        turns = channel.read(inbound, now)
        return channel.render(inbound, _answered(channel, turns, now), now)
    except AppError as error:
        if error.status >= 500:
            log.warning("talk.busy", channel=channel.name, code=error.code)
        return channel.refuse(inbound, error)
    except Exception as fault:
        log.error("talk.failed", fault, channel=channel.name)
        return channel.refuse(inbound, PartyFault(BUSY, code="internal"))


def _answered(channel: TalkChannel, turns: Any, now: datetime) -> list[Reply]:
    """Answer every turn of a batch; one that fails does not keep the others waiting, and is raised at the end."""
    replies: list[Reply] = []
    failed: Exception | None = None
    for turn in turns:
        try:
            replies.append(_said(channel, turn, now))
        except Exception as fault:
            failed = fault
    if failed is not None:
        raise failed
    return replies


def _said(channel: TalkChannel, turn: Turn, now: datetime) -> Reply:
    reply = wiring.dialogue().answer(turn, now)
    if not channel.inline and reply.text:
        wiring.notices().say(turn.sender.removeprefix("tel:"), reply.text, key=turn.message_id, now=now)
    return reply


def _talk(name: str) -> Response:
    return http.outbound(talk(TALK[name], http.inbound(talk_routes.current_request), clock.now()))


@talk_routes.route("/channels/wechat", methods=["GET"])
def wechat_check() -> Response:
    """Answer WeChat's check of the address."""
    return _talk("wechat")


@talk_routes.route("/channels/wechat", methods=["POST"], content_types=http.ANY_TEXT)
def wechat() -> Response:
    """Take a message or an event of the official account."""
    return _talk("wechat")


@talk_routes.route("/channels/sms/{provider}/inbound", methods=["POST"], content_types=http.ANY_TEXT)
def sms_inbound(provider: str) -> Response:
    """Take text messages people sent."""
    if f"sms/{provider}" not in TALK:
        raise NotFound("没有这个短信平台")
    return _talk(f"sms/{provider}")


@talk_routes.route("/channels/ivr/vxml", methods=["POST"], content_types=http.ANY_TEXT)
def ivr() -> Response:
    """Take what was keyed in a call."""
    return _talk("ivr")


@talk_routes.lambda_function(name="connect")
def connect(event: dict[str, Any], context: Any) -> dict[str, str]:
    """Take one turn of a call from an Amazon Connect contact flow."""
    now = clock.now()
    try:
        turn = amazon.read(event, now)
        return amazon.render(turn, wiring.dialogue().answer(turn, now))
    except AppError as error:
        return amazon.refuse(error)
    except Exception as fault:
        log.error("talk.failed", fault, channel="connect")
        return amazon.refuse(PartyFault(BUSY, code="internal"))
