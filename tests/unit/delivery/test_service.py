"""Delivering over a table in memory: electronic at once; a thing is made, and said to be there or sent only when it is."""

from __future__ import annotations

import pytest

from chalicelib.certificates.model import grouped
from chalicelib.delivery import texts
from chalicelib.delivery.model import HANDOVER, MAKING, PICKUP, made
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.workdays import add_workdays
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary import periods
from chalicelib.vocabulary.periods import MAKING_WORKDAYS, PICKUP_WORKDAYS, RATING_WINDOW
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import PICKUP as PLACE
from tests.unit.delivery.counter import Counter
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
    before, work = counter.events, counter.open()
    assert counter.start("t2").token == "t2" and counter.events == before and counter.open() == work
    assert not counter.post.parcels, "nothing is ordered before it is made"


@pytest.mark.parametrize("status", [Status.VOID, Status.DENIED])
def test_what_is_not_granted_is_not_delivered(status: Status) -> None:
    counter = Counter("courier", status)
    assert counter.start().outcome == "cancelled"
    assert counter.case.status is status and not counter.open() and not made(counter.ship)


@pytest.mark.parametrize("method", ["pickup", "courier"])
def test_a_thing_is_made_by_the_department_in_charge_before_anything_is_told_of_it(method: str) -> None:
    counter = Counter(method)
    ship = counter.start()
    (task,) = counter.cases.on_desk("cgw@510100")
    assert (ship.status, task.data["kind"], task.data["stage_name"]) == ("making", MAKING, "制证")
    assert (task.due or "")[:10] == add_workdays(NOW.date(), MAKING_WORKDAYS).day.isoformat() == "2026-07-07"
    assert counter.at(Status.PRODUCING) and counter.file.events[-1].text == "正在制作占道经营许可证"
    assert not made(ship) and not {"dispatched", "ready_for_pickup"} & set(counter.events)
    counter.decide(MAKING)
    assert made(counter.ship) and not counter.open(MAKING)
    assert counter.at(Status.READY_FOR_PICKUP if method == "pickup" else Status.DISPATCHING)


def test_nothing_is_made_twice() -> None:
    counter = Counter("courier")
    counter.made()
    task = texts.making(counter.case, counter.service, counter.ship, counter.file.rows, NOW)
    with pytest.raises(Conflict):
        counter.delivery.made(counter.file, task, Decision("approve"), NOW)
    assert counter.cases.row(counter.case_no, task.key) is None


def test_pick_up_lies_on_the_window_s_desk_until_it_is_handed_over() -> None:
    counter = Counter("pickup")
    assert counter.made().status == "ready" and counter.at(Status.READY_FOR_PICKUP)
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
    ship = counter.start()
    task = texts.pickup(counter.case, counter.service, ship, [], NOW)
    for _ in range(2):
        with pytest.raises(Conflict):
            counter.delivery.collected(counter.file, task, Decision("approve"), NOW)
        if counter.open(MAKING):
            counter.decide(MAKING)
    assert counter.cases.row(counter.case_no, task.key) is None
    counter.decide(HANDOVER)
    with pytest.raises(Conflict):
        counter.delivery.handed_to_courier(counter.file, task, Decision("approve"), NOW)


def test_article_44_the_ten_days_are_shared_out_and_no_task_of_delivery_is_due_after_them() -> None:
    """Decided on Wednesday 1 July 2026: the tenth working day is the 15th."""
    shared = periods.MAKING_WORKDAYS + periods.COURIER_WORKDAYS + periods.HANDOVER_WORKDAYS
    assert shared < PICKUP_WORKDAYS, "the courier needs days too"
    last = add_workdays(NOW.date(), PICKUP_WORKDAYS).day.isoformat()
    for method in ("pickup", "courier"):
        counter = Counter(method)
        counter.made()
        assert last == "2026-07-15" and all((task.due or "")[:10] <= last for task in counter.open())
