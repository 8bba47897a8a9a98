"""退款: two supervisors pay back, a part or the whole; and what is owed less after a revision goes back by itself."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.vocabulary.statuses import Status
from tests.unit.payments.fakes import Till
from tests.unit.proposals.fakes import BOSS, OTHER, STRANGER, Pair
from tests.unit.samples import NOW, clerk

BY_PLACE = {
    "code": "f1",
    "name": "占道费",
    "basis": "某条例第一条",
    "table": [{"when": {"place": "春熙路"}, "amount_fen": 8000}, {"when": {"place": "天府大道"}, "amount_fen": 5500}],
}


def paid(**changes: Any) -> tuple[Till, Pair]:
    till = Till(**changes)
    till.bills.paid(till.books.pay(till.order()), NOW)
    return till, Pair(till.cases, till.services, till.case_no)


def test_two_supervisors_pay_back_a_part_and_never_more_than_was_paid() -> None:
    till, pair = paid()
    for fen in (3000, 5000):
        pair.refund(fen)
        pair.say("refunding")
        assert till.events[-1] == "refund_due" and till.file.events[-1].data["amount_fen"] == fen
    with pytest.raises(Conflict):
        pair.refund(1)
    assert [row.data["amount_fen"] for row in till.backs] == [3000, 5000]
    assert till.backs[0].data["reason"] == "窗口录入错误" and till.at(Status.PRODUCING)
    till.books.next_back = "success"
    till.returning.run(NOW)
    assert till.events.count("refunded") == 2


def test_without_an_amount_all_that_is_left() -> None:
    till, pair = paid()
    pair.refund(1000)
    pair.say("refunding")
    pair.refund()
    pair.say("refunding")
    assert [row.data["amount_fen"] for row in till.backs] == [1000, 7000]


def test_more_than_is_left_names_its_field() -> None:
    _, pair = paid()
    with pytest.raises(InvalidInput) as told:
        pair.refund(8001)
    assert told.value.fields[0].path == "amount_fen"


def test_nobody_gives_money_away_alone() -> None:
    till, pair = paid()
    pair.refund()
    with pytest.raises(Forbidden):
        pair.say("refunding", who=BOSS)
    with pytest.raises(Conflict):
        pair.refund()
    pair.say("refunding", "reject", OTHER)
    assert not till.backs and "refund_due" not in till.events


@pytest.mark.parametrize("who", [STRANGER, clerk("审批", "cgw", "approver")])
def test_only_supervisors_of_who_decided_propose_it(who: object) -> None:
    _, pair = paid()
    with pytest.raises(Forbidden):
        pair.refund(1, who)  # type: ignore[arg-type]


def test_where_nothing_was_paid_nothing_goes_back() -> None:
    till = Till()
    with pytest.raises(Conflict):
        Pair(till.cases, till.services, till.case_no).refund()


def test_what_went_meanwhile_is_not_confirmed() -> None:
    till, pair = paid()
    pair.refund(5000)
    taken = till.refunds.paid(till.bill)
    assert taken
    till.cases.amend(till.case, till.refunds.begun(till.case, till.file.rows, taken, 4000, "别的原因", NOW))
    with pytest.raises(Conflict):
        pair.say("refunding")


def test_of_a_case_at_its_end_too_money_goes_back() -> None:
    till, pair = paid()
    till.cases.amend(till.case, status=Status.WITHDRAWN)
    pair.refund(1)
    pair.say("refunding")
    assert till.backs


def test_what_is_owed_less_after_a_revision_goes_back() -> None:
    """The fee is counted over the form as it is revised; a name changes nothing, and more is not asked for afterwards."""
    till, pair = paid(fee={"items": [BY_PLACE]})
    for name, place, back in (("章三丰", "春熙路", 0), ("章三丰", "天府大道", 1), ("张三丰", "春熙路", 1)):
        pair.revise(name=name, place=place)
        pair.say("revising")
        assert len(till.backs) == back
    assert [(row.data["amount_fen"], row.data["reason"]) for row in till.backs] == [(2500, "更正后重新核定费用")]
    (told,) = [event.text for event in till.file.events if "多缴" in event.text]
    assert told.endswith("多缴的25.00元退回")
