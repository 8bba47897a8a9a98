"""Delivering over a table in memory and a courier that keeps books: one parcel a case, tracks in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.certificates.model import grouped
from chalicelib.delivery import texts
from chalicelib.delivery.model import HANDOVER, KEY, PICKUP, Track, order_number
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, PartyFault, PartyRefused
from chalicelib.kernel.workdays import add_workdays
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.periods import PICKUP_WORKDAYS, RATING_WINDOW
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import HOME
from tests.unit.decided import PICKUP as PLACE
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import TRACKS, WAYBILL, track
from tests.unit.samples import NOW


def test_electronic_is_delivered_at_once() -> None:
    counter = Counter("electronic")
    ship = counter.start()
    assert (ship.status, ship.outcome, ship.token) == ("delivered", "delivered", "t1")
    assert counter.case.status is Status.DELIVERED and counter.events[-1] == "delivered"
    number = counter.case.facts["certificate"]
    said = f"占道经营许可证已发出，编号{grouped(number)}，可在“我的办件”中出示"
    assert counter.file.events[-1].text == said, "what it says is there"
    assert counter.certificates.checked(number, "anybody", NOW)["state"] == "valid"
    assert counter.case.facts["rate_until"] == counter.case.due == clock.iso(NOW + RATING_WINDOW), (
        "closed when it is over"
    )


def test_a_result_that_is_no_thing_gives_no_certificate() -> None:
    counter = Counter("electronic", result={"name": "高龄津贴发放", "type": "payment", "electronic": True})
    counter.start()
    assert counter.file.events[-1].text == "高龄津贴发放已办好，可在“我的办件”中查看"
    assert "certificate" not in counter.case.facts and counter.certificates.shown(counter.case, NOW) is None


@pytest.mark.parametrize("method", ["electronic", "pickup", "courier"])
def test_a_step_called_again_keeps_the_newest_token_and_tells_nothing_twice(method: str) -> None:
    counter = Counter(method)
    counter.start("t1")
    before = counter.events
    assert counter.start("t2").token == "t2" and counter.events == before
    assert len(counter.post.parcels) == (method == "courier")


@pytest.mark.parametrize("status", [Status.VOID, Status.DENIED])
def test_what_is_not_granted_is_not_delivered(status: Status) -> None:
    counter = Counter("courier", status)
    assert counter.start().outcome == "cancelled"
    assert counter.case.status is status and not counter.post.parcels


def test_pick_up_lies_on_the_window_s_desk_until_it_is_handed_over() -> None:
    counter = Counter("pickup")
    assert counter.start().status == "ready" and counter.at(Status.READY_FOR_PICKUP)
    (task,) = counter.cases.on_desk("zwzx@510100")
    assert (task.key, task.kind, task.status, task.data["kind"]) == ("task#pickup#zwzx#1", "task", "open", "pickup")
    assert task.due is not None and task.due[:10] == "2026-07-15"
    assert counter.file.events[-1].data == PLACE
    for _ in range(2):
        counter.decide(PICKUP)
    assert (counter.ship.status, counter.ship.outcome) == ("delivered", "delivered")
    assert (counter.row(task.key).outcome, counter.row(task.key).desk) == ("approve", None)
    assert counter.case.status is Status.DELIVERED and counter.events.count("delivered") == 1


def test_nothing_to_hand_over() -> None:
    counter = Counter("courier")
    task = texts.pickup(counter.case, counter.service, 10, NOW)
    with pytest.raises(Conflict):
        counter.delivery.collected(counter.file, task, Decision("approve"), NOW)
    counter.start()
    with pytest.raises(Conflict):
        counter.delivery.collected(counter.file, task, Decision("approve"), NOW)
    assert counter.cases.row(counter.case_no, task.key) is None


def test_a_courier_gets_one_order_and_the_applicant_the_waybill() -> None:
    counter = Counter("courier")
    ship = counter.start()
    assert (ship.status, ship.data["waybill"], ship.data["carrier"], ship.desk) == (
        "ordered",
        WAYBILL,
        "城市快递",
        None,
    )
    assert counter.case.status is Status.DELIVERING and counter.events[-2:] == ["producing", "dispatched"]
    assert counter.cases.by_number(f"waybill#{WAYBILL}") == (counter.case_no, KEY)
    parcel = counter.post.parcels[order_number(counter.case_no)]
    assert (parcel.to.name, parcel.to.phone, parcel.to.address) == (HOME["name"], HOME["phone"], HOME["address"])


def test_what_the_courier_took_is_handed_over_by_the_window_and_the_story_does_not_tell_it() -> None:
    counter = Counter("courier")
    counter.start()
    (task,) = counter.cases.on_desk("zwzx@510100")
    assert (task.data["kind"], task.data["stage_name"], task.data["waybill"]) == (HANDOVER, "交寄（城市快递）", WAYBILL)
    assert task.due is not None and task.due[:10] == "2026-07-02"
    before = counter.events
    counter.decide(HANDOVER)
    assert (counter.row(task.key).outcome, counter.events) == ("approve", before)
    assert counter.at(Status.DELIVERING) and not counter.cases.on_desk("zwzx@510100")


@pytest.mark.parametrize("action", ["taken", "missed", "handed"])
def test_a_parcel_that_is_tracked_is_with_the_courier(action: str) -> None:
    counter = Counter("courier")
    counter.start()
    counter.tell(track(action))
    task = counter.row(TaskKey(counter.case_no, HANDOVER, "zwzx").row_key)
    assert (task.outcome, task.desk, task.data["decided_name"]) == ("approve", None, "城市快递")


def test_a_push_that_is_faster_than_the_answer_to_our_order() -> None:
    counter = Counter("courier")
    counter.post.lose_answer = True
    counter.start()
    counter.cases.index_number(f"waybill#{WAYBILL}", counter.case_no, KEY)
    assert counter.tell(track("taken")) == []
    assert (counter.ship.status, counter.at(Status.DELIVERING)) == ("moving", True)
    assert counter.events[-2:] == ["dispatched", "tracked"]


def test_a_courier_who_is_down_is_asked_again_and_an_order_whose_answer_got_lost_is_the_same_order() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    assert (counter.start().status, counter.case.status) == ("queued", Status.PRODUCING)
    assert counter.delivery.dispatch(NOW + timedelta(seconds=59)) == 0
    counter.post.fault, counter.post.lose_answer = None, True
    assert counter.delivery.dispatch(NOW + timedelta(minutes=1)) == 1
    assert (counter.ship.status, counter.ship.data["tries"]) == ("queued", 2)
    counter.post.lose_answer = False
    assert counter.delivery.dispatch(NOW + timedelta(minutes=2)) == 0
    assert counter.delivery.dispatch(NOW + timedelta(minutes=3)) == 1
    assert counter.ship.status == "ordered" and len(counter.post.parcels) == 1
    assert counter.events.count("dispatched") == 1 and counter.delivery.dispatch(NOW + timedelta(days=1)) == 0


def test_a_courier_who_refuses_leaves_it_to_the_window() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyRefused("超范围", code="courier_refused")
    assert counter.start().status == "ready" and counter.at(Status.READY_FOR_PICKUP)
    assert len(counter.cases.on_desk("zwzx@510100")) == 1
    counter.decide(PICKUP)
    assert counter.at(Status.DELIVERED)


def test_article_44_a_result_is_handed_over_within_ten_working_days_of_the_decision_though_the_courier_never_takes_it() -> (
    None
):
    """Decided on Wednesday 1 July 2026: the tenth working day is the 15th."""
    last = add_workdays(NOW.date(), PICKUP_WORKDAYS).day.isoformat()
    at_window, by_courier, refused = Counter("pickup"), Counter("courier"), Counter("courier")
    at_window.start()
    assert (at_window.row("task#pickup#zwzx#1").due or "")[:10] == last == "2026-07-15"

    by_courier.post.fault = PartyFault()
    by_courier.start()
    assert by_courier.delivery.dispatch(NOW + timedelta(days=6)) == 1 and by_courier.ship.status == "queued"
    assert by_courier.delivery.dispatch(NOW + timedelta(days=7)) == 1, "the fifth working day is the 8th"
    assert by_courier.ship.status == "ready" and by_courier.at(Status.READY_FOR_PICKUP)
    assert by_courier.file.events[-1].text.startswith("快递一直没有收件，改为窗口领取。占道经营许可证已制好")
    assert (by_courier.row("task#pickup#zwzx#1").due or "")[:10] == last

    refused.post.fault = PartyFault()
    refused.start()
    refused.post.fault = PartyRefused("超范围", code="courier_refused")
    assert refused.delivery.dispatch(NOW + timedelta(days=2)) == 1
    assert (refused.row("task#pickup#zwzx#1").due or "")[:10] == last


def test_a_shipment_stays_with_the_courier_it_began_with() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    counter.start()
    counter.contracts.used, counter.post.fault = "other", None
    assert counter.delivery.dispatch(NOW + timedelta(minutes=1)) == 1
    assert (counter.ship.data["courier"], counter.ship.data["carrier"]) == ("city", "城市快递")
    assert not counter.contracts.posts["other"].parcels
    assert counter.tell(track("taken")) == [] and counter.file.events[-1].by == "城市快递"


def test_one_begun_before_shipments_remembered_theirs_is_of_the_courier_in_use() -> None:
    counter = Counter("courier")
    counter.post.fault = PartyFault()
    row = counter.start()
    counter.cases.keep(replace(row, data={name: value for name, value in row.data.items() if name != "courier"}))
    counter.contracts.used = "other"
    counter.delivery.dispatch(NOW + timedelta(minutes=1))
    assert (counter.ship.status, counter.ship.data["carrier"]) == ("ordered", "另一家")


def test_another_courier_is_not_believed() -> None:
    counter = Counter("courier")
    counter.start()
    before = counter.file
    assert counter.tell(track("handed", courier="other"), track("taken", courier="other")) == [WAYBILL]
    assert counter.file == before


def test_tracks_tell_the_story_and_delivered_ends_it() -> None:
    counter = Counter("courier")
    counter.start()
    assert counter.tell(track("taken"), track("passed", 5), track("handed", 20)) == []
    assert (counter.ship.status, counter.ship.outcome, counter.case.status) == (
        "delivered",
        "delivered",
        Status.DELIVERED,
    )
    assert [(event.name, event.at) for event in counter.file.events[-3:]] == [
        ("tracked", NOW + timedelta(hours=1)),
        ("tracked", NOW + timedelta(hours=5)),
        ("delivered", NOW + timedelta(hours=20)),
    ]


def test_not_delivered_says_why_and_stays_on_its_way() -> None:
    counter = Counter("courier")
    counter.start()
    counter.tell(track("missed", reason="收件人不在"))
    assert (counter.ship.status, counter.case.status) == ("failed", Status.DELIVERING)
    assert counter.file.events[-1].data["reason"] == "收件人不在" and "收件人不在" in counter.file.events[-1].text
    counter.tell(track("out", 5))
    assert counter.ship.status == "moving"


def test_records_taken_back_and_unknown_waybills_write_nothing() -> None:
    counter = Counter("courier")
    counter.start()
    before = counter.file
    assert counter.tell(track("handed", valid=False), track("handed", waybill="C2")) == ["C2"]
    assert counter.file == before


@given(st.permutations(TRACKS), st.lists(st.sampled_from(TRACKS), max_size=5))
def test_pushed_in_any_order_and_again_the_end_is_the_same(order: list[Track], again: list[Track]) -> None:
    counter = Counter("courier")
    counter.start()
    for each in [*order, *again]:
        counter.tell(each)
    assert (counter.ship.status, counter.case.status) == ("delivered", Status.DELIVERED)
    assert counter.events.count("delivered") == 1 and counter.events.count("tracked") == 4
    assert all(event.text for event in counter.file.events)
