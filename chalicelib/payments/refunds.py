"""Refunds (退款): begun by a rule or by two supervisors, and by hand where no party can; the road to a party and back is `returning`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Case, CaseFile, Event, Row, moved
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.money import yuan
from chalicelib.payments import refund_model as model
from chalicelib.payments.model import KEY, REFUND
from chalicelib.payments.party import PayParties
from chalicelib.payments.refund_model import EDGES, KIND, REFUNDING, RefundState, Taken
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.accounts import REFUND_REASONS
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import REFUND_WORKDAYS

RUNNING = ["approve", "retry"]  # decisions nobody has while the party gives the money back itself


class Refunds:
    """The refunds of all cases."""

    def __init__(self, cases: Cases, catalogue: Services, parties: PayParties) -> None:
        self._cases, self._catalogue, self._parties = cases, catalogue, parties

    # — begin —

    def paid(self, bill: Row) -> Taken | None:
        """Return what paid a bill; None where nothing did, or all of it was owed back before refunds were rows."""
        data, transaction_id = bill.data, bill.data.get("transaction_id")
        if not transaction_id or transaction_id in data.get("late", {}):
            return None
        party, code = data.get("party", ""), data.get("code")
        if code is None:  # of before bills remembered the party's code
            ours = self._parties.in_use()
            code = ours if self._parties.named(ours).name == party else ""
        return Taken(transaction_id, data["amount_fen"], code, party)

    def begun(
        self, case: Case, rows: Sequence[Row], taken: Taken, amount_fen: int, reason: str, now: datetime
    ) -> list[Row]:
        """Return a part of a payment that goes back, and its task; nothing where all of it went, or goes, already.

        `rows`: those of the case. Never more goes back in sum than came in.
        """
        amount = min(amount_fen, model.left(rows, taken))
        if amount <= 0:
            return []
        service = self._catalogue.get(case.service, case.version)
        number = sum(row.kind == KIND for row in rows) + 1
        by_party = taken.code != "" and len(model.of(rows, taken.transaction_id)) < model.PARTS
        data = {
            "number": number,
            "out_refund_no": model.refund_no(case.case_no, number),
            "transaction_id": taken.transaction_id,
            "amount_fen": amount,
            "total_fen": taken.amount_fen,
            "code": taken.code,
            "party": taken.party,
            "reason": reason,
            "asked_at": clock.iso(now),
        }
        state = RefundState.ASKED if by_party else RefundState.MANUAL
        desk, due = (round_desk(REFUNDING, case.case_no), clock.iso(now)) if by_party else (None, None)
        refund = Row(case.case_no, model.row_key(number), KIND, str(state), desk=desk, due=due, data=data)
        spent = RUNNING if by_party else ["retry"]
        hand = f"{taken.party}{'不能再退' if taken.code else '收的钱'}，请退给缴费人：{reason}"
        why = f"{taken.party}正在退回，到账后自动办结" if by_party else hand
        task = self._task(case, service, rows, refund, why, spent, now)
        return [refund.with_(data={"task": task.key}), task]

    def overpaid(self, file: CaseFile, owed_fen: int, now: datetime) -> tuple[list[Row], list[str]]:
        """Return the refund of what was paid above what is owed now (多退), and what is told of it."""
        bill = file.row(KEY)
        taken = self.paid(bill) if bill is not None else None
        over = model.left(file.rows, taken) - owed_fen if taken else 0
        if taken is None or over <= 0:
            return [], []
        rows = self.begun(file.case, file.rows, taken, over, REFUND_REASONS["revised"], now)
        return rows, [f"多缴的{yuan(over)}元退回"]

    def _task(
        self, case: Case, service: Service, rows: Sequence[Row], refund: Row, why: str, spent: list[str], now: datetime
    ) -> Row:
        key = tasks.next_key(rows, case.case_no, REFUND, service.department)
        amount = refund.data["amount_fen"]
        about = {"amount_fen": amount, "transaction_id": refund.data["transaction_id"], "refund": refund.key}
        name = f"退款{yuan(amount)}元"
        return tasks.new(case, service, REFUND, name, key, REFUND_WORKDAYS, now, **about, reason=why, spent=spent)

    # — by hand —

    def follow(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Carry out what a supervisor decided: paid back by hand, with its number, or to be asked again. Raises Conflict while the
        party gives it back itself."""
        refund = file.row(task.data.get("refund", ""))
        if refund is None:  # a task of before refunds were rows
            self._by_hand(file, [task], task.data, task, now)
        elif refund.status != RefundState.MANUAL or decision.outcome in task.data.get("spent", ()):
            raise Conflict(f"{task.data.get('reason') or '这笔退款'}，现在不能这样办理", code="illegal_state")
        elif decision.outcome == "retry":
            self._again(file, refund, task, now)
        else:
            done = {"done_at": clock.iso(now), "by_hand": decision.opinion}
            paid = moved(refund, EDGES, RefundState.DONE, desk=None, due=None, data=done)
            self._by_hand(file, [paid, task], refund.data, task, now)

    def _by_hand(self, file: CaseFile, rows: list[Row], about: dict[str, object], task: Row, now: datetime) -> None:
        amount = int(str(about["amount_fen"]))
        told = {"amount_fen": amount, "transaction_id": about["transaction_id"], "by_hand": True}
        event = Event(EventName.REFUNDED, f"已退回{yuan(amount)}元", now, task.data["department_name"], told)
        self._cases.record(file.case, event, rows=rows)

    def _again(self, file: CaseFile, refund: Row, task: Row, now: datetime) -> None:
        attempt = refund.data.get("attempt", 1) + bool(refund.data.get("anew"))
        number = model.refund_no(refund.case_no, refund.data["number"], attempt)
        data = {"attempt": attempt, "out_refund_no": number, "tries": 0}
        desk = round_desk(REFUNDING, refund.case_no)
        refund = moved(refund, EDGES, RefundState.ASKED, desk=desk, due=clock.iso(now), data=data)
        service = self._catalogue.get(file.case.service, file.case.version)
        why = f"{refund.data['party']}正在退回，到账后自动办结"
        fresh = self._task(file.case, service, file.rows, refund, why, RUNNING, now)
        self._cases.amend(file.case, [refund.with_(data={"task": fresh.key}), task, fresh])
