"""A case, its payers, a party that tells late, twice or wrongly, its supervisors and the clock, who do whatever in whatever order."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from chalicelib.cases.model import TASK, Row
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError
from chalicelib.payments.model import CASHIER, REFUND, WRONG_AMOUNT
from chalicelib.payments.model import Money as Came
from chalicelib.payments.party import Back, BackState
from chalicelib.payments.voiding import ended
from chalicelib.proposals.refunding import Refunding
from chalicelib.tasks.model import Decision, TaskKey, ending
from chalicelib.vocabulary.codes import Outcome, PayWay
from chalicelib.vocabulary.statuses import OVER, Status
from tests.unit.decided import OWNER, PHONE
from tests.unit.office import tasks
from tests.unit.payments.fakes import Till, money
from tests.unit.proposals.fakes import OWED
from tests.unit.samples import NOW, clerk

BOSS, OTHER = clerk("督办", "cgw", "supervisor"), clerk("督办二", "cgw", "supervisor")
FATES: list[BackState] = ["success", "success", "closed", "abnormal", "processing"]


class Money(RuleBasedStateMachine):
    """One case, its payers, its party that may be down, its supervisors, and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.till, self.now, self.transactions = Till(), NOW, 0
        self.books = self.till.books
        self.letters: list[Back] = []
        self.refunding = Refunding(self.till.cases, self.till.services, lambda: self.till.refunds)
        follows = {
            REFUND: self.till.refunds.follow,
            WRONG_AMOUNT: self.till.wrong.follow,
            CASHIER: self.till.counter.taken,
            "refunding": self.refunding.follow,
        }
        self.desk = tasks(self.till.cases, follows, BOSS, OTHER)

    @initialize(
        begin=st.sampled_from(["back", "back", "part", "paid", "ordered"]),
        refuses=st.sampled_from(["", "", "no"]),
        fate=st.sampled_from(FATES),
    )
    def begins(self, begin: str, refuses: str, fate: BackState) -> None:
        """Most of what matters comes after money did."""
        self.party(False, refuses, fate)
        self.order(OWNER)
        if begin != "ordered":
            self.pay()
            self.notice(0, 1)
        if begin == "part":
            self.two_supervisors(5000, "approve")
        if begin == "back":
            self.end("withdrawal")
            self.clock(1)

    # — payers and the party —

    @rule(sender=st.sampled_from([OWNER, f"tel:{PHONE}"]))
    def order(self, sender: str) -> None:
        with suppress(AppError):
            self.till.order(sender, self.now)

    @rule()
    def pay(self) -> None:
        for number in list(self.books.orders)[-1:]:
            if number not in {*self.books.closed, *self.books.money}:
                self.books.pay(number, self.now, self._transaction())

    @precondition(lambda self: self.books.orders)
    @rule(fen=st.sampled_from([8000, 8000, 1, 7999, 9000]))
    def pay_strangely(self, fen: int) -> None:
        """Once more for an order that was paid, or another amount, as no party should tell it."""
        number = list(self.books.orders)[-1]
        self.books.strange.append(money(number, self._transaction(), fen, self.now))

    @precondition(lambda self: self.books.all)
    @rule(which=st.integers(0, 9), times=st.integers(1, 2))
    def notice(self, which: int, times: int) -> None:
        for _ in range(times):
            self.till.bills.paid(self.books.all[which % len(self.books.all)], self.now)

    @precondition(lambda self: self.books.backs)
    @rule(which=st.integers(0, 9), fate=st.sampled_from(FATES), told=st.booleans())
    def refund_goes(self, which: int, fate: BackState, told: bool) -> None:
        number = list(self.books.backs)[which % len(self.books.backs)]
        if self.books.backs[number].state == "processing":
            self.letters.append(self.books.come(number, fate))
        if told and fate != "processing" and self.letters:
            for _ in range(2):
                self.till.returning.told(self.letters[-1], self.now)

    @precondition(lambda self: self.letters)
    @rule(which=st.integers(0, 9))
    def late_letter(self, which: int) -> None:
        self.till.returning.told(self.letters[which % len(self.letters)], self.now)

    @rule(
        down=st.sampled_from([False, False, True]), refuses=st.sampled_from(["", "", "no"]), fate=st.sampled_from(FATES)
    )
    def party(self, down: bool, refuses: str, fate: BackState) -> None:
        self.books.down, self.books.refuses, self.books.next_back = down, refuses, fate

    # — the case, its office, the clock —

    @rule(way=st.sampled_from(["cash", "card"]))
    def counter(self, way: PayWay) -> None:
        for row in self._open(CASHIER):
            with suppress(AppError):
                decision = Decision("approve", pay_way=way, receipt_no=f"00{self._transaction()}")
                self.desk.decide(clerk("钱箱", "cgw", "cashier"), TaskKey.of(row).task_id, decision, self.now)

    @rule(how=st.sampled_from(["", "", "withdrawal", "void"]))
    def end(self, how: str) -> None:
        if how == "withdrawal":
            intake = Intake(how, "miniprogram", OWNER, "w", {"case_no": self.till.case_no}, self.now)
            with suppress(AppError):
                self.till.reception().receive(intake, self.now)
        elif how == "void" and self.till.case.status not in OVER:
            file = self.till.file
            rows, _ = ended(file, self.till.refunds, "作废", self.now)
            self.till.cases.amend(file.case, [*ending(file.rows, "superseded", OWED), *rows], status=Status.VOID)

    @rule(fen=st.integers(1, 8000), outcome=st.sampled_from(["approve", "approve", "reject"]))
    def two_supervisors(self, fen: int, outcome: Outcome) -> None:
        with suppress(AppError):
            self.refunding.propose(self.till.case_no, BOSS, fen, "多收", self.now)
        for row in self._open("refunding"):
            with suppress(AppError):
                self._decide(row, outcome, OTHER)

    @rule(outcome=st.sampled_from(["approve", "retry"]))
    def supervisor(self, outcome: Outcome) -> None:
        for row in self._open(REFUND, WRONG_AMOUNT):
            with suppress(AppError):
                self._decide(row, outcome)

    @rule(minutes=st.sampled_from([1, 1, 6, 6, 70, 70, 60 * 24, 60 * 24 * 31]))
    def clock(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.books.now = self.now
        self.till.bills.settle(self.now)
        self.till.returning.run(self.now)
        self.till.ledger.run(self.now)

    # — small things —

    @property
    def came(self) -> list[Came]:
        """All money that came in, by the party and over the counter."""
        bill = self.till.bill
        taken = money("", bill.data["transaction_id"]) if bill.data.get("way") in ("cash", "card") else None
        return [*self.books.all, *([taken] if taken else [])]

    def _transaction(self) -> str:
        self.transactions += 1
        return f"4200{self.transactions:06d}"

    def _open(self, *kinds: str) -> Iterable[Row]:
        return [row for row in self.till.file.of(TASK) if row.outcome is None and row.data["kind"] in kinds]

    def _decide(self, row: Row, outcome: Outcome, who: object = BOSS) -> None:
        self.desk.decide(who, TaskKey.of(row).task_id, Decision(outcome, "凭证1"), self.now)  # type: ignore[arg-type]
