"""Random histories of one case from filing to archive, with two supervisors who propose, confirm and refuse in between."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.approvals.transfers import Transfers
from chalicelib.cases.model import TASK
from chalicelib.cases.rights import Asker
from chalicelib.certificates.model import FACT
from chalicelib.delivery.service import Delivery
from chalicelib.kernel.errors import AppError
from chalicelib.payments.bills import Bills
from chalicelib.payments.gaps import Gaps
from chalicelib.payments.model import KEY as BILL
from chalicelib.payments.party import PayParties
from chalicelib.payments.service import Payments
from chalicelib.proposals.model import ENDED
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.statuses import OVER, UNDECIDED, Status
from tests.unit.approvals.fakes import APPROVER, Office
from tests.unit.approvals.histories import ACTS, City, plan
from tests.unit.approvals.test_histories import reached
from tests.unit.decided import FEE
from tests.unit.delivery.fakes import Contracts
from tests.unit.payments.fakes import Books
from tests.unit.proposals.fakes import BOSS, OTHER, OWED, Pair

SENDER = "tel:13800001234"
SECOND = (
    "void",
    "fix",
    "confirm void",
    "confirm fix",
    "refuse void",
    "refuse fix",
    "alone",
    "transfer",
    "order",
    "pay",
)
ALL = (*ACTS, *SECOND, *(["approve"] * 6), *(["confirm void", "pay"] * 2))


class Whole(City):
    """A case with a fee and a certificate, whose workflows go on as far as they can."""

    def __init__(self) -> None:
        office = Office(*plan("zwzx"), fee=FEE)
        self.books = Books()
        parties = PayParties(lambda: "books", lambda name: self.books)
        self.bills = Bills(office.cases, office.catalogue, parties, Gaps(office.cases))
        self.payments = Payments(office.cases, office.catalogue, parties, self.bills)
        self.pair = Pair(office.cases, office.catalogue, office.case_no)
        self.delivery = Delivery(office.cases, office.catalogue, Contracts().couriers, self.pair.certificates)
        self.transfers = Transfers(office.cases, office.catalogue)
        super().__init__(office=office)

    def flow(self) -> None:
        super().flow()
        office = self.office
        match office.status():
            case Status.GRANTED:
                self.payments.open(office.case_no, "pay", office.now)
            case Status.PRODUCING:
                self.delivery.start(office.case_no, "deliver", office.now)

    def do(self, act: str, which: int) -> None:
        office, pair, now = self.office, self.pair, self.office.now
        kind = {"void": "voiding", "fix": "revising"}.get(act.rpartition(" ")[2], "")
        outcome: Outcome = "approve" if act.startswith("confirm") else "reject"
        match act:
            case "void":
                pair.void(BOSS if which % 2 else OTHER, now)
            case "fix":
                pair.revise(BOSS, now, name=f"张{'一二三四五'[which % 5]}丰")
            case "alone":
                pair.say(
                    "voiding", "approve", BOSS if pair.task("voiding").data["proposed_by"] == BOSS.subject else OTHER
                )
                raise AssertionError("who proposed confirmed it")
            case "transfer":
                self.transfers.transfer(office.case_no, APPROVER, "省厅", "建议准予", now)
            case "order":
                self.payments.pay(office.case_no, Asker.talking(SENDER), now)
            case "pay":
                number = self.payments.pay(office.case_no, Asker.talking(SENDER), now)["out_trade_no"]
                self.books.pay(number, now)
                if which % 2:
                    self.bills.paid(self.books.money[number], now)
            case _ if kind:
                proposer = pair.task(kind).data["proposed_by"]
                pair.say(kind, outcome, OTHER if proposer == BOSS.subject else BOSS, now)
            case _:
                super().do(act, which)
                if act == "clock":
                    self.bills.settle(now)


def held(city: Whole) -> None:
    """Nothing of a case that is over waits for anybody; what was paid for one that is void goes back, its certificate is worth nothing."""
    office, file = city.office, city.office.cases.whole(city.office.case_no)
    case, bill = file.case, file.row(BILL)
    open_ = [row for row in file.of(TASK) if row.outcome is None]
    assert all(row.desk and row.due for row in open_), "a task has an owner and a day"
    if case.status in UNDECIDED:
        assert city.looked_at()
    if case.status in OVER:
        assert all(row.outcome for row in file.rows if row.token), "no workflow waits for what is over"
        assert {row.data["kind"] for row in open_} <= {*OWED, "voiding", "revising"}
    if case.status is Status.VOID:
        assert case.desk is None and {row.data["kind"] for row in open_} <= OWED
        if bill and bill.status == "paid":
            assert [
                row for row in file.under("task#refund#") if row.data["transaction_id"] == bill.data["transaction_id"]
            ]
        if number := case.facts.get(FACT):
            assert city.pair.certificates.checked(number, "x", office.now)["state"] == "revoked"
    elif number := case.facts.get(FACT):
        holder = city.pair.certificates.checked(number, "x", office.now)["holder"]
        assert holder == case.applicant_masked


@given(st.lists(st.tuples(st.sampled_from(ALL), st.integers(0, 4), st.integers(0, 3)), max_size=30))
def test_no_order_of_proposing_confirming_and_deciding_leaves_the_edges_or_strands_a_case(
    acts: list[tuple[Any, int, int]],
) -> None:
    city = Whole()
    before = city.office.status()
    for act, which, days in acts:
        city.office.now += timedelta(days=days)
        city.do("clock", 0)
        with suppress(AppError, IndexError):
            city.do(act, which)
        city.flow()
        status = city.office.status()
        assert status is before or reached(before, status), (before, status)
        assert before not in ENDED or status is before, "what ended stays so"
        held(city)
        before = status
