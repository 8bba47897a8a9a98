"""The ledger: what came in and went back by a party on a day, held against the party's own bill of it (对账).

A day of a party is a partition of the cases table, `ledger#<party>#<day>`; sort keys:

    day                     how far it is
    in#<transaction>#<order>  out#<refund>   what we know of, each written in the transaction that knew it
    gap#<kind>#<number>     what bill, order and case do not agree on (差错): lies on the accountants' desk until it is settled

waiting ──bill fetched──► closed, or open while gaps are ──the last one settled──► closed ──a late gap──► open
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Row
from chalicelib.kernel import clock
from chalicelib.payments.model import Money
from chalicelib.vocabulary.periods import BILL_READY

DAY, ENTRY, GAP = "day", "entry", "gap"
"""The kinds of rows."""
DESK = "accounts"  # of the accountants of the city
BALANCING = "balancing"  # the round desk of days that are not closed
RECHECK = timedelta(days=1)  # for a day with gaps to be looked at again, whoever settled the last of them


class DayState(StrEnum):
    """How far a day is."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


EDGES: dict[DayState, frozenset[DayState]] = {
    DayState.WAITING: frozenset({DayState.OPEN, DayState.CLOSED}),
    DayState.OPEN: frozenset({DayState.CLOSED}),
    DayState.CLOSED: frozenset({DayState.OPEN}),
}


# — a day —


def part(code: str, day: date) -> str:
    """Return the partition of a party's day; that it ends in digits spreads days over desks, as numbers do cases."""
    return f"ledger#{code}#{day.isoformat()}"


def place(partition: str) -> tuple[str, date]:
    """Read party and day from a partition."""
    _, code, day = partition.split("#")
    return code, date.fromisoformat(day)


def newest(now: datetime) -> date:
    """Return the last day whose bill should be there by now."""
    return (now.astimezone(clock.SHANGHAI) - BILL_READY).date() - timedelta(days=1)


def begun(code: str, day: date, now: datetime) -> Row:
    """Return a day whose bill is to be fetched."""
    where = part(code, day)
    return Row(where, DAY, DAY, str(DayState.WAITING), desk=round_desk(BALANCING, where), due=clock.iso(now))


# — what we know of —


def came(money: Money, case_no: str, use: str) -> list[Row]:
    """Return the entry of money that came in: `paid` the bill, or is `late` or `wrong`; nothing for a party that sends no bill."""
    if not money.code:
        return []
    about = {"number": money.transaction_id, "case_no": case_no, "out_trade_no": money.out_trade_no}
    key = f"in#{money.transaction_id}#{money.out_trade_no}"
    day = money.at.astimezone(clock.SHANGHAI).date()
    return [Row(part(money.code, day), key, ENTRY, use, data=about | {"amount_fen": money.amount_fen})]


def went(refund: Row, at: datetime) -> Row:
    """Return the entry of a refund that its party took."""
    data = refund.data
    about = {"number": data["out_refund_no"], "case_no": refund.case_no, "transaction_id": data["transaction_id"]}
    where = part(data["code"], at.astimezone(clock.SHANGHAI).date())
    return Row(where, f"out#{data['out_refund_no']}", ENTRY, "", data=about | {"amount_fen": data["amount_fen"]})
