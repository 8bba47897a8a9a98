"""Random histories of a rating: given, added to, verified, appealed, answered, said again, late and repeated, by whoever, in any order."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.cases.desks import round_desks
from chalicelib.cases.model import CaseFile, event_key
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError
from chalicelib.ratings import model
from chalicelib.ratings.model import EDGES, HELD, OVERSIGHT, RECTIFICATION, REVISIT, REVISITS, WORK, State
from chalicelib.supervision.model import happening
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.figures import level, out
from chalicelib.vocabulary.periods import RATING_WINDOW, REVISIT_WINDOW
from tests.unit.decided import OWNER
from tests.unit.ratings.pad import ABOVE, BOSS, LATER, Pad

GIVEN = ("good", "bad", "bad named", "again good", "again bad", "same", "burst")
OUTCOMES = ("approve", "reject", "appeal", "missed")
ACTS = st.one_of(
    st.sampled_from(GIVEN),
    st.tuples(st.sampled_from(tuple(WORK)), st.sampled_from(OUTCOMES)),
    st.tuples(st.just("day"), st.integers(1, 20)),
)


class Life(Pad):
    """A case that is rated, and its supervisors; the time is its own."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = LATER
        self.last: dict[str, Any] = {}
        self.states: list[str] = []

    def act(self, act: Any) -> None:
        match act:
            case ("day", days):
                self.now += timedelta(days=days)
                self.asking.close_due(self.now)
                self.revisits.end_due(self.now)
            case (kind, outcome):
                self.step(kind, outcome)
            case "burst":
                for number in range(model.BY_PERSON):
                    self.guards.burst(Intake("rating", "web", OWNER, "m", {}, self.now), f"o{number}", self.now)
            case _:
                if act != "same":
                    bad = {"level": 1, "text": f"慢{len(self.file.events)}"} if "bad" in act else {"level": 4}
                    self.last = bad | {"anonymous": "named" not in act} | ({"again": True} if "again" in act else {})
                self.rate(**({"level": 5} | self.last), now=self.now)

    def step(self, kind: str, outcome: Any) -> None:
        """Decide the newest task of a kind, open or not, by who may."""
        rows = [row for row in self.file.of("task") if row.data["kind"] == kind]
        if rows:
            who = ABOVE if rows[-1].data["department"] == "xnjc" else BOSS
            self.desk.decide(who, TaskKey.of(rows[-1]).task_id, Decision(outcome, "写明情况"), self.now)

    def live(self, act: Any) -> None:
        with suppress(AppError):  # a refusal; an edge that is none is a ValueError, and fails
            self.act(act)
        self.states += [row.status for row in self.file.of(RECTIFICATION)[-1:]]


def held(life: Life) -> None:
    """What is not over has somebody who looks, and a day."""
    file = life.file
    waits = [row for row in file.of("task") if row.outcome is None]
    assert all(row.desk and row.due and row.data["kind"] in WORK for row in waits)
    kinds = Counter(row.data["kind"] for row in waits)
    assert all(count == 1 for count in kinds.values()), "nothing is asked of two at once"
    going = [row for row in file.of(RECTIFICATION) if State(row.status) not in (State.CLOSED, State.INVALIDATED)]
    assert len(going) <= 1
    for row in going:
        if State(row.status) is State.REPLIED:
            assert row.desk in round_desks(REVISITS) and row.due and file.case.facts["rate_again_until"] == row.due
        else:
            assert sum(kinds[kind] for kind in WORK if kind not in (OVERSIGHT, HELD, REVISIT)) == 1
    if not going:
        assert set(kinds) <= {OVERSIGHT, HELD} and not file.case.facts.get("rate_again_until")


def counted(file: CaseFile) -> Counter[str]:
    """Count as supervision does."""
    found: Counter[str] = Counter()
    for number, _ in zip(file.numbers, file.events, strict=True):
        if each := happening(file.change(event_key(number))):
            found.update(each.figures)
    return found


def true(life: Life) -> None:
    """The figures say what the rows say: an addition is no second rating, what is held or set aside is none."""
    file, figures = life.file, counted(life.file)
    first = life.cases.row(life.case_no, model.FIRST)
    counts = first is not None and not first.data.get("held") and first.data.get("effective", True)
    assert sum(figures[level(n)] - figures[out(n)] for n in range(1, 6)) == int(counts)
    rows = file.of(RECTIFICATION)
    over = sum(State(row.status) is State.INVALIDATED for row in rows)
    assert (figures["rectifications"], figures["rectifications_out"]) == (len(rows), over)
    assert figures["rectified_on_time"] <= len(rows) and figures["revisited"] <= figures["answered_named"] <= len(rows)


@given(st.lists(ACTS, max_size=30))
@example(
    ["bad", ("rating_verification", "appeal"), ("rating_appeal", "approve"), "bad", ("rating_verification", "approve")]
)
@example(["burst", "bad named", ("rating_held", "approve"), ("rating_contact", "approve"), "same"])
def test_whatever_is_done_in_whatever_order_it_ends_or_is_on_a_desk_with_a_day_and_the_figures_are_true(
    acts: list[Any],
) -> None:
    life = Life()
    for act in acts:
        life.live(act)
        held(life)
        true(life)
    for one, other in pairwise(life.states):
        assert one == other or State(other) in EDGES[State(one)] or State(other) is State.NEW
    ended(life)


def ended(life: Life) -> None:
    """Everybody who is waited for does what is asked, or the clock does: it comes to its end."""
    for _ in range(40):
        for row in [row for row in life.file.of("task") if row.outcome is None]:
            life.step(row.data["kind"], "reject" if "spent" in row.data else "approve")
        life.act(("day", max(REVISIT_WINDOW, RATING_WINDOW).days + 1))
    assert life.open == [] and all(row.status in ("closed", "invalidated") for row in life.file.of(RECTIFICATION))
    true(life)
