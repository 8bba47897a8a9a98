"""A transaction as WeChat Pay writes it, in a notice and in the answer to a query → our `Money`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput
from chalicelib.payments.model import Money
from parties.base import Settings

CODE = "wechat_pay"  # in the registry
NAME = "微信支付"
_NUMBER = re.compile(r"[0-9A-Za-z_|*-]{1,32}")


def money_of(told: Mapping[str, Any], settings: Settings) -> Money:
    """Read a transaction. Raises InvalidInput if it is another merchant's, another app's, or in another currency."""
    if (told.get("mchid"), told.get("appid")) != (settings["mchid"], settings["appid"]):
        raise InvalidInput("商户号或应用号不符", code="wrong_merchant")
    try:
        if told["amount"].get("currency", "CNY") != "CNY":
            raise InvalidInput("币种不符", code="wrong_amount")
        amount, at = told["amount"]["total"], clock.parse(told["success_time"])
        ours, theirs = told["out_trade_no"], told["transaction_id"]
        if type(amount) is not int or amount <= 0 or at.tzinfo is None or not 2000 < at.year < 2100:
            raise ValueError
        if not (isinstance(ours, str) and _NUMBER.fullmatch(theirs)):
            raise ValueError
        return Money(ours, theirs, amount, at, NAME, CODE)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput("通知内容无法解读", code="bad_notice") from error
