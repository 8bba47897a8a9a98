"""POST /channels/pay/wechat/notify: WeChat Pay tells that money has come in, or how a refund stands (APIv3 支付通知, 退款结果通知).

Answered as WeChat Pay reads it: 204 for taken, else {"code": "FAIL", "message"}, and it tells again later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import AppError, InvalidInput, Unauthenticated
from chalicelib.payments.model import Money
from chalicelib.payments.party import Back
from parties import wire
from parties.base import Settings
from parties.wechat_pay import refund
from parties.wechat_pay.sdk import make_sdk
from parties.wechat_pay.transaction import money_of
from parties.wire import JSON, Inbound, Outbound

SKEW = 300  # seconds a notice may be old or early (WeChat Pay's own advice)
SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"


class Notify:
    """Notices of one merchant."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _sdk(self) -> Any:
        return make_sdk(self._settings)

    def verify(self, inbound: Inbound, now: datetime) -> None:
        """Check size, form, freshness and key serial: all that costs nothing. Raises Unauthenticated and what `wire.parsed` raises."""
        wire.parsed(inbound)
        self._fresh(inbound.headers, now)

    def _fresh(self, headers: Mapping[str, str], now: datetime) -> None:
        """Refuse a notice that is stale, early, or signed by a key that is not WeChat's. No network, no decryption."""
        try:
            stamp = int(headers.get("wechatpay-timestamp", ""))
        except ValueError:
            raise Unauthenticated("缺少时间戳", code="bad_signature") from None
        if abs(clock.epoch(now) - stamp) > SKEW:
            raise Unauthenticated("通知已过期", code="stale")
        if headers.get("wechatpay-serial") != self._settings["public_key_id"]:
            raise Unauthenticated("平台公钥不符", code="bad_signature")
        if headers.get("wechatpay-signature-type", SIGNATURE_TYPE) != SIGNATURE_TYPE or not headers.get(
            "wechatpay-signature"
        ):
            raise Unauthenticated("签名方式不符", code="bad_signature")

    def read(self, inbound: Inbound, now: datetime) -> Money | Back | None:
        """Verify over the raw body, decrypt, and see that merchant and app are ours; None if it tells of neither.

        Raises Unauthenticated, InvalidInput.
        """
        from cryptography.exceptions import InvalidSignature

        try:
            notice = self._sdk.callback({"wechatpay-signature-type": SIGNATURE_TYPE, **inbound.headers}, inbound.body)
        except (InvalidSignature, UnicodeDecodeError) as error:
            raise Unauthenticated("签名不正确", code="bad_signature") from error
        except Exception as error:  # signed by WeChat, yet not what the protocol says
            raise InvalidInput("通知内容无法解读", code="bad_notice") from error
        if not notice:
            raise Unauthenticated("签名不正确", code="bad_signature")
        resource = notice["resource"]
        if notice.get("event_type") in refund.EVENTS:
            return refund.noticed(resource, self._settings["mchid"], now)
        if notice.get("event_type") != "TRANSACTION.SUCCESS":
            return None
        return money_of(resource, self._settings) if resource.get("trade_state") == "SUCCESS" else None

    def render(self, inbound: Inbound, done: None, now: datetime) -> Outbound:
        """Say that it is taken."""
        return Outbound(204, "", JSON)

    def refuse(self, inbound: Inbound, error: AppError) -> Outbound:
        """Say that it is not."""
        return Outbound(error.status, json.dumps({"code": "FAIL", "message": error.detail}, ensure_ascii=False), JSON)
