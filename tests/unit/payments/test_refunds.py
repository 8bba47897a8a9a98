"""Money goes back once, to who paid it, and never more than came in: by the party, or by a hand where the party cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Conflict
from chalicelib.payments.party import Back
from chalicelib.payments.refund_model import PARTS, Taken, left, place_of, refund_no
from chalicelib.vocabulary.statuses import Status
from tests.unit.payments.fakes import Till
from tests.unit.payments.returns import Paid
from tests.unit.samples import NOW, clerk

BOSS = clerk("督办", "cgw", "supervisor")
LATER = NOW + timedelta(minutes=1)


def test_a_case_withdrawn_after_payment_is_paid_back_without_a_hand() -> None:
    paid = Paid()
    assert paid.at(Status.WITHDRAWN) and paid.withdraw() == "申请已撤回"
    assert "已缴的80.00元按原支付方式退回" in paid.file.events[-1].text
    paid.books.next_back = "success"
    paid.returning.run(NOW)
    (refund,) = paid.backs
    assert (refund.status, refund.desk, refund.data["reason"]) == ("done", None, "撤回申请")
    assert paid.events[-1] == "refunded" and not paid.cases.on_desk("cgw@510100")
    assert paid.row("task#refund#cgw#1").data["decided_name"] == "微信支付"


def test_a_refund_goes_to_the_party_and_back_without_a_hand_on_the_table() -> None:
    paid = Paid()
    (task,) = paid.cases.on_desk("cgw@510100")
    assert task.data["reason"] == "微信支付正在退回，到账后自动办结" and task.due and task.data["spent"]
    paid.returning.run(NOW)
    assert [row.status for row in paid.backs] == ["sent"] and list(paid.books.refunds) == [f"{paid.case_no}R1"]
    with pytest.raises(Conflict):
        paid.decide("approve", "线下1")
    told = paid.books.come(paid.number, "success")
    for _ in range(3):
        paid.returning.told(told, LATER)
    assert paid.events.count("refunded") == 1 and not paid.cases.on_desk("cgw@510100")


def test_the_clock_asks_when_no_notice_comes() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    paid.books.come(paid.number, "success")
    assert paid.returning.run(NOW + timedelta(seconds=59)) == 0
    paid.returning.run(LATER)
    assert paid.backs[0].status == "done" and paid.returning.run(NOW + timedelta(days=9)) == 0


def test_the_notice_is_faster_than_the_answer() -> None:
    paid = Paid()
    paid.books.down = True
    paid.returning.run(NOW)
    assert paid.backs[0].status == "asked"
    paid.books.down = False
    paid.returning.told(Back(paid.number, "success", 8000, NOW, "books"), NOW)
    assert paid.backs[0].status == "done" and paid.returning.run(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("number", ["x", "{no}R9", "{no}R0", "000000000000R1"])
def test_a_refund_that_is_none_of_ours_is_a_gap(number: str) -> None:
    paid = Paid()
    before = paid.file
    paid.returning.told(Back(number.format(no=paid.case_no), "success", 8000, NOW, "books"), NOW)
    assert paid.file == before and paid.ledger.page(NOW)["gaps"][0]["kind"] == "refund_unknown"


def test_a_refund_told_of_another_amount_is_a_gap_and_not_believed() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    paid.returning.told(Back(paid.number, "success", 1, NOW, "books"), NOW)
    (gap,) = paid.ledger.page(NOW)["gaps"]
    assert (gap["ours_fen"], gap["theirs_fen"]) == (8000, 1) and paid.backs[0].status == "sent"


def test_what_no_party_can_give_back_is_a_hands_from_the_start() -> None:
    till = Till()
    taken = Taken("收据0001", 8000, "", "现金")
    refund, task = till.refunds.begun(till.case, till.file.rows, taken, 3000, "多收", NOW)
    assert (refund.status, refund.desk, task.data["spent"]) == ("manual", None, ["retry"])


def test_after_fifty_parts_a_hand_does_the_rest() -> None:
    till = Till()
    taken = Taken("42001", 8000, "books", "微信支付")
    for _ in range(PARTS):
        till.cases.amend(till.case, till.refunds.begun(till.case, till.file.rows, taken, 10, "分次退", NOW))
    refund, _ = till.refunds.begun(till.case, till.file.rows, taken, 99_999, "其余", NOW)
    assert (refund.status, refund.data["amount_fen"]) == ("manual", 8000 - PARTS * 10)


def test_never_more_than_was_paid() -> None:
    till = Till()
    taken = Taken("42001", 8000, "books", "微信支付")
    for fen in (5000, 5000, 5000):
        till.cases.amend(till.case, till.refunds.begun(till.case, till.file.rows, taken, fen, "退", NOW))
    assert [row.data["amount_fen"] for row in till.backs] == [5000, 3000] and left(till.file.rows, taken) == 0


def test_a_task_of_before_refunds_were_rows_is_done_by_its_number() -> None:
    paid = Paid()
    task = paid.row("task#refund#cgw#1")
    paid.cases.keep(task.with_(data={"refund": "", "spent": []}))
    paid.decide("approve", "5030001")
    assert paid.events[-1] == "refunded"


def test_a_number_says_its_case_and_its_row() -> None:
    assert (
        place_of(refund_no("510123456789", 7))
        == place_of(refund_no("510123456789", 7, 3))
        == ("510123456789", "refund#007")
    )
    assert len(refund_no("5" * 12, 999, 99)) <= 64
