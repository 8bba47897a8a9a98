"""Gaps (差错) as they are found: by a notice that fits nothing here, or by the bill of a day. Each once, however often it is found."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import moved
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.retry import retried
from chalicelib.payments import ledger_model as model
from chalicelib.payments.gap_model import Gap, gap_row
from chalicelib.payments.ledger_model import BALANCING, DAY, EDGES, DayState
from chalicelib.payments.model import Money
from chalicelib.payments.party import Back


class Gaps:
    """Keeps gaps on the accountants' desk."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def money(self, money: Money, now: datetime) -> None:
        """Keep money that came for an order which is none of ours."""
        gap = Gap("long", money.transaction_id, out_trade_no=money.out_trade_no, theirs_fen=money.amount_fen)
        self.note(money.code, money.at.astimezone(clock.SHANGHAI).date(), gap, now)

    def back(self, back: Back, now: datetime, case_no: str = "", ours_fen: int | None = None) -> None:
        """Keep a refund told that is none of ours, of another amount, or of what had gone back already."""
        gap = Gap("refund_unknown", back.out_refund_no, case_no, ours_fen=ours_fen, theirs_fen=back.amount_fen)
        self.note(back.code, back.at.astimezone(clock.SHANGHAI).date(), gap, now)

    def note(self, code: str, day: date, gap: Gap, now: datetime) -> None:
        """Put a gap on the desk of the accountants; one that is known stays as it is. A day that was closed is open again."""
        where = model.part(code, day)
        row = gap_row(where, gap, now)
        if self._cases.row(where, row.key) is not None:
            return
        log.warning("bill, order and case do not agree", kind=gap.kind, party=code, case_no=gap.case_no)
        with suppress(Conflict):  # found by somebody else just now
            self._cases.keep(row)
        retried(lambda: self._opened(where, now))

    def _opened(self, where: str, now: datetime) -> None:
        day = self._cases.row(where, DAY)
        if day is not None and day.status == DayState.CLOSED:
            desk, due = round_desk(BALANCING, where), clock.iso(now + model.RECHECK)
            self._cases.keep(moved(day, EDGES, DayState.OPEN, desk=desk, due=due))
