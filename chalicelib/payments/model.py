"""What is owed for a case, and how it is being paid.

    unpaid ──order──► paying ──money──► paid
      │                 ├──at the counter──► paid
      └────too late─────┴──────────────────► closed

A bill may be paid until its last day is over (`last_day`, `over`); an order at the payment party for `ORDER_LIFE`, so one bill may
see several orders, each with a number of its own. Money that comes when the bill no longer waits for it is kept as `late` and goes
back (`refund_model`); of another amount, as `wrong`, until a supervisor has looked into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.kernel import clock, workdays
from chalicelib.kernel.workdays import Due
from chalicelib.vocabulary.codes import PayScene
from chalicelib.vocabulary.periods import BILL_LIFE

KEY = "pay#1"
KIND = "payment"
CASHIER = "cashier"  # the kind of task that takes it at the counter, and its stage
REFUND = "refund"  # the kind of task that pays money back
WRONG_AMOUNT = "wrong_amount"  # the kind of task that looks into money of another amount than was asked
PAYING = "paying"  # the round desk of bills to be asked about

ORDER_LIFE = timedelta(hours=2)  # no party's ticket is good for less (docs/domain.md §4.7 微信支付)
ORDER_MARGIN = timedelta(minutes=5)  # an order about to end is not handed out again
ASK_AFTER = (timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1), ORDER_LIFE)
"""When to ask the party about an order whose notice has not come, counted from the order (docs/domain.md §4.7 微信支付)."""

_TRADE_NO = re.compile(r"(\d{12})P([1-9]\d{0,3})", re.ASCII)


class State(StrEnum):
    """Where a bill stands."""

    UNPAID = "unpaid"
    PAYING = "paying"
    PAID = "paid"
    CLOSED = "closed"


EDGES: dict[State, frozenset[State]] = {
    State.UNPAID: frozenset({State.PAYING, State.PAID, State.CLOSED}),
    State.PAYING: frozenset({State.PAYING, State.PAID, State.CLOSED}),
    State.PAID: frozenset(),
    State.CLOSED: frozenset(),
}
"""Every legal edge; `paying` → `paying` is a new order for the same bill, `unpaid` → `paid` money at the counter."""


@dataclass(frozen=True)
class Order:
    """One order at the payment party `party`, its name in the registry.

    `payer` is the keyed hash of who asked for it, and of where from where that matters: a ticket works for one user only, an address
    on the phone from one network. `ticket` (paid inside the party's app) and `code_url` (scanned) are empty until the party has
    answered; an address on the phone is asked for each time, for it is good for some minutes only.
    """

    out_trade_no: str
    payer: str
    created_at: datetime
    expires_at: datetime
    ticket: str = ""
    code_url: str = ""
    party: str = ""
    scene: PayScene = "native"

    def usable(self, scene: PayScene, payer: str, now: datetime) -> bool:
        """Tell whether this order can still be handed to this payer, there."""
        return (self.scene, self.payer) == (scene, payer) and now < self.expires_at - ORDER_MARGIN

    def next_ask(self, now: datetime) -> datetime:
        """Return when to ask about it next: the first of `ASK_AFTER` that is still ahead, then every five minutes."""
        ahead = (self.created_at + after for after in ASK_AFTER)
        return next((moment for moment in ahead if moment > now), now + ORDER_MARGIN)

    def data(self) -> dict[str, Any]:
        """Write as JSON."""
        return {**vars(self), "created_at": clock.iso(self.created_at), "expires_at": clock.iso(self.expires_at)}

    @staticmethod
    def of(row: Row) -> Order | None:
        """Return the order a bill has at the party, if any."""
        data = row.data.get("order")
        return Order.read(data) if data else None

    @staticmethod
    def read(data: dict[str, Any]) -> Order:
        """Read what `data` wrote."""
        times = {name: clock.parse(data[name]) for name in ("created_at", "expires_at")}
        told = {"scene": "jsapi" if data.get("ticket") else "native", **data, **times}  # older ones do not say where
        return Order(**{name: value for name, value in told.items() if name in Order.__dataclass_fields__})


def last_day(now: datetime) -> Due:
    """Return the last day to pay a bill made now: the thirtieth, this one not counted, no day off (《民法典》第201条、第203条)."""
    return workdays.last_day(now.astimezone(clock.SHANGHAI).date(), days=BILL_LIFE.days)


def moved_on(until: str) -> str:
    """Return a last day as the calendar has it now: told while the year's was not announced, it may have become a day off."""
    return workdays.last_day(date.fromisoformat(until[:10])).day.isoformat()


def over(until: str) -> datetime:
    """Return the moment a bill's last day is over, its 24:00. A bill written before days were whole names a moment of that day."""
    day = date.fromisoformat(until[:10]) + timedelta(days=1)
    return datetime.combine(day, time(), clock.SHANGHAI)


@dataclass(frozen=True)
class Money:
    """Money a party says has come in for one of our orders. `amount_fen` in fen, currency CNY; `party` is the party's name as told,
    `code` the one it has in the registry."""

    out_trade_no: str
    transaction_id: str
    amount_fen: int
    at: datetime
    party: str
    code: str = ""

    def entry(self) -> dict[str, Any]:
        """Write as what is kept of money that did not pay a bill."""
        kept = {"amount_fen": self.amount_fen, "at": clock.iso(self.at), "out_trade_no": self.out_trade_no}
        return kept | {"party": self.party, "code": self.code}


def knows(bill: Row, transaction_id: str) -> bool:
    """Tell whether money is written down on a bill already, as what it is."""
    kept = (bill.data.get("transaction_id"), *bill.data.get("late", {}), *bill.data.get("wrong", {}))
    return transaction_id in kept


def trade_no(case_no: str, attempt: int) -> str:
    """Write our order number: `510123456789P1` (parties take at least 6–32 letters and digits)."""
    return f"{case_no}P{attempt}"


def attempt_of(out_trade_no: str) -> tuple[str, int] | None:
    """Read case number and attempt from our order number; None if it is none of ours."""
    found = _TRADE_NO.fullmatch(out_trade_no)
    return (found[1], int(found[2])) if found else None
