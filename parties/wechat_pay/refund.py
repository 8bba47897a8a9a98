"""A refund as WeChat Pay writes it, in the answer to a request or a query, and in a notice → our `Back`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.errors import InvalidInput
from chalicelib.payments.party import Back, BackState
from parties.wechat_pay.transaction import CODE

STATES: dict[str, BackState] = {
    "SUCCESS": "success",
    "CLOSED": "closed",
    "PROCESSING": "processing",
    "ABNORMAL": "abnormal",
}
EVENTS = ("REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED")


def answered(told: Mapping[str, Any]) -> Back:
    """Read an answer: when WeChat took it is what counts for the day's bill. Raises InvalidInput."""
    return _back(told, told.get("status"), told.get("create_time"))


def noticed(told: Mapping[str, Any], mchid: str, now: datetime) -> Back:
    """Read the resource of a notice. Raises InvalidInput if it is another merchant's."""
    if told.get("mchid") != mchid:
        raise InvalidInput("商户号不符", code="wrong_merchant")
    return _back(told, told.get("refund_status"), told.get("success_time") or clock.iso(now))


def _back(told: Mapping[str, Any], status: Any, at: Any) -> Back:
    try:
        number, amount, moment = told["out_refund_no"], told["amount"]["refund"], clock.parse(at)
        if type(amount) is not int or amount <= 0 or not isinstance(number, str) or moment.tzinfo is None:
            raise ValueError
        return Back(number, STATES[status], amount, moment, CODE)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput("退款内容无法解读", code="bad_notice") from error
