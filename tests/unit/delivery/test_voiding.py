"""A case made void (作废), or withdrawn (撤回) before anything is made: what has not left the office stays there, the rest is watched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.delivery.model import MAKING, PICKUP, made
from chalicelib.delivery.parts import CAPABILITY as DELIVERING
from chalicelib.delivery.voiding import ended
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, PartyFault
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import OWNER
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import TRACKS, track
from tests.unit.office import desk
from tests.unit.proposals.fakes import Pair
from tests.unit.samples import NOW


def void(counter: Counter) -> str:
    """Make it void; return what is told."""
    pair = Pair(counter.cases, counter.services, counter.case_no, counter.certificates)
    pair.void()
    pair.say("voiding")
    assert counter.case.status is Status.VOID
    return str(counter.file.events[-1].text)


def queued(counter: Counter) -> None:
    counter.post.fault = PartyFault("down")
    counter.made()
    counter.post.fault = None


def back(counter: Counter) -> None:
    counter.posted()
    counter.tell(track("back", 5))


def test_what_is_not_made_yet_is_not_made_any_more() -> None:
    counter = Counter("courier")
    counter.start()
    assert "结果不再制作" in void(counter)
    assert (counter.ship.status, counter.ship.outcome) == ("cancelled", "cancelled") and not made(counter.ship)
    assert not counter.open()
    with pytest.raises(Conflict, match="已经取消"):
        counter.decide(MAKING)


@pytest.mark.parametrize(
    ("method", "begin"),
    [("pickup", Counter.made), ("courier", Counter.made), ("courier", queued), ("courier", back)],
)
def test_what_has_not_left_the_office_stays_there(method: str, begin: Callable[[Counter], object]) -> None:
    counter = Counter(method)
    begin(counter)
    assert "结果不再发出" in void(counter)
    assert (counter.ship.status, counter.ship.outcome, counter.ship.desk) == ("cancelled", "cancelled", None)
    assert made(counter.ship)
    assert counter.ship.token == "t1", "its workflow hears it"
    counter.delivery.dispatch(NOW)
    assert counter.ship.status == "cancelled" and not [row for row in counter.file.rows if row.desk]
    if method == "pickup":
        with pytest.raises(Conflict, match="已经取消"):
            counter.decide(PICKUP)


def test_a_parcel_on_its_way_is_noted_and_not_recalled() -> None:
    counter = Counter("courier")
    counter.posted()
    counter.tell(TRACKS[0])
    assert "已经寄出的快件不追回" in void(counter)
    assert (counter.ship.status, counter.ship.outcome) == ("moving", "cancelled")
    assert counter.tell(*TRACKS) == []
    assert counter.ship.status == "delivered" and counter.case.status is Status.VOID
    assert "delivered" not in counter.events and "妥投" in counter.file.events[-1].text


def withdraw(counter: Counter) -> str:
    """Withdraw it as the city does; return the answer."""
    bars, voids = [DELIVERING.bars], [DELIVERING.voids]
    intake = Intake("withdrawal", "miniprogram", OWNER, "w1", {"case_no": counter.case_no}, NOW)
    reception = desk(counter.cases, counter.services, bars=list(filter(None, bars)), voids=list(filter(None, voids)))
    return reception.receive(intake, NOW).text


def test_a_case_is_withdrawn_until_something_was_made_of_it() -> None:
    counter = Counter("courier")
    counter.start()
    assert withdraw(counter) == "申请已撤回；结果不再制作"
    assert counter.case.status is Status.WITHDRAWN and counter.ship.status == "cancelled" and not counter.open()
    assert counter.ship.token == "t1" and counter.ship.outcome == "cancelled", "its workflow hears it"


@pytest.mark.parametrize("begin", [Counter.made, queued, Counter.posted, back])
def test_what_was_made_is_not_taken_back_on_a_word(begin: Callable[[Counter], object]) -> None:
    counter = Counter("courier")
    begin(counter)
    before = counter.file
    with pytest.raises(Conflict, match="不能撤回"):
        withdraw(counter)
    assert counter.file == before


def test_what_was_handed_over_before_is_left_as_it_is() -> None:
    counter = Counter("pickup")
    counter.made()
    counter.decide(PICKUP)
    assert ended(counter.file) == ([], [])
    void(counter)
    assert counter.ship.outcome == "delivered"
