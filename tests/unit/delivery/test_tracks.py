"""What couriers tell: late, twice, out of order, of parcels that come back, are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.model import MAKING, PICKUP, RETURNED, Track
from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary.statuses import Status
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import TRACKS, WAYBILL, track
from tests.unit.samples import NOW


def on_its_way() -> Counter:
    counter = Counter("courier")
    counter.posted()
    return counter


def came_back() -> Counter:
    counter = on_its_way()
    counter.tell(track("taken"), track("back", 30, reason="多次投递无人签收"), now=NOW + timedelta(hours=30))
    return counter


def test_another_courier_is_not_believed() -> None:
    counter = on_its_way()
    before = counter.file
    assert counter.tell(track("handed", courier="other"), track("taken", courier="other")) == [WAYBILL]
    assert counter.file == before


def test_tracks_tell_the_story_and_delivered_ends_it() -> None:
    counter = on_its_way()
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
    assert not counter.open() and counter.ship.desk is None


def test_not_delivered_says_why_and_stays_on_its_way() -> None:
    counter = on_its_way()
    counter.tell(track("missed", reason="收件人不在"))
    assert (counter.ship.status, counter.case.status) == ("failed", Status.DELIVERING)
    assert counter.file.events[-1].data["reason"] == "收件人不在" and "收件人不在" in counter.file.events[-1].text
    counter.tell(track("out", 5))
    assert counter.ship.status == "moving"


def test_records_taken_back_and_unknown_waybills_write_nothing() -> None:
    counter = on_its_way()
    before = counter.file
    assert counter.tell(track("handed", valid=False), track("handed", waybill="C2")) == ["C2"]
    assert counter.file == before


@given(st.permutations(TRACKS), st.lists(st.sampled_from(TRACKS), max_size=5))
def test_pushed_in_any_order_and_again_the_end_is_the_same(order: list[Track], again: list[Track]) -> None:
    counter = Counter("courier")
    counter.made()
    for each in [*order, *again]:
        counter.tell(each)
    assert (counter.ship.status, counter.case.status) == ("delivered", Status.DELIVERED)
    assert [counter.events.count(name) for name in ("dispatched", "delivered", "tracked")] == [1, 1, 4]
    assert all(event.text for event in counter.file.events)


@given(st.permutations([track("taken", 1), track("back", 20), track("passed", 30), track("handed", 40)]))
def test_one_that_came_back_is_back_whatever_is_told_of_it_and_whoever_signs_for_it_then(order: list[Track]) -> None:
    """妥投 of one that went back is the office's own signature; told before it, it was the applicant's."""
    counter = on_its_way()
    for each in order:
        counter.tell(each)
    first = next(each.action for each in order if each.action in ("back", "handed"))
    assert counter.ship.status == {"back": "returned", "handed": "delivered"}[first]


def test_one_that_came_back_is_on_the_window_s_list_and_the_applicant_is_asked() -> None:
    counter = came_back()
    (task,) = counter.open()
    assert (task.data["kind"], task.data["stage_name"], task.data["reason"]) == (RETURNED, "退回件", "多次投递无人签收")
    event = counter.file.events[-1]
    assert counter.at(Status.UNDELIVERED) and event.name == "undelivered"
    assert event.data["due"] == "2026-07-09" and "请在7月9日前选择再次寄送或到窗口领取" in event.text


def test_two_things_told_by_one_code_in_one_second_are_two() -> None:
    counter = on_its_way()
    counter.tell(*(replace(track(what, 5), action="20") for what in ("missed", "back")))
    assert counter.ship.status == "returned" and counter.events[-2:] == ["tracked", "undelivered"]


def test_it_is_sent_again_with_an_order_and_a_waybill_of_its_own_and_what_is_told_of_the_first_moves_nothing() -> None:
    counter = came_back()
    counter.decide(
        RETURNED, outcome="resend", address={"name": "李四", "phone": "13900000001", "address": "成都市武侯区2号"}
    )
    assert counter.at(Status.DISPATCHING) and counter.ship.data["waybill"] == "C1000000002"
    assert counter.post.parcels[f"{counter.case_no}S2"].to.address == "成都市武侯区2号"
    assert "武侯区" not in repr((counter.file.events, counter.file.rows)), "an address is sealed"
    counter.tell(track("handed", 50))
    assert counter.ship.status == "ordered" and counter.file.events[-1].text.startswith("原来的快件已妥投")
    assert counter.events.count("dispatched") == 1
    counter.tell(track("taken", 60, waybill="C1000000002"), track("handed", 70, waybill="C1000000002"))
    assert counter.at(Status.DELIVERED) and counter.events.count("dispatched") == 2 and not counter.open()


def test_what_the_applicant_wants_to_fetch_is_sent_only_to_an_address_the_clerk_gives() -> None:
    counter = came_back()
    counter.change(method="pickup")
    with pytest.raises(InvalidInput) as error:
        counter.decide(RETURNED, outcome="resend")
    assert error.value.fields[0].path == "address"
    counter.decide(RETURNED, outcome="reissue", opinion="退回时已损坏")
    counter.decide(MAKING)
    assert counter.at(Status.READY_FOR_PICKUP) and len(counter.post.parcels) == 1


def test_it_is_fetched_at_the_window() -> None:
    counter = came_back()
    counter.decide(RETURNED, outcome="collect")
    assert counter.at(Status.READY_FOR_PICKUP) and [task.data["kind"] for task in counter.open()] == [PICKUP]
    assert counter.file.events[-1].text.startswith("快件退回，改为窗口领取。")
    counter.decide(PICKUP, "self")
    assert counter.at(Status.DELIVERED)


@pytest.mark.parametrize("wish", [None, "courier", "pickup"])
def test_nobody_chooses_in_five_working_days_and_it_is_fetched_or_what_the_applicant_wished_is_done(
    wish: str | None,
) -> None:
    counter = came_back()
    if wish == "courier":
        counter.change(method="courier", name="张三丰", phone="13800001234", address="成都市锦江区东大街1号")
    elif wish:
        counter.change(method=wish)
    assert counter.ship.status == "returned", (
        "the parcel may still be on its way back: the window says when it is there"
    )
    assert counter.open(RETURNED)[0].data.get("wish") == wish
    counter.delivery.dispatch(NOW + timedelta(days=8))
    assert counter.ship.status == "returned"
    counter.delivery.dispatch(NOW + timedelta(days=9))
    assert counter.ship.status == ("ordered" if wish == "courier" else "ready")
    assert not counter.open(RETURNED) and len(counter.open()) == 1


def test_one_that_is_lost_is_made_anew_and_told() -> None:
    counter = on_its_way()
    counter.tell(track("lost", 30))
    (task,) = counter.cases.on_desk("cgw@510100")
    assert (task.key, task.data["stage_name"]) == ("task#making#cgw#2", "重新制发")
    assert counter.at(Status.PRODUCING) and counter.file.events[-1].name == "reissued"
    assert counter.file.events[-1].data["result"] == "占道经营许可证"
    counter.decide(MAKING)
    counter.tell(track("handed", 40))
    assert counter.ship.data["waybill"] == "C1000000002" and counter.at(Status.DISPATCHING)
