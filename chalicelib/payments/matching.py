"""A day's bill held against what we know: bill, order and case (三方核对). What the party bears out when asked is taken in, and no gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from chalicelib.cases.model import HEAD, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.payments.bills import Bills
from chalicelib.payments.gap_model import Gap, compared, gap_of_entry, gap_of_line
from chalicelib.payments.ledger_model import place
from chalicelib.payments.model import KEY, State, attempt_of, knows
from chalicelib.payments.party import Line, PayParties
from chalicelib.payments.refund_model import RefundState, place_of
from chalicelib.payments.returning import Returning
from chalicelib.vocabulary.statuses import Status

UNPAID = frozenset({Status.GRANTED, Status.AWAITING_PAYMENT, Status.LAPSED})
"""Where a case cannot be once its bill was paid."""


class Matching:
    """Finds the gaps of a day."""

    def __init__(self, cases: Cases, parties: PayParties, bills: Bills, returning: Returning) -> None:
        self._cases, self._parties, self._bills, self._returning = cases, parties, bills, returning

    def matched(self, code: str, where: str, lines: Sequence[Line], now: datetime) -> Iterable[Gap]:
        entries = [*self._cases.rows(where, "in#"), *self._cases.rows(where, "out#")]
        found = compared(lines, entries)
        yield from found.gaps
        yield from self._of_cases(found.agreed)
        yield from self._strange(code, found.strange, now)
        yield from self._missing(code, where, found.missing)

    def _missing(self, code: str, where: str, refunds: Sequence[Row]) -> Iterable[Gap]:
        """Ask about refunds that the bill has not: a notice does not say when one was taken, so it may be of another day's."""
        for row in refunds:
            with suppress(PartyFault, PartyRefused):
                taken = self._parties.named(code).refunded(row.data["number"]).at
                if taken.astimezone(clock.SHANGHAI).date() != place(where)[1]:
                    continue
            yield gap_of_entry("refund_missing", row)

    def _of_cases(self, agreed: Sequence[Row]) -> Iterable[Gap]:
        """Hold what bill and order agree on against the case: one that was paid does not wait for its money."""
        came = [row for row in agreed if row.key.startswith("in#")]
        keys = [(row.data["case_no"], key) for row in came for key in (HEAD, KEY)]
        there = self._cases.several(keys)
        for row in came:
            case, bill = (there.get((row.data["case_no"], key)) for key in (HEAD, KEY))
            known = bill is not None and knows(bill, row.data["number"])
            waits = row.status == "paid" and (bill is None or bill.status != State.PAID or _waits(case))
            if not known or waits:
                yield gap_of_entry("status", row)

    def _strange(self, code: str, lines: Sequence[Line], now: datetime) -> Iterable[Gap]:
        """Look for lines that no entry of the day knows: of before entries were kept, of another day, or truly missing here. What the
        party bears out when asked about the order itself is taken in, and no gap."""
        places = {line: _place(line) for line in lines}
        there = self._cases.several(each for each in places.values() if each)
        for line, at in places.items():
            row = there.get(at) if at else None
            gap = self._of_refund(line, row, now) if line.kind == "out" else self._of_money(code, line, row, now)
            if gap is not None:
                yield gap

    def _of_money(self, code: str, line: Line, bill: Row | None, now: datetime) -> Gap | None:
        if bill is None:
            return gap_of_line("long", line)
        if knows(bill, line.number):
            return None
        if self._taken_in(code, line, now):
            return None
        return gap_of_line("twice" if bill.status == State.PAID else "long", line, bill.case_no)

    def _taken_in(self, code: str, line: Line, now: datetime) -> bool:
        """Ask about the order of a line nobody told us of; True if it was paid by that very transaction, which is written down."""
        try:
            money = self._parties.named(code).query(line.out_trade_no).money
        except (PartyFault, PartyRefused):
            return False
        if money is None or money.transaction_id != line.number:
            return False
        self._bills.paid(money, now)
        return True

    def _of_refund(self, line: Line, refund: Row | None, now: datetime) -> Gap | None:
        if line.going == "undone":  # no money moved; here it may be no other
            done = refund is not None and refund.data.get("done_no") == line.number
            return gap_of_line("status", line, refund.case_no, refund.data["amount_fen"]) if refund and done else None
        if refund is None or refund.data["code"] == "" or refund.data["amount_fen"] != line.amount_fen:
            ours = refund.data["amount_fen"] if refund else None
            return gap_of_line("refund_unknown", line, refund.case_no if refund else "", ours)
        if refund.status in (RefundState.ASKED, RefundState.MANUAL):
            with suppress(PartyFault):
                self._returning.ask(refund.case_no, refund.key, now, anyway=True)
            refund = self._cases.row(refund.case_no, refund.key) or refund
        known = line.number in refund.data.get("entered", ()) or refund.data.get("done_no") == line.number
        return None if known else gap_of_line("refund_unknown", line, refund.case_no, refund.data["amount_fen"])


def _place(line: Line) -> tuple[str, str] | None:
    """Return where the bill, or the refund, of a line would be."""
    if line.kind == "out":
        return place_of(line.number)
    found = attempt_of(line.out_trade_no)
    return (found[0], KEY) if found else None


def _waits(case: Row | None) -> bool:
    return case is None or Status(case.status) in UNPAID
