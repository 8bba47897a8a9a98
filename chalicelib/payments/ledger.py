"""Each morning the bill of yesterday is fetched from every payment party and held against what we know: bill, order and case (对账).

A day that could not be fetched is fetched again, and told of until it is; run twice, a day changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.cases.model import EDGES as ROW_EDGES
from chalicelib.cases.model import Row, WaitState, moved
from chalicelib.cases.service import Cases
from chalicelib.identity.model import Session
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import Conflict, NotFound, PartyFault, PartyRefused
from chalicelib.kernel.retry import retried
from chalicelib.payments import ledger_model as model
from chalicelib.payments.bills import Bills
from chalicelib.payments.gap_model import gap_place, present_gap
from chalicelib.payments.gaps import Gaps
from chalicelib.payments.ledger_model import BALANCING, DAY, EDGES, DayState
from chalicelib.payments.matching import Matching
from chalicelib.payments.party import Line, PayParties
from chalicelib.payments.returning import Returning
from chalicelib.vocabulary.accounts import Settlement
from chalicelib.vocabulary.periods import BILL_AGAIN, BILL_BACK

SHOWN = 31  # days of a party on the accountants' page
PAGE = 50  # gaps on one page


class Ledger:
    """The days of all payment parties."""

    def __init__(self, cases: Cases, parties: PayParties, bills: Bills, returning: Returning, gaps: Gaps) -> None:
        self._cases, self._parties, self._gaps = cases, parties, gaps
        self._matching = Matching(cases, parties, bills, returning)

    # — clock —

    def run(self, now: datetime) -> int:
        """Begin the days whose bill should be there, fetch those that are due. Returns how many were looked at."""
        for code in self._parties.every():
            self._begin(code, now)
        return self._cases.round(BALANCING, clock.iso(now), lambda row: retried(lambda: self._balance(row, now)))

    def _begin(self, code: str, now: datetime) -> None:
        """Begin the newest day, and those before it that nobody began while the system was down. The first of all is yesterday."""
        newest, missing = model.newest(now), list[Row]()
        for back in range(BILL_BACK.days):
            row = model.begun(code, newest - timedelta(days=back), now)
            if self._cases.row(row.case_no, DAY) is not None:
                break
            missing.append(row)
        else:
            missing = missing[:1]
        for row in missing:
            with suppress(Conflict):
                self._cases.keep(row)

    def _balance(self, listed: Row, now: datetime) -> None:
        row = self._cases.row(listed.case_no, DAY)
        if row is None or not row.desk:
            return
        if row.status == DayState.WAITING:
            self._fetch(row, now)
        else:
            self._close(row, now)

    def _fetch(self, row: Row, now: datetime) -> None:
        code, day = model.place(row.case_no)
        try:
            lines = list(self._parties.named(code).bill(day))
        except (PartyFault, PartyRefused) as fault:
            tries = row.data.get("tries", 0) + 1
            log.error("bill of a day not fetched", fault, party=code, day=day, tries=tries)
            log.metric("BillMissing", tries, party=code)
            self._cases.keep(row.with_(due=clock.iso(now + BILL_AGAIN), data={"tries": tries}))
            return
        for gap in self._matching.matched(code, row.case_no, lines, now):
            self._gaps.note(code, day, gap, now)
        about = {"fetched_at": clock.iso(now), "lines": len(lines), **_sums(lines)}
        self._close(row.with_(data=about), now)

    def _close(self, row: Row, now: datetime) -> None:
        """Close a day, or leave it open while it has gaps that nobody settled."""
        gaps = self._cases.rows(row.case_no, f"{model.GAP}#")
        open_gaps = sum(gap.status == WaitState.OPEN for gap in gaps)
        data = {"gaps": len(gaps), "open": open_gaps}
        if not open_gaps:
            self._cases.keep(moved(row, EDGES, DayState.CLOSED, desk=None, due=None, data=data))
            return
        due = clock.iso(now + model.RECHECK)
        state = DayState.OPEN if row.status == DayState.OPEN else None
        after = row if state else moved(row, EDGES, DayState.OPEN)
        self._cases.keep(after.with_(due=due, data=data))

    # — accountants —

    def page(self, now: datetime, after: str | None = None) -> dict[str, Any]:
        """List the open gaps by due date, and the days of late with how they stand."""
        gaps = self._cases.on_desk(model.DESK, PAGE, after)
        days = self._days(now)
        more = gaps[-1].due if len(gaps) == PAGE else None
        return {"days": days, "gaps": [present_gap(row) for row in gaps], "next": more}

    def _days(self, now: datetime) -> list[dict[str, Any]]:
        newest = model.newest(now)
        names = {code: self._parties.named(code).name for code in self._parties.every()}
        days = [(code, newest - timedelta(days=back)) for back in range(SHOWN) for code in names]
        rows = self._cases.several((model.part(code, day), DAY) for code, day in days)
        shown = ("fetched_at", "lines", "came_fen", "went_fen", "gaps", "open", "tries")
        return [
            {"party": code, "party_name": names[code], "day": day.isoformat(), "state": row.status}
            | {name: row.data[name] for name in shown if name in row.data}
            for code, day in days
            if (row := rows.get((model.part(code, day), DAY)))
        ]

    def settle(self, gap: str, who: Session, how: Settlement, note: str, now: datetime) -> dict[str, Any]:
        """Write down how a gap came to its end; the day is closed with its last. Raises NotFound, Conflict naming who was first."""
        place = gap_place(gap)
        row = self._cases.row(*place) if place else None
        if row is None or row.kind != model.GAP:
            raise NotFound("没有这条差错")
        if row.status != WaitState.OPEN:
            raise Conflict(f"{row.data.get('settled_by', '同事')}已经处理了这条差错", code="already_decided")
        data = {"how": how, "note": note, "settled_by": who.name, "by": who.subject, "settled_at": clock.iso(now)}
        row = self._cases.keep(moved(row, ROW_EDGES, WaitState.DONE, desk=None, due=None, data=data))
        retried(lambda: self._last(row.case_no, now))
        return present_gap(row)

    def _last(self, where: str, now: datetime) -> None:
        day = self._cases.row(where, DAY)
        if day is not None and day.status == DayState.OPEN:
            self._close(day, now)


def _sums(lines: Sequence[Line]) -> dict[str, int]:
    return {
        name: sum(line.amount_fen for line in lines if line.kind == kind and line.going != "undone")
        for name, kind in (("came_fen", "in"), ("went_fen", "out"))
    }


def wanted(cases: Cases, code: str, day: date, now: datetime) -> Row:
    """Have the bill of a day fetched by the next round, whoever wants it (`make ops`); one that was fetched stays as it is."""
    row = cases.row(model.part(code, day), DAY)
    if row is None:
        return cases.keep(model.begun(code, day, now))
    return cases.keep(row.with_(due=clock.iso(now))) if row.status == DayState.WAITING else row
