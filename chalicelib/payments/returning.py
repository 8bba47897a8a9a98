"""Refunds on their way to the party that took the money, and back: sent, asked about, told of, until they are done.

Sending is idempotent by our own number, so that whatever fails is done again; a notice, an answer and the clock may come in any order.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import CaseFile, Event, Row, moved
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.kernel.money import yuan
from chalicelib.kernel.retry import retried
from chalicelib.payments import ledger_model as ledger
from chalicelib.payments import refund_model as model
from chalicelib.payments.gaps import Gaps
from chalicelib.payments.party import Back, PayParties, RefundOrder
from chalicelib.payments.refund_model import EDGES, REFUNDING, RefundState
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.events import EventName


class Returning:
    """The refunds that are with their parties."""

    def __init__(self, cases: Cases, parties: PayParties, gaps: Gaps) -> None:
        self._cases, self._parties, self._gaps = cases, parties, gaps

    def run(self, now: datetime) -> int:
        """Send what is to be sent, ask about what is on its way. Returns how many were looked at."""

        def go(listed: Row) -> None:
            retried(lambda: self.ask(listed.case_no, listed.key, now))

        return self._cases.round(REFUNDING, clock.iso(now), go)

    def ask(self, case_no: str, key: str, now: datetime, anyway: bool = False) -> None:
        """Send a refund, or ask about it, where that is due or wanted `anyway`. Raises PartyFault, and asks again later."""
        row = self._cases.row(case_no, key)
        if row is None or not (anyway or (row.desk and row.due and clock.parse(row.due) <= now)):
            return
        party = self._parties.named(row.data["code"])
        try:
            asked = row.status == RefundState.ASKED
            told = party.refund(self._order(row)) if asked else party.refunded(row.data["out_refund_no"])
        except PartyFault:
            self._later(row, now)
            raise
        except PartyRefused as refused:
            self._refused(row, refused, now)
            return
        self._said(row, told, now)

    def _order(self, row: Row) -> RefundOrder:
        data = row.data
        return RefundOrder(
            data["out_refund_no"], data["transaction_id"], data["amount_fen"], data["total_fen"], data["reason"]
        )

    def _later(self, row: Row, now: datetime) -> None:
        if row.desk:
            tries = row.data.get("tries", 0) + 1
            self._cases.keep(row.with_(due=clock.iso(now + model.ask_after(tries)), data={"tries": tries}))

    def _refused(self, row: Row, refused: PartyRefused, now: datetime) -> None:
        if row.status == RefundState.ASKED:
            self._to_hand(row, f"{row.data['party']}没有受理：{refused.detail}", anew=False, now=now)
        else:
            log.warning("refund unknown to its party", case_no=row.case_no, refund=row.key, code=refused.code)
            self._later(row, now)

    def told(self, back: Back, now: datetime) -> None:
        """Take note of what a party tells of a refund; again, late or out of order it changes nothing. One that is none of ours, of
        another amount, or of what went back already, becomes a gap."""
        retried(lambda: self._told(back, now))

    def _told(self, back: Back, now: datetime) -> None:
        place = model.place_of(back.out_refund_no)
        row = self._cases.row(*place) if place else None
        if row is None or row.data["code"] != back.code:
            self._gaps.back(back, now)
        else:
            self._said(row, back, now)

    def _said(self, row: Row, back: Back, now: datetime) -> None:
        newest = back.out_refund_no == row.data["out_refund_no"]
        if back.amount_fen != row.data["amount_fen"]:
            self._gaps.back(back, now, row.case_no, row.data["amount_fen"])
            self._later(row, now)
        elif back.state == "success":
            self._went(row, back, now)
        elif row.status not in (RefundState.ASKED, RefundState.SENT) or not newest:
            return
        elif back.state == "processing":
            self._sent(row, back, now)
        else:
            closed = back.state == "closed"
            why = "关闭了这笔退款" if closed else "退不进付款人的账户"
            self._to_hand(row, f"{row.data['party']}{why}", anew=closed, now=now, lost=not closed, taken_at=back.at)

    def _sent(self, row: Row, back: Back, now: datetime) -> None:
        tries = row.data.get("tries", 0) + 1 if row.status == RefundState.SENT else 0
        data = {"tries": tries, "sent_at": row.data.get("sent_at") or clock.iso(back.at)}
        after = row.with_(status=str(RefundState.SENT), due=clock.iso(now + model.ask_after(tries)), data=data)
        rows = self._entered(after, back.at)
        if len(rows) == 1:
            self._cases.keep(after)
        else:
            self._cases.amend(self._cases.head(row.case_no), rows)

    def _entered(self, row: Row, at: datetime) -> list[Row]:
        """Return a refund with its entry in the ledger, which it has once for each of its numbers."""
        number = row.data["out_refund_no"]
        entered = row.data.get("entered", [])
        if number in entered:
            return [row]
        return [row.with_(data={"entered": [*entered, number]}), ledger.went(row, at)]

    def _went(self, row: Row, back: Back, now: datetime) -> None:
        """The money is with who paid it. A second time, under another number or after a hand, is a gap."""
        if row.status == RefundState.DONE:
            if row.data.get("done_no") != back.out_refund_no:
                self._gaps.back(back, now, row.case_no, row.data["amount_fen"])
            return
        file = self._cases.whole(row.case_no)
        amount, at = row.data["amount_fen"], clock.iso(back.at)
        done = {"done_at": at, "done_no": back.out_refund_no, "out_refund_no": back.out_refund_no}
        refund = moved(row, EDGES, RefundState.DONE, desk=None, due=None, data=done)
        told = {"amount_fen": amount, "transaction_id": row.data["transaction_id"]}
        event = Event(EventName.REFUNDED, f"已按原支付方式退回{yuan(amount)}元", now, row.data["party"], told)
        rows = [*self._entered(refund, back.at), *self._closed(file, row, row.data["party"], now)]
        self._cases.record(file.case, event, rows=rows)

    @staticmethod
    def _closed(file: CaseFile, row: Row, by: str, now: datetime) -> list[Row]:
        """Return the task of a refund, done by the party."""
        task = file.row(row.data["task"])
        return [tasks.done(task, "approve", now, by)] if task is not None and task.outcome is None else []

    def _to_hand(
        self, row: Row, why: str, *, anew: bool, now: datetime, lost: bool = False, taken_at: datetime | None = None
    ) -> None:
        """Bring what the party cannot do to the supervisors' desk. `anew`: asked again it needs another number; `lost`: it cannot be
        asked again, for the party has it still."""
        file = self._cases.whole(row.case_no)
        refund = moved(row, EDGES, RefundState.MANUAL, desk=None, due=None, data={"anew": anew, "why": why})
        amount = row.data["amount_fen"]
        rows = self._entered(refund, taken_at) if taken_at else [refund]
        task = file.row(row.data["task"])
        if task is not None:
            spent = ["retry"] if lost else []
            rows.append(
                task.with_(data={"reason": f"{why}。{'' if lost else '可以重新退款，或者'}线下退付", "spent": spent})
            )
        text = f"{yuan(amount)}元没能按原支付方式退回，由办理部门办理"
        told = {"amount_fen": amount, "transaction_id": row.data["transaction_id"]}
        event = Event(EventName.REFUND_DELAYED, text, now, row.data["party"], told)
        if row.data.get("delayed"):
            self._cases.amend(file.case, rows)
            return
        rows[0] = rows[0].with_(data={"delayed": True})
        self._cases.record(file.case, event, rows=rows)
