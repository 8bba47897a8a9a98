"""A day's trade bill (交易账单) as WeChat Pay writes it → our lines.

CSV with a heading, a backtick before each value, and at the end a heading and a line of sums: without them it is no whole bill.
Columns are found by their names, so that one more does no harm (docs/domain.md §4.7 微信支付; names from memory).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import hmac
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import StringIO

from chalicelib.kernel.errors import PartyFault
from chalicelib.payments.party import Going, Line

TRANSACTION, ORDER, STATE, AMOUNT = "微信订单号", "商户订单号", "交易状态", "订单金额"
REFUND, REFUND_AMOUNT, REFUND_STATE = "商户退款单号", "申请退款金额", "退款状态"
NEEDED = {TRANSACTION, ORDER, STATE, AMOUNT, REFUND, REFUND_AMOUNT, REFUND_STATE}
LARGEST = 200 * 1024 * 1024  # bytes of a day, unpacked
GOING: dict[str, Going] = {"SUCCESS": "done", "PROCESSING": "on its way"}
"""States of a refund; any other (FAIL, CHANGE) came to nothing."""


def unpacked(body: bytes, sha1: str) -> str:
    """Unpack a bill that came packed, and check its digest, which is of the bill unpacked. Raises PartyFault."""
    try:
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        if len(plain) <= LARGEST and hmac.compare_digest(hashlib.sha1(plain).hexdigest(), sha1.lower()):  # noqa: S324
            return plain.decode("utf-8-sig")
    except (OSError, EOFError, ValueError, zlib.error):
        pass
    raise PartyFault("账单的摘要不符，重新下载", code="party_silent")


def lines(text: str) -> Iterator[Line]:
    """Read a bill, line by line. Raises PartyFault for what is no whole bill."""
    rows = csv.reader(StringIO(text))
    head = next(rows, [])
    if not set(head) >= NEEDED:
        raise _unread("columns")
    for row in rows:
        if row and not row[0].startswith("`"):
            return
        told = {name: value.removeprefix("`").strip() for name, value in zip(head, row, strict=False)}
        yield _line(told)
    raise _unread("no sums")


def _line(told: dict[str, str]) -> Line:
    going: Going
    try:
        if told[STATE] == "REFUND":
            going = GOING.get(told[REFUND_STATE], "undone")
            return Line("out", told[REFUND], told[ORDER], told[TRANSACTION], _fen(told[REFUND_AMOUNT]), going)
        going = "done" if told[STATE] == "SUCCESS" else "undone"
        return Line("in", told[TRANSACTION], told[ORDER], told[TRANSACTION], _fen(told[AMOUNT]), going)
    except (KeyError, InvalidOperation) as error:
        raise _unread("a line") from error


def _fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def _unread(what: str) -> PartyFault:
    return PartyFault(f"账单无法解读（{what}）", code="party_silent")
