"""Where a result goes is the applicant's to say until it is posted, and again when it came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.rights import Asker
from chalicelib.delivery.model import HANDOVER, MAKING, PICKUP
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import PHONE
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import WAYBILL, track
from tests.unit.samples import NOW

NEW: dict[str, Any] = {"method": "courier", "name": "李四", "phone": "13900000001", "address": "成都市武侯区科华路9号"}


def refused(counter: Counter, **wanted: Any) -> Conflict:
    before = counter.file
    with pytest.raises(Conflict) as error:
        counter.change(**wanted)
    assert counter.file == before
    return error.value


@pytest.mark.parametrize("begun", [False, True])
def test_before_it_is_made_it_is_written_down_and_sealed(begun: bool) -> None:
    counter = Counter("pickup")
    if begun:
        counter.start()
    counter.change(**NEW)
    event = counter.file.events[-1]
    assert (event.name, event.text) == ("rerouted", "申请人把送达改为邮寄到家，收件信息已更新")
    assert "科华路" not in repr((counter.file.events, counter.file.rows, counter.case.with_(sealed=b"")))
    counter.start("t2")
    counter.decide(MAKING)
    assert counter.post.parcels[f"{counter.case_no}S1"].to.address == NEW["address"]


def test_made_and_not_posted_it_is_ordered_anew_and_the_old_label_is_no_good() -> None:
    counter = Counter("courier")
    counter.made()
    (old,) = counter.open(HANDOVER)
    counter.change(**NEW)
    counter.delivery.dispatch(NOW + timedelta(minutes=1))
    assert counter.post.parcels[f"{counter.case_no}S2"].to.address == NEW["address"]
    assert counter.ship.data["waybill"] == "C1000000002" and counter.row(old.key).outcome == "superseded"
    (task,) = counter.open(HANDOVER)
    assert task.data["waybill"] == "C1000000002"
    with pytest.raises(InvalidInput):
        counter.decide(HANDOVER, waybill=WAYBILL)


def test_posted_by_the_old_label_all_the_same_the_story_tells_what_the_courier_tells() -> None:
    counter = Counter("courier")
    counter.made()
    counter.change(**NEW)
    counter.tell(track("taken"))
    assert counter.ship.data["waybill"] == WAYBILL and counter.at(Status.DELIVERING) and not counter.open()


def test_made_and_not_posted_it_may_be_fetched_instead() -> None:
    counter = Counter("courier")
    counter.made()
    counter.change(method="pickup")
    assert counter.at(Status.READY_FOR_PICKUP) and [task.data["kind"] for task in counter.open()] == [PICKUP]


def test_once_posted_it_is_refused_with_the_reason() -> None:
    counter = Counter("courier")
    counter.posted()
    said = refused(counter, **NEW)
    assert said.code == "posted" and f"已经寄出（城市快递{WAYBILL}）" in said.detail
    counter.tell(track("handed"))
    assert refused(counter, method="pickup").code == "illegal_state"


def test_what_is_electronic_void_or_waits_at_the_window_is_not_sent() -> None:
    assert "电子" in refused(Counter("electronic"), **NEW).detail
    assert refused(Counter("courier", Status.DENIED), **NEW).code == "illegal_state"
    waiting = Counter("pickup")
    waiting.made()
    assert "登记受托人" in refused(waiting, **NEW).detail


def test_a_way_the_service_has_not_names_the_field() -> None:
    counter = Counter("courier")
    counter.services.publish(replace(counter.service, delivery=("electronic", "courier")))
    with pytest.raises(InvalidInput) as error:
        counter.change(method="pickup")
    assert error.value.fields[0].path == "method"


def test_whoever_only_holds_the_telephone_on_record_sends_nothing_elsewhere() -> None:
    counter = Counter("courier")
    for asker, error in ((Asker(f"tel:{PHONE}", PHONE), Forbidden), (Asker("wx:oStranger"), NotFound)):
        with pytest.raises(error):
            counter.choices.change(counter.case_no, asker, NEW, NOW)
