"""What outside parties tell us: money came in, a parcel moved."""

from __future__ import annotations

from chalice import Blueprint
from chalice.app import Response

from chalicelib import wiring
from chalicelib.kernel import clock, config, log
from chalicelib.kernel.errors import AppError, NotFound, PartyFault
from channels.delivery import EmsTrack
from channels.pay import PayNotify
from handlers import http

party_routes = Blueprint(__name__)


@party_routes.route("/channels/pay/{provider}/notify", methods=["POST"], content_types=http.ANY_TEXT)
def paid(provider: str) -> Response:
    """Take a payment notice: once, however often and in whatever order it comes."""
    if provider != "wechat":
        raise NotFound("没有这个支付渠道")
    inbound, now = http.inbound(party_routes.current_request), clock.now()
    channel = PayNotify(wiring.pay_party())
    try:
        channel.verify(inbound, now)
        wiring.payments().paid(channel.read(inbound, now), now)
        return http.outbound(channel.render())
    except AppError as error:
        return http.outbound(channel.refuse(error))
    except Exception as fault:
        log.error("pay notice failed", fault)
        return http.outbound(channel.refuse(PartyFault(code="internal")))


@party_routes.route("/channels/delivery/{provider}/track", methods=["POST"], content_types=http.ANY_TEXT)
def tracked(provider: str) -> Response:
    """Take a courier's tracks: late, twice and out of order."""
    if provider != "ems":
        raise NotFound("没有这个寄递渠道")
    inbound, now = http.inbound(party_routes.current_request), clock.now()
    channel = EmsTrack(config.party("ems")["callback_key"])
    try:
        channel.verify(inbound, now)
        return http.outbound(channel.render(wiring.delivery().tracked(channel.read(inbound, now), now)))
    except AppError as error:
        return http.outbound(channel.refuse(error))
    except Exception as fault:
        log.error("track failed", fault)
        return http.outbound(channel.refuse(PartyFault(code="internal")))
