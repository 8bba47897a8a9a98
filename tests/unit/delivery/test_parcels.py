"""A parcel leaves the office: one order each time it is sent, a waybill, and somebody who says that the courier has it (交寄)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.delivery.model import HANDOVER, KEY, PICKUP, order_number
from chalicelib.kernel.errors import InvalidInput, PartyFault, PartyRefused
from chalicelib.kernel.workdays import add_workdays
from chalicelib.vocabulary.periods import PICKUP_WORKDAYS
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import HOME
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import WAYBILL, track
from tests.unit.samples import NOW


def test_a_courier_gets_one_order_once_it_is_made_and_nobody_is_told_that_it_is_sent() -> None:
    counter = Counter("courier")
    ship = counter.made()
    assert (ship.status, ship.data["waybill"], ship.data["carrier"], ship.desk) == (
        "ordered",
        WAYBILL,
        "城市快递",
        None,
    )
    assert counter.at(Status.DISPATCHING) and counter.events[-2:] == ["producing", "made"]
    assert counter.cases.by_number(f"waybill#{WAYBILL}") == (counter.case_no, KEY)
    parcel = counter.post.parcels[order_number(ship)]
    assert (parcel.to.name, parcel.to.phone, parcel.to.address) == (HOME["name"], HOME["phone"], HOME["address"])


def test_who_hands_it_to_the_courier_says_so_and_only_then_is_it_told() -> None:
    counter = Counter("courier")
    counter.made()
    (task,) = counter.cases.on_desk("zwzx@510100")
    assert (task.data["kind"], task.data["stage_name"], task.data["waybill"]) == (HANDOVER, "交寄（城市快递）", WAYBILL)
    assert task.due is not None and task.due[:10] == "2026-07-02"
    counter.decide(HANDOVER)
    assert counter.file.events[-1].text == f"已交城市快递寄出，运单号{WAYBILL}"
    assert (counter.row(task.key).outcome, counter.ship.status) == ("approve", "moving")
    assert counter.at(Status.DELIVERING) and not counter.cases.on_desk("zwzx@510100")


@pytest.mark.parametrize("action", ["taken", "missed", "handed"])
def test_a_parcel_that_is_tracked_is_with_the_courier_and_that_is_told(action: str) -> None:
    counter = Counter("courier")
    counter.made()
    counter.tell(track(action))
    task = counter.row("task#handover#zwzx#1")
    assert (task.outcome, task.desk, task.data["decided_name"]) == ("approve", None, "城市快递")
    assert counter.events.count("dispatched") == 1
    assert counter.file.events[-2].name == "dispatched" and counter.file.events[-2].at == NOW + timedelta(hours=1)


def test_a_word_of_the_courier_s_desk_is_no_proof_that_he_has_it() -> None:
    counter = Counter("courier")
    counter.made()
    counter.tell(track("word"))
    assert counter.ship.status == "ordered" and "dispatched" not in counter.events and counter.open(HANDOVER)


def test_a_push_that_is_faster_than_the_answer_to_our_order() -> None:
    counter = Counter("courier")
    counter.post.lose_answer = True
    counter.made()
    counter.cases.index_number(f"waybill#{WAYBILL}", counter.case_no, KEY)
    assert counter.tell(track("taken")) == []
    assert (counter.ship.status, counter.at(Status.DELIVERING)) == ("moving", True)
    assert counter.events[-2:] == ["dispatched", "tracked"]


def test_a_courier_who_is_down_is_asked_again_and_an_order_whose_answer_got_lost_is_the_same_order() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    assert (counter.made().status, counter.case.status) == ("queued", Status.DISPATCHING)
    assert counter.delivery.dispatch(NOW + timedelta(seconds=59)) == 0
    counter.post.fault, counter.post.lose_answer = None, True
    assert counter.delivery.dispatch(NOW + timedelta(minutes=1)) == 1
    assert (counter.ship.status, counter.ship.data["tries"]) == ("queued", 2)
    counter.post.lose_answer = False
    assert counter.delivery.dispatch(NOW + timedelta(minutes=2)) == 0
    assert counter.delivery.dispatch(NOW + timedelta(minutes=3)) == 1
    assert counter.ship.status == "ordered" and len(counter.post.parcels) == 1
    assert "dispatched" not in counter.events and counter.delivery.dispatch(NOW + timedelta(days=1)) == 0


def test_what_goes_wrong_at_the_courier_is_nothing_to_who_made_it() -> None:
    counter = Counter("courier")
    counter.post.fault = RuntimeError("what nobody expected")
    assert counter.made().status == "queued" and counter.at(Status.DISPATCHING)
    counter.post.fault = None
    assert counter.delivery.dispatch(NOW + timedelta(minutes=1)) == 1 and counter.ship.status == "ordered"


def test_a_parcel_goes_by_a_waybill_of_paper_while_the_courier_takes_no_orders() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    counter.made()
    for given, wrong in (("", "还没有给出运单号"), ("X1", "运单号不正确")):
        with pytest.raises(InvalidInput, match=wrong) as error:
            counter.decide(HANDOVER, waybill=given)
        assert error.value.fields[0].path == "waybill"
    counter.decide(HANDOVER, waybill=" c200 ")
    assert (counter.ship.status, counter.ship.data["waybill"]) == ("moving", "C200")
    counter.post.fault = None
    counter.delivery.dispatch(NOW + timedelta(minutes=5))
    assert not counter.post.parcels and counter.tell(track("taken", waybill="C200")) == []
    assert counter.events[-2:] == ["dispatched", "tracked"]


def test_the_waybill_on_the_parcel_is_the_one_that_was_ordered_and_no_other_parcel_s() -> None:
    counter = Counter("courier")
    counter.made()
    with pytest.raises(InvalidInput, match=f"运单号{WAYBILL}不一致") as error:
        counter.decide(HANDOVER, waybill="C1000000002")
    assert error.value.fields[0].path == "waybill" and "dispatched" not in counter.events
    other = Counter("courier")
    other.post.fault = PartyFault()
    other.made()
    other.cases.index_number("waybill#C77", "510999999990", KEY)
    with pytest.raises(InvalidInput, match="另一件"):
        other.decide(HANDOVER, waybill="C77")
    counter.decide(HANDOVER, waybill=WAYBILL.lower())
    assert counter.ship.status == "moving"


def test_a_courier_who_refuses_leaves_it_to_the_window() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyRefused("超范围", code="courier_refused")
    assert counter.made().status == "ready" and counter.at(Status.READY_FOR_PICKUP)
    (task,) = counter.cases.on_desk("zwzx@510100")
    assert task.data["kind"] == PICKUP, "nobody is to post it any more"
    counter.decide(PICKUP)
    assert counter.at(Status.DELIVERED)


def test_article_44_a_result_is_handed_over_within_ten_working_days_of_the_decision_though_the_courier_never_takes_it() -> (
    None
):
    """Decided on Wednesday 1 July 2026: the tenth working day is the 15th."""
    last = add_workdays(NOW.date(), PICKUP_WORKDAYS).day.isoformat()
    by_courier, refused = Counter("courier"), Counter("courier")
    by_courier.post.fault = PartyFault()
    by_courier.made()
    assert by_courier.delivery.dispatch(NOW + timedelta(days=1)) == 1 and by_courier.ship.status == "queued"
    assert by_courier.delivery.dispatch(NOW + timedelta(days=2)) == 1, "the second working day is the 3rd"
    assert by_courier.ship.status == "ready" and by_courier.at(Status.READY_FOR_PICKUP)
    assert by_courier.file.events[-1].text.startswith("快递一直没有接单，改为窗口领取。占道经营许可证已制好")
    assert (by_courier.row("task#pickup#zwzx#1").due or "")[:10] == last == "2026-07-15"

    refused.post.fault = PartyFault()
    refused.made()
    refused.post.fault = PartyRefused("超范围", code="courier_refused")
    assert refused.delivery.dispatch(NOW + timedelta(days=1)) == 1
    assert (refused.row("task#pickup#zwzx#1").due or "")[:10] == last


def test_a_shipment_stays_with_the_courier_it_began_with() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    counter.made()
    counter.contracts.used, counter.post.fault = "other", None
    assert counter.delivery.dispatch(NOW + timedelta(minutes=1)) == 1
    assert (counter.ship.data["courier"], counter.ship.data["carrier"]) == ("city", "城市快递")
    assert not counter.contracts.posts["other"].parcels
    assert counter.tell(track("taken")) == [] and counter.file.events[-1].by == "城市快递"


def test_one_begun_before_shipments_remembered_theirs_is_of_the_courier_in_use() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    row = counter.made()
    counter.cases.keep(replace(row, data={name: value for name, value in row.data.items() if name != "courier"}))
    counter.contracts.used = "other"
    counter.delivery.dispatch(NOW + timedelta(minutes=1))
    assert (counter.ship.status, counter.ship.data["carrier"]) == ("ordered", "另一家")
