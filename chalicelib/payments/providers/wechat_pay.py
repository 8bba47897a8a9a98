"""WeChat Pay API v3 by wechatpayv3, in public-key mode (平台公钥): no certificate download, no call in the constructor.

The SDK's traps are closed here: its address is fixed, so it is set; `callback` takes a notice of any age and fetches
certificates for a serial it does not know, so `fresh` comes first; its errors are bare exceptions.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput, PartyFault, PartyRefused, Unauthenticated
from chalicelib.payments.model import Money
from chalicelib.payments.providers.base import Ask, Placed, Settings, Standing

TIMEOUT = (1.0, 4.0)  # seconds to connect and to read; the citizen waits for a code
SKEW = 300  # seconds a notice may be old or early (WeChat Pay's own advice)
SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"
_NUMBER = re.compile(r"[0-9A-Za-z_|*-]{1,32}")
_ENDED = frozenset({"CLOSED", "REVOKED", "PAYERROR"})
_PAID = frozenset({"SUCCESS", "REFUND"})  # REFUND: was paid, and (partly) went back


class WechatPay:
    """One merchant. `party` holds the fields of `wechat_pay` in docs/parties.md."""

    def __init__(self, party: Settings) -> None:
        self._party = party

    @cached_property
    def _sdk(self) -> Any:
        from wechatpayv3 import WeChatPay, WeChatPayType

        party = self._party
        sdk = WeChatPay(
            wechatpay_type=WeChatPayType.MINIPROG,
            mchid=party["mchid"],
            private_key=party["private_key"],
            cert_serial_no=party["cert_serial_no"],
            appid=party["appid"],
            apiv3_key=party["apiv3_key"],
            notify_url=party["notify_url"],
            public_key=party["public_key"],
            public_key_id=party["public_key_id"],
            timeout=TIMEOUT,
        )
        sdk._core._gate_way = party["base_url"].rstrip("/")
        return sdk

    # — orders —

    def place(self, ask: Ask) -> Placed:
        """Place an order: JSAPI for an openid, NATIVE otherwise."""
        from wechatpayv3 import WeChatPayType

        answer = self._call(
            "pay",
            pay_type=WeChatPayType.JSAPI if ask.openid else WeChatPayType.NATIVE,
            description=ask.description[:127],
            out_trade_no=ask.out_trade_no,
            amount={"total": ask.amount_fen, "currency": "CNY"},
            time_expire=ask.expires_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
            payer={"openid": ask.openid} if ask.openid else None,
        )
        return Placed(answer.get("prepay_id", ""), answer.get("code_url", ""))

    def params(self, prepay_id: str, now: datetime) -> dict[str, str]:
        """Sign appId, time, nonce and package with the merchant's key (RSA-SHA256)."""
        stamp, nonce, package = str(clock.epoch(now)), secrets.token_hex(16), f"prepay_id={prepay_id}"
        sign = self._sdk.sign([self._party["appid"], stamp, nonce, package])
        return {"timeStamp": stamp, "nonceStr": nonce, "package": package, "signType": "RSA", "paySign": sign}

    def query(self, out_trade_no: str) -> Standing:
        """Ask by our number."""
        try:
            answer = self._call("query", out_trade_no=out_trade_no)
        except PartyRefused as refused:
            if refused.code == "order_not_exist":
                return Standing()
            raise
        state = answer.get("trade_state")
        if state in _PAID:
            return Standing(money=self._money(answer))
        return Standing(open=state not in _ENDED)

    def close(self, out_trade_no: str) -> None:
        """Close by our number; an order WeChat does not know, or has closed, is as good as closed."""
        try:
            self._call("close", out_trade_no=out_trade_no)
        except PartyRefused as refused:
            if refused.code not in ("order_not_exist", "order_closed"):
                raise

    def _call(self, name: str, **arguments: Any) -> dict[str, Any]:
        try:
            status, text = getattr(self._sdk, name)(**arguments)
            answer = json.loads(text) if text else {}
        except Exception as fault:  # the SDK raises bare Exceptions; none of them may reach a citizen
            raise PartyFault("微信支付暂时没有响应，请稍后再试") from fault
        if 200 <= status < 300 and isinstance(answer, dict):
            return answer
        code = str(answer.get("code", "")).lower() if isinstance(answer, dict) else ""
        if status >= 500 or status == 429 or not code:
            raise PartyFault("微信支付繁忙，请稍后再试")
        code = {"orderpaid": "order_paid", "ordernotexist": "order_not_exist", "orderclosed": "order_closed"}.get(
            code, code
        )
        raise PartyRefused("微信支付未受理这笔缴费", code=code)

    # — notices —

    def fresh(self, headers: Mapping[str, str], now: datetime) -> None:
        """Refuse a notice that is stale, early, or signed by a key that is not WeChat's. No network, no decryption."""
        try:
            stamp = int(headers.get("wechatpay-timestamp", ""))
        except ValueError:
            raise Unauthenticated("缺少时间戳", code="bad_signature") from None
        if abs(clock.epoch(now) - stamp) > SKEW:
            raise Unauthenticated("通知已过期", code="stale")
        if headers.get("wechatpay-serial") != self._party["public_key_id"]:
            raise Unauthenticated("平台公钥不符", code="bad_signature")
        if headers.get("wechatpay-signature-type", SIGNATURE_TYPE) != SIGNATURE_TYPE or not headers.get(
            "wechatpay-signature"
        ):
            raise Unauthenticated("签名方式不符", code="bad_signature")

    def read(self, headers: Mapping[str, str], body: bytes) -> Money | None:
        """Verify over the raw body, decrypt, and see that merchant and app are ours."""
        from cryptography.exceptions import InvalidSignature

        try:
            notice = self._sdk.callback({"wechatpay-signature-type": SIGNATURE_TYPE, **headers}, body)
        except (InvalidSignature, UnicodeDecodeError) as error:
            raise Unauthenticated("签名不正确", code="bad_signature") from error
        except Exception as error:  # signed by WeChat, yet not what the protocol says
            raise InvalidInput("通知内容无法解读", code="bad_notice") from error
        if not notice:
            raise Unauthenticated("签名不正确", code="bad_signature")
        if notice.get("event_type") != "TRANSACTION.SUCCESS":
            return None
        resource = notice["resource"]
        return self._money(resource) if resource.get("trade_state") == "SUCCESS" else None

    def _money(self, told: Mapping[str, Any]) -> Money:
        """Read a transaction. Raises InvalidInput if it is another merchant's, another app's, or in another currency."""
        if (told.get("mchid"), told.get("appid")) != (self._party["mchid"], self._party["appid"]):
            raise InvalidInput("商户号或应用号不符", code="wrong_merchant")
        try:
            if told["amount"].get("currency", "CNY") != "CNY":
                raise InvalidInput("币种不符", code="wrong_amount")
            amount, at = told["amount"]["total"], clock.parse(told["success_time"])
            ours, theirs = told["out_trade_no"], told["transaction_id"]
            if type(amount) is not int or at.tzinfo is None or not 2000 < at.year < 2100:
                raise ValueError
            if not (isinstance(ours, str) and _NUMBER.fullmatch(theirs)):
                raise ValueError
            return Money(ours, theirs, amount, at)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidInput("通知内容无法解读", code="bad_notice") from error
