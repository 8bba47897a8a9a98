"""Whatever calls us from outside: one road for all of it.

    request ──► verify ──► read ──► a use case acts ──► render
                  └── any expected error ──► the caller's own way of being told no

What nobody expected is logged and answered as "cannot now", so that the caller tells it again and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from chalice import Blueprint
from chalice.app import Response

from chalicelib.delivery.parts import delivery
from chalicelib.dialogue.model import Utterance
from chalicelib.dialogue.parts import dialogue
from chalicelib.intake.model import Reply
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import AppError, NotFound, PartyFault
from chalicelib.notices.parts import notices
from chalicelib.payments import parts as payments
from chalicelib.vocabulary.channels import who
from channels import connect as amazon
from channels.base import TalkChannel
from channels.registry import TALK
from handlers import http
from parties import registry
from parties.base import Callback
from parties.wire import Inbound, Outbound

routes = Blueprint(__name__)
BUSY = "系统繁忙，请稍后再试"
Act = Callable[[Any, datetime], Any]
T = TypeVar("T")


def take(callback: Callback[Any, Any], act: Act, inbound: Inbound, now: datetime, name: str) -> Outbound:
    """Take one call. `act` is the use case it is for, `name` what the log calls it."""

    def taken() -> Outbound:
        callback.verify(inbound, now)
        done = act(callback.read(inbound, now), now)
        return callback.render(inbound, done, now)

    return guarded(name, taken, lambda error: callback.refuse(inbound, error))


def guarded(name: str, taken: Callable[[], T], refuse: Callable[[AppError], T]) -> T:
    """Answer a call, or refuse it in the caller's own way; what went wrong on our side is logged under `name`."""
    try:
        return taken()
    except AppError as error:
        if error.status >= 500:
            log.warning("callback busy", callback=name, code=error.code)
        return refuse(error)
    except Exception as fault:
        log.error("callback failed", fault, callback=name)
        return refuse(PartyFault(BUSY, code="internal"))


# — people talk —


def answered(channel: TalkChannel, said: Sequence[Utterance], now: datetime) -> list[Reply]:
    """Answer every utterance of a batch; one that fails does not keep the others waiting, and is raised at the end."""
    replies: list[Reply] = []
    failed: Exception | None = None
    for utterance in said:
        try:
            replies.append(_answered(channel, utterance, now))
        except Exception as fault:
            failed = fault
    if failed is not None:
        raise failed
    return replies


def _answered(channel: TalkChannel, said: Utterance, now: datetime) -> Reply:
    reply = dialogue().answer(said, now)
    if not channel.inline and reply.text:
        notices().say(who(said.sender, "sms"), reply.text, key=said.message_id, now=now)
    return reply


def _talk(path: str) -> Response:
    channel = TALK.get(path)
    if channel is None:
        raise NotFound("没有这个回调地址")
    inbound = http.inbound(routes.current_request)
    return http.outbound(take(channel, lambda said, now: answered(channel, said, now), inbound, clock.now(), path))


@routes.route("/channels/wechat", methods=["GET"])
def wechat_check() -> Response:
    """Answer WeChat's check of the address."""
    return _talk("wechat")


@routes.route("/channels/wechat", methods=["POST"], content_types=http.ANY_TEXT)
def wechat() -> Response:
    """Take a message or an event of the official account."""
    return _talk("wechat")


@routes.route("/channels/sms/{provider}/inbound", methods=["POST"], content_types=http.ANY_TEXT)
def sms_inbound(provider: str) -> Response:
    """Take text messages people sent."""
    return _talk(f"sms/{provider}/inbound")


@routes.route("/channels/ivr/vxml", methods=["POST"], content_types=http.ANY_TEXT)
def ivr() -> Response:
    """Take what was keyed in a call."""
    return _talk("ivr/vxml")


@routes.lambda_function(name="connect")
def connect(event: dict[str, Any], context: Any) -> dict[str, str]:
    """Take one turn of a call from an Amazon Connect contact flow."""
    now = clock.now()

    def taken() -> dict[str, str]:
        said = amazon.read(event, now)
        return amazon.render(said, dialogue().answer(said, now))

    return guarded("connect", taken, amazon.refuse)


# — parties tell —


def _told(path: str, act: Act) -> Response:
    """Take what a party tells. Raises NotFound for a party there is not."""
    callback = registry.callback(path)
    return http.outbound(take(callback, act, http.inbound(routes.current_request), clock.now(), path))


@routes.route("/channels/sms/{provider}/receipts", methods=["POST"], content_types=http.ANY_TEXT)
def reports(provider: str) -> Response:
    """Take a gateway's reports on what we sent."""
    return _told(f"sms/{provider}/receipts", lambda found, now: notices().reported(found, now))


@routes.route("/channels/pay/{provider}/notify", methods=["POST"], content_types=http.ANY_TEXT)
def paid(provider: str) -> Response:
    """Take a notice of money that came in, or of a refund: once, however often and in whatever order it comes."""
    return _told(f"pay/{provider}/notify", payments.told)


@routes.route("/channels/delivery/{provider}/track", methods=["POST"], content_types=http.ANY_TEXT)
def tracked(provider: str) -> Response:
    """Take a courier's tracks: late, twice and out of order."""
    return _told(f"delivery/{provider}/track", lambda tracks, now: delivery().tracked(tracks, now))
