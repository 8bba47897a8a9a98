"""Money that goes back (退款): each part is a row `refund#<n>` of its case, and a task until it is done.

asked ──the party took it──► sent ──it says so──► done
  │                           │                    ▲
  └──it said no──► manual ◄───┘ closed, abnormal   │
                    │ └─paid back by hand (线下退付)─┘
                    └──asked again──► asked

What no party of ours can give back (cash) is `manual` from the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.payments.model import Money

KIND = "refund"
REFUNDING = "refunding"  # the round desk of refunds to be sent, or asked about
PARTS = 50  # of one payment a party gives back at most; more go by hand (docs/domain.md §4.7 微信支付)
ASK_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
"""After how many times of asking in vain how long until the next; the last goes on."""

_REFUND_NO = re.compile(r"(\d{12})R([1-9]\d{0,2})(?:-[1-9]\d?)?", re.ASCII)


class RefundState(StrEnum):
    """Where a refund stands."""

    ASKED = "asked"
    SENT = "sent"
    MANUAL = "manual"
    DONE = "done"


EDGES: dict[RefundState, frozenset[RefundState]] = {
    RefundState.ASKED: frozenset({RefundState.SENT, RefundState.MANUAL, RefundState.DONE}),
    RefundState.SENT: frozenset({RefundState.MANUAL, RefundState.DONE}),
    RefundState.MANUAL: frozenset({RefundState.ASKED, RefundState.DONE}),
    RefundState.DONE: frozenset(),
}
"""Every legal edge; `manual` → `done` is a hand, or the party after all."""


@dataclass(frozen=True)
class Taken:
    """Money that came in, a part of which may go back. `code`: its party in the registry, empty where none of ours can give it back."""

    transaction_id: str
    amount_fen: int
    code: str
    party: str

    @staticmethod
    def of(money: Money) -> Taken:
        """Return money just told of."""
        return Taken(money.transaction_id, money.amount_fen, money.code, money.party)

    @staticmethod
    def read(transaction_id: str, entry: dict[str, Any]) -> Taken:
        """Read what `Money.entry` wrote."""
        return Taken(transaction_id, entry["amount_fen"], entry.get("code", ""), entry.get("party", ""))


def row_key(number: int) -> str:
    """Write the sort key of a case's refund."""
    return f"{KIND}#{number:03d}"


def refund_no(case_no: str, number: int, attempt: int = 1) -> str:
    """Write our number of a refund: `510123456789R1`; begun anew after the party closed it, `510123456789R1-2`."""
    return f"{case_no}R{number}" + (f"-{attempt}" if attempt > 1 else "")


def place_of(out_refund_no: str) -> tuple[str, str] | None:
    """Read case number and sort key from our number of a refund; None if it is none of ours."""
    found = _REFUND_NO.fullmatch(out_refund_no)
    return (found[1], row_key(int(found[2]))) if found else None


def of(rows: Iterable[Row], transaction_id: str) -> list[Row]:
    """Return what of one payment goes back, or went."""
    return [row for row in rows if row.kind == KIND and row.data["transaction_id"] == transaction_id]


def left(rows: Iterable[Row], taken: Taken) -> int:
    """Return how much of a payment may still go back, in fen."""
    return taken.amount_fen - sum(int(row.data["amount_fen"]) for row in of(rows, taken.transaction_id))


def ask_after(tries: int) -> timedelta:
    """Return how long to wait before asking again."""
    return ASK_AFTER[min(tries, len(ASK_AFTER) - 1)]


def present(row: Row) -> dict[str, Any]:
    """Write a refund for its applicant and for clerks."""
    shown = {"amount_fen": row.data["amount_fen"], "state": row.status, "reason": row.data["reason"]}
    return shown | {name: row.data[name] for name in ("done_at", "by_hand") if row.data.get(name)}
