"""What the party cannot pay back is a supervisor's: asked again, or paid back by hand (线下退付)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Conflict
from chalicelib.notices import facts
from chalicelib.payments.model import REFUND
from chalicelib.payments.party import BackState
from chalicelib.payments.voiding import ended
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary import events
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.events.meanings import Message
from chalicelib.vocabulary.statuses import Status
from tests.unit.office import tasks
from tests.unit.payments.fakes import Till
from tests.unit.payments.returns import Paid, withdrawn
from tests.unit.payments.test_counter import take
from tests.unit.samples import NOW, clerk

BOSS = clerk("督办", "cgw", "supervisor")
LATER = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(("state", "choices"), [("closed", {"approve", "retry"}), ("abnormal", {"approve"})])
def test_what_the_party_cannot_pay_back_is_on_the_supervisors_desk(state: BackState, choices: set[str]) -> None:
    paid = Paid()
    paid.returning.run(NOW)
    for _ in range(2):
        paid.returning.told(paid.books.come(paid.number, state), LATER)
    assert paid.backs[0].status == "manual" and paid.events.count("refund_delayed") == 1
    desk = tasks(paid.cases, {REFUND: paid.refunds.follow})
    (shown,) = desk.mine(BOSS, LATER)[0]
    assert {each["outcome"] for each in shown["choices"]} == choices and "线下退付" in shown["reason"]


def test_asked_again_after_the_party_closed_it_it_has_another_number() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    first = paid.number
    paid.returning.told(paid.books.come(first, "closed"), NOW)
    paid.decide("retry")
    assert paid.number == f"{first}-2" and paid.backs[0].status == "asked"
    paid.returning.run(NOW)
    paid.returning.told(paid.books.come(first, "closed"), NOW)
    assert paid.backs[0].status == "sent", "what is told of the first changes nothing"
    paid.returning.told(paid.books.come(paid.number, "success"), NOW)
    assert paid.backs[0].status == "done" and not paid.cases.on_desk("cgw@510100")


def test_where_the_party_says_no_the_same_number_is_asked_again() -> None:
    paid = Paid()
    paid.books.refuses = "party_refused"
    paid.returning.run(NOW)
    assert "余额不足" in paid.row("task#refund#cgw#1").data["reason"]
    paid.books.refuses, number = "", paid.number
    paid.decide("retry")
    paid.books.next_back = "success"
    paid.returning.run(NOW)
    assert paid.backs[0].status == "done" and paid.number == number


def test_paid_back_by_hand_it_has_a_number_and_the_applicant_is_told_so() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    paid.returning.told(paid.books.come(paid.number, "abnormal"), NOW)
    with pytest.raises(Conflict):
        paid.decide("retry")
    paid.decide("approve", "退付凭证2026-17")
    event = paid.file.events[-1]
    assert (event.name, event.data["by_hand"], event.data["amount_fen"]) == ("refunded", True, 8000)
    assert paid.backs[0].data["by_hand"] == "退付凭证2026-17"
    paid.returning.told(paid.books.come(paid.number, "success"), NOW)
    (gap,) = paid.ledger.page(NOW)["gaps"]
    assert (gap["kind"], gap["case_no"]) == ("refund_unknown", paid.case_no), "paid back twice: the accountants look"


def test_the_party_pays_back_after_all_what_was_for_a_hand_to_do() -> None:
    paid = Paid()
    paid.returning.run(NOW)
    paid.returning.told(paid.books.come(paid.number, "abnormal"), NOW)
    paid.returning.told(paid.books.come(paid.number, "success"), NOW)
    assert paid.backs[0].status == "done" and not paid.cases.on_desk("cgw@510100")


@pytest.mark.parametrize("end", ["withdrawn", "void"])
def test_cash_is_paid_back_by_the_department_and_nobody_is_told_otherwise(end: str) -> None:
    till = Till()
    take(till)
    if end == "withdrawn":
        text = withdrawn(till)
    else:
        rows, (text,) = ended(till.file, till.refunds, "作废", NOW)
        till.cases.amend(till.case, rows, status=Status.VOID)
    assert "已缴的80.00元由办理部门退给您" in text and "原支付方式" not in text
    assert till.returning.run(NOW) == 0 and not till.books.asked, "no party is asked for what it never had"
    (shown,) = tasks(till.cases, {REFUND: till.refunds.follow}).mine(BOSS, NOW)[0]
    assert [each["outcome"] for each in shown["choices"]] == ["approve"]
    assert shown["reason"].startswith("市城管委收费窗口收的钱，请退给缴费人")
    tasks(till.cases, {REFUND: till.refunds.follow}).decide(BOSS, shown["task_id"], Decision("approve", "退付1"), NOW)
    event, message = till.file.events[-1], events.message(EventName.REFUNDED)
    assert isinstance(message, Message) and event.name == "refunded" and till.backs[0].status == "done"
    assert facts.facts(till.case, event, message, "")["returned"] == "已由办理部门退给您"
