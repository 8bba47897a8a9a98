"""Paying over a table in memory and a payment party that keeps books: nobody pays twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.cases.rights import Asker
from chalicelib.kernel.errors import Conflict, NotFound, PartyFault
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER, PHONE
from tests.unit.payments.fakes import Till
from tests.unit.samples import NOW


def test_article_59_the_fee_published_is_asked_once_and_keeps_the_newest_token() -> None:
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
    first = till.payments.pay(till.case_no, Asker.talking(OWNER), NOW)
    again = till.payments.pay(till.case_no, Asker.talking(OWNER), NOW + timedelta(minutes=30))
    assert first == again
    assert first["out_trade_no"] == f"{till.case_no}P1" and first["amount_fen"] == 8000 and first["state"] == "paying"
    assert first["params"]["package"] == f"wx-{first['out_trade_no']}"
    assert till.books.orders[first["out_trade_no"]].user == OWNER[3:]


def test_by_phone_a_code_to_scan_is_given_and_the_other_order_is_closed_first() -> None:
    till = Till()
    till.order()
    answer = till.payments.pay(till.case_no, Asker.talking(f"tel:{PHONE}"), NOW)
    assert answer["code_url"] and "params" not in answer and answer["party"] == till.books.name
    assert till.books.closed == {f"{till.case_no}P1"}


def test_where_the_party_has_no_app_a_code_to_scan_is_given() -> None:
    till = Till()
    till.books.app = None
    assert till.payments.pay(till.case_no, Asker.talking(OWNER), NOW)["code_url"]
    assert till.books.orders[f"{till.case_no}P1"].user == ""


@pytest.mark.parametrize("sender", ["wx:somebody", "tel:13900000000"])
def test_nobody_else_learns_of_it(sender: str) -> None:
    till = Till()
    with pytest.raises(NotFound):
        till.payments.pay(till.case_no, Asker.talking(sender), NOW)
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


def test_an_order_is_asked_of_the_party_that_made_it_though_another_takes_new_ones() -> None:
    till = Till()
    first = till.order()
    till.in_use = "others"
    assert till.payments.pay(till.case_no, Asker.talking(OWNER), NOW)["params"] and not till.others.asked
    assert till.order(at=NOW + timedelta(hours=3)) == f"{till.case_no}P2"
    assert till.books.closed == {first} and list(till.others.orders) == [f"{till.case_no}P2"]


def test_an_order_that_does_not_remember_its_party_is_of_the_one_in_use() -> None:
    till = Till()
    till.order()
    order = {name: value for name, value in till.bill.data["order"].items() if name != "party"}
    till.cases.keep(till.bill.with_(data={"order": order}))
    till.order(f"tel:{PHONE}")
    assert till.books.closed == {f"{till.case_no}P1"}
