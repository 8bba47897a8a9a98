"""Whatever clerks, applicant, courier and clock do, in whatever order: a result is handed over, or somebody has it with a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery.model import EDGES, HANDOVER, MAKING, ON_ITS_WAY, PICKUP, RETURNED, SHIPPING, TRACING, State
from chalicelib.kernel.errors import AppError, PartyFault, PartyRefused
from chalicelib.vocabulary.statuses import Status
from chalicelib.vocabulary.statuses import may as leads
from tests.unit.delivery.counter import Counter
from tests.unit.delivery.fakes import ACTIONS, track
from tests.unit.delivery.test_choices import NEW
from tests.unit.samples import NOW

KINDS = (MAKING, HANDOVER, RETURNED, TRACING, PICKUP)
ACTS = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from(KINDS), st.sampled_from(["approve", "resend", "collect", "reissue"])),
    st.tuples(st.just("track"), st.sampled_from(list(ACTIONS)), st.integers(1, 4)),
    st.tuples(st.just("change"), st.sampled_from(["courier", "pickup"]), st.just(0)),
    st.tuples(st.just("clock"), st.integers(0, 6), st.just(0)),
    st.tuples(st.just("courier"), st.sampled_from(["up", "down", "refuses"]), st.just(0)),
)


class History:
    """One case and the days that pass over it."""

    def __init__(self, method: str) -> None:
        self.counter, self.now = Counter(method), NOW
        self.counter.start()

    def does(self, act: str, what: Any, which: Any) -> None:
        """Do one thing; what cannot be done now is refused."""
        self.now += timedelta(minutes=7)
        before = (self.counter.ship, self.counter.case.status)
        try:
            getattr(self, act)(what, which)
        except AppError as error:
            assert error.status < 500
        self.legal(*before)

    def legal(self, ship: Any, status: Status) -> None:
        after = self.counter.ship
        assert after.status == ship.status or self.reaches(State(ship.status), State(after.status))
        assert leads(status, self.counter.case.status) or len(self.counter.file.events) > 1

    @staticmethod
    def reaches(old: State, new: State) -> bool:
        """Whether there is a way: a track may post a parcel and move it, the round may queue it and order it."""
        seen: set[State] = set()
        ahead = {old}
        while ahead - seen:
            seen |= ahead
            ahead |= {each for state in ahead for each in EDGES[state]}
        return new in seen

    def decide(self, kind: str, outcome: Any) -> None:
        if self.counter.open(kind):
            more: dict[str, Any] = {"opinion": "查过了"} if kind in (TRACING, RETURNED) else {}
            if kind == HANDOVER and not self.counter.ship.data.get("waybill"):
                more = {"waybill": f"C3{len(self.counter.file.events)}"}
            self.counter.decide(kind, outcome=outcome, now=self.now, **more)

    def track(self, action: str, number: int) -> None:
        waybill = self.counter.ship.data.get("waybill") or "" if number > 2 else f"C100000000{number}"
        at = (self.now - NOW).total_seconds() / 3600
        self.counter.tell(track(action, round(at), waybill=waybill), now=self.now)

    def change(self, method: str, _: Any) -> None:
        self.counter.change(now=self.now, **(NEW if method == "courier" else {"method": method}))

    def clock(self, days: int, _: Any) -> None:
        self.now += timedelta(days=days)
        self.counter.delivery.dispatch(self.now)

    def courier(self, how: str, _: Any) -> None:
        faults = {"up": None, "down": PartyFault(), "refuses": PartyRefused("超范围", code="courier_refused")}
        self.counter.post.fault = faults[how]

    def looked_at(self) -> bool:
        """Whether the result is handed over, or somebody has it on his desk with a day: never two who have to do the same."""
        ship, work = self.counter.ship, self.counter.open()
        kinds = [task.data["kind"] for task in work]
        if ship.outcome is not None:
            return not work and ship.desk is None
        on_round = (ship.desk or "").startswith(f"@{SHIPPING}#") and bool(ship.due)
        owners = {
            "making": [MAKING],
            "queued": [HANDOVER],
            "ordered": [HANDOVER],
            "returned": [RETURNED],
            "ready": [PICKUP],
        }
        if ship.status in ON_ITS_WAY:
            return kinds in ([], [TRACING]) and (on_round or kinds == [TRACING])
        return kinds == owners[ship.status] and all(task.desk and task.due for task in work)


@given(st.sampled_from(["courier", "pickup"]), st.lists(ACTS, max_size=25))
def test_every_history_of_a_result_ends_or_is_on_a_desk_with_a_day(method: str, acts: list[Any]) -> None:
    history = History(method)
    for act in acts:
        history.does(*act)
        assert history.looked_at(), (act, history.counter.ship, history.counter.open())
    counter = history.counter
    story = [str(event.name) for event in counter.file.events]
    posted = [row for row in counter.store.kept.values() if row.kind == "postage"]
    assert all(parcel.to.name and parcel.to.address for parcel in counter.post.parcels.values())
    assert story.count("dispatched") == len(posted), "told once for each that was posted, and paid as often"
    if "dispatched" in story:
        assert "made" in story[: story.index("dispatched")], "nothing is sent before it is made"


@given(st.lists(ACTS, max_size=12))
def test_no_history_is_without_a_way_to_the_end(acts: list[Any]) -> None:
    """From wherever it stands, who does what is on his desk brings it to the applicant."""
    history = History("courier")
    for act in acts:
        history.does(*act)
    history.counter.post.fault = None
    for _ in range(12):
        if history.counter.ship.outcome:
            break
        for task in history.counter.open():
            history.does(
                "decide", task.data["kind"], "collect" if task.data["kind"] in (RETURNED, TRACING) else "approve"
            )
        history.does("track", "handed", 3)
    assert history.counter.ship.outcome == "delivered" and history.counter.at(Status.DELIVERED)
