"""Paying over a table in memory and a payment party that keeps books: nobody pays twice, no money is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from chalicelib.payments.providers.base import Ask, Placed, Standing
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.model import Row
from chalicelib.kernel.errors import Conflict, InvalidInput, NotFound, PartyFault, PartyRefused
from chalicelib.payments.model import EDGES, KEY, KIND, Money, Order, State, attempt_of, moved, trade_no
from chalicelib.payments.service import Payments
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, PHONE, Decided
from tests.unit.samples import NOW


class Books:
    """A payment party in memory."""

    def __init__(self) -> None:
        self.orders: dict[str, Ask] = {}
        self.closed: set[str] = set()
        self.money: dict[str, Money] = {}
        self.down = False
        self.asked = 0

    def _up(self) -> None:
        self.asked += 1
        if self.down:
            raise PartyFault()

    def place(self, ask: Ask) -> Placed:
        self._up()
        assert self.orders.setdefault(ask.out_trade_no, ask) == ask, "the same number with other content"
        return (
            Placed(prepay_id=f"wx-{ask.out_trade_no}")
            if ask.openid
            else Placed(code_url=f"weixin://{ask.out_trade_no}")
        )

    def params(self, prepay_id: str, now: datetime) -> dict[str, str]:
        return {"package": f"prepay_id={prepay_id}", "paySign": "signed"}

    def query(self, out_trade_no: str) -> Standing:
        self._up()
        if out_trade_no in self.money:
            return Standing(money=self.money[out_trade_no])
        return Standing(open=out_trade_no in self.orders and out_trade_no not in self.closed)

    def close(self, out_trade_no: str) -> None:
        self._up()
        if out_trade_no in self.money:
            raise PartyRefused(code="order_paid")
        self.closed.add(out_trade_no)

    def fresh(self, headers: object, now: datetime) -> None: ...

    def read(self, headers: object, body: bytes) -> Money | None: ...

    def pay(self, out_trade_no: str, at: datetime = NOW, transaction: str = "42001") -> Money:
        assert out_trade_no in self.orders and out_trade_no not in self.closed
        self.money[out_trade_no] = Money(out_trade_no, transaction, self.orders[out_trade_no].amount_fen, at)
        return self.money[out_trade_no]


class Till(Decided):
    """A granted case with a fee, its bill asked for."""

    def __init__(self, status: Status = Status.GRANTED) -> None:
        super().__init__(status)
        self.books = Books()
        self.payments = Payments(self.cases, self.services, lambda: self.books)
        self.payments.open(self.case_no, "t1", NOW)

    @property
    def bill(self) -> Row:
        return self.row(KEY)

    def order(self, sender: str = OWNER, at: datetime = NOW) -> str:
        return str(self.payments.pay(self.case_no, sender, at)["out_trade_no"])


def test_asking_for_the_fee_is_told_once_and_keeps_the_newest_token() -> None:
    till = Till()
    till.payments.open(till.case_no, "t2", NOW)
    assert (till.bill.token, till.bill.status, till.case.status) == ("t2", "unpaid", Status.AWAITING_PAYMENT)
    assert till.bill.data["amount_fen"] == 8000 and till.bill.desk == f"@paying#{till.case_no[-1]}"
    assert till.events == ["submitted", "granted", "payment_requested"]
    assert till.file.events[-1].data["amount_fen"] == 8000


def test_a_case_that_is_not_granted_owes_nothing() -> None:
    till = Till(Status.VOID)
    assert (till.bill.status, till.bill.outcome, till.case.status) == ("closed", "lapsed", Status.VOID)


def test_the_owner_gets_the_same_signed_order_again() -> None:
    till = Till()
    first = till.payments.pay(till.case_no, OWNER, NOW)
    again = till.payments.pay(till.case_no, OWNER, NOW + timedelta(minutes=30))
    assert first == again
    assert first["out_trade_no"] == f"{till.case_no}P1" and first["amount_fen"] == 8000 and first["state"] == "paying"
    assert first["params"]["package"] == f"prepay_id={first['prepay_id']}"
    assert till.books.orders[first["out_trade_no"]].openid == OWNER[3:]


def test_by_phone_a_code_to_scan_is_given_and_the_other_order_is_closed_first() -> None:
    till = Till()
    till.order()
    answer = till.payments.pay(till.case_no, f"tel:{PHONE}", NOW)
    assert answer["code_url"] and "params" not in answer
    assert till.books.closed == {f"{till.case_no}P1"}


@pytest.mark.parametrize("sender", ["wx:somebody", "tel:13900000000"])
def test_nobody_else_learns_of_it(sender: str) -> None:
    till = Till()
    with pytest.raises(NotFound):
        till.payments.pay(till.case_no, sender, NOW)
    assert not till.books.orders


def test_the_party_is_down_the_number_is_kept_and_used_again() -> None:
    till = Till()
    till.books.down = True
    with pytest.raises(PartyFault):
        till.order()
    assert (till.bill.status, till.bill.data["attempt"]) == ("paying", 1)
    till.books.down = False
    assert till.order(at=NOW + timedelta(minutes=1)) == f"{till.case_no}P1"
    assert list(till.books.orders) == [f"{till.case_no}P1"]


def test_an_old_order_gives_way_to_a_new_one_but_not_when_it_was_paid() -> None:
    till = Till()
    first = till.order()
    assert till.order(at=NOW + timedelta(hours=3)) == f"{till.case_no}P2"
    assert till.books.closed == {first}
    till.books.pay(f"{till.case_no}P2", NOW + timedelta(hours=3))
    with pytest.raises(Conflict) as told:
        till.order(at=NOW + timedelta(hours=6))
    assert told.value.code == "already_paid" and till.bill.status == "paid"


def test_paid_three_times_and_in_any_order_is_paid_once() -> None:
    till = Till()
    money = till.books.pay(till.order())
    for _ in range(3):
        till.payments.paid(money, NOW)
    assert (till.bill.status, till.bill.outcome, till.bill.token) == ("paid", "paid", "t1")
    assert till.bill.desk is None and till.bill.data["transaction_id"] == "42001"
    assert till.events.count("paid") == 1 and till.case.status is Status.PRODUCING
    with pytest.raises(Conflict):
        till.order()


@pytest.mark.parametrize("amount", [1, 7999, 8001])
def test_another_amount_is_refused_and_nothing_is_written(amount: int) -> None:
    till = Till()
    number, before = till.order(), till.file
    with pytest.raises(InvalidInput) as told:
        till.payments.paid(Money(number, "1", amount, NOW), NOW)
    assert told.value.code == "wrong_amount" and till.file == before


@pytest.mark.parametrize("number", ["", "x", "{no}P2", "{no}P0", "000000000000P1", "{no}S1", "{no}P1 "])
def test_an_order_that_is_not_ours_is_not_found(number: str) -> None:
    till = Till()
    till.order()
    with pytest.raises(NotFound):
        till.payments.paid(Money(number.format(no=till.case_no), "1", 8000, NOW), NOW)


def test_money_for_a_void_case_is_kept_to_be_paid_back() -> None:
    till = Till()
    money = till.books.pay(till.order())
    till.move(Status.VOID)
    for _ in range(2):
        till.payments.paid(money, NOW)
    assert till.case.status is Status.VOID and till.events.count("refund_due") == 1
    assert (till.bill.status, till.bill.desk, list(till.bill.data["late"])) == (
        "closed",
        f"@refunds#{till.case_no[-1]}",
        ["42001"],
    )


def test_a_second_payment_is_kept_to_be_paid_back() -> None:
    till = Till()
    first = till.books.pay(till.order())
    till.payments.paid(first, NOW)
    till.payments.paid(Money(first.out_trade_no, "42002", 8000, NOW), NOW)
    assert (till.bill.status, till.bill.outcome) == ("paid", "paid")
    assert list(till.bill.data["late"]) == ["42002"] and till.events[-2:] == ["paid", "refund_due"]


def test_the_clock_finds_the_money_when_no_notice_came() -> None:
    till = Till()
    till.books.pay(till.order())
    assert till.payments.settle(NOW + timedelta(seconds=29)) == 0
    assert till.payments.settle(NOW + timedelta(seconds=30)) == 1
    assert till.bill.status == "paid" and till.payments.settle(NOW + timedelta(days=1)) == 0


def test_the_clock_asks_at_the_moments_agreed_and_no_more() -> None:
    till = Till()
    till.order()
    till.books.asked = 0
    moment, asked = NOW, []
    while moment < NOW + timedelta(hours=3):
        before = till.books.asked
        till.payments.settle(moment)
        if till.books.asked > before:
            asked.append(moment - NOW)
        moment += timedelta(seconds=30)
    assert asked == [timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2)]
    assert (
        till.bill.status == "paying" and till.bill.data["order"] is None and till.books.closed == {f"{till.case_no}P1"}
    )
    assert till.order(at=moment) == f"{till.case_no}P2"


def test_the_party_is_down_the_clock_comes_back() -> None:
    till = Till()
    till.books.pay(till.order())
    till.books.down = True
    till.payments.settle(NOW + timedelta(minutes=1))
    till.books.down = False
    assert till.payments.settle(NOW + timedelta(minutes=2)) == 0
    till.payments.settle(NOW + timedelta(minutes=6))
    assert till.bill.status == "paid"


@pytest.mark.parametrize("ordered", [False, True])
def test_a_bill_nobody_pays_ends_the_case(ordered: bool) -> None:
    till = Till()
    if ordered:
        till.order()
        till.payments.settle(NOW + timedelta(hours=2))
    end = NOW + timedelta(days=30)
    assert till.payments.settle(end - timedelta(seconds=1)) == 0
    till.payments.settle(end)
    assert (till.bill.status, till.bill.outcome, till.case.status) == ("closed", "lapsed", Status.CLOSED)
    with pytest.raises(Conflict):
        till.order(at=end)


def test_paid_at_the_last_moment_wins_over_the_end_of_the_bill() -> None:
    till = Till()
    late = NOW + timedelta(days=30) - timedelta(minutes=10)
    till.books.pay(till.order(at=late), late)
    till.payments.settle(NOW + timedelta(days=30))
    assert till.bill.status == "paid" and till.case.status is Status.PRODUCING


@given(st.sampled_from(State), st.sampled_from(State))
def test_no_edge_but_those_of_the_table(old: State, new: State) -> None:
    legal = {
        (State.UNPAID, State.PAYING),
        (State.UNPAID, State.CLOSED),
        (State.PAYING, State.PAYING),
        (State.PAYING, State.PAID),
        (State.PAYING, State.CLOSED),
    }
    assert (new in EDGES[old]) == ((old, new) in legal)
    row = Row("1" * 12, KEY, KIND, str(old))
    if (old, new) in legal:
        assert moved(row, new).status == new
    else:
        with pytest.raises(ValueError, match="does not go"):
            moved(row, new)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(1, 9999))
def test_an_order_number_says_its_case_and_fits_the_party(case_no: str, attempt: int) -> None:
    number = trade_no(case_no, attempt)
    assert attempt_of(number) == (str(case_no), attempt) and 6 <= len(number) <= 32


def happen(till: Till, step: str, now: datetime) -> None:
    if step in ("order", "other"):
        till.order(OWNER if step == "order" else f"tel:{PHONE}", now)
    elif step == "pay":
        number = f"{till.case_no}P{till.bill.data.get('attempt', 0)}"
        if number in till.books.orders and number not in {*till.books.closed, *till.books.money}:
            till.books.pay(number, now, f"4200{number}")
    elif step == "notify":
        for money in list(till.books.money.values())[::-1]:
            till.payments.paid(money, now)
    elif step == "clock":
        till.payments.settle(now)
    elif till.at(Status.AWAITING_PAYMENT):
        till.move(Status.VOID)


@given(st.lists(st.sampled_from(["order", "pay", "notify", "clock", "void", "other"]), max_size=12))
def test_whatever_happens_in_whatever_order_money_is_never_lost(steps: list[str]) -> None:
    till, now = Till(), NOW
    for step in steps:
        now += timedelta(minutes=40)
        with suppress(Conflict):
            happen(till, step, now)
    for money in till.books.money.values():
        till.payments.paid(money, now)
    known = {till.bill.data.get("transaction_id"), *till.bill.data.get("late", {})} - {None}
    assert known == {money.transaction_id for money in till.books.money.values()}
    assert till.events.count("paid") == (till.bill.status == State.PAID) and len(known) <= 1


def test_an_order_is_written_and_read_the_same() -> None:
    order = Order("1P1", "hash", NOW, NOW + timedelta(hours=2), "wx1")
    assert Order.read(order.data()) == order
