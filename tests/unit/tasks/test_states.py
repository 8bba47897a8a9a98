"""Two clerks and a supervisor at one task, in whatever order: exactly one decision, never two holders."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chalicelib.cases.model import Row
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.codes import Outcome
from tests.unit.samples import NOW
from tests.unit.tasks.fakes import LI, SUPERVISOR, ZHOU, Board

PEOPLE = st.sampled_from([LI, ZHOU, SUPERVISOR])
OUTCOMES: tuple[Outcome, ...] = ("approve", "reject")


class Desk(RuleBasedStateMachine):
    """`holder` and `decided` are what ought to be; `stale` is the task as somebody once read it."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.holder: Session | None = None
        self.decided: tuple[Session, str] | None = None
        self.stale: Row = self.board.row

    def _changed(self, act: Callable[[], object], *, may: bool, old: bool) -> bool:
        """Do it, perhaps having read the task earlier; tell whether it changed anything. Who may not, changes nothing."""
        before, done = self.board.row, True
        try:
            with self.board.reading(self.stale) if old else nullcontext():
                act()
        except (Conflict, Forbidden):
            done = False
        assert old or done == may
        changed = self.board.row != before
        assert changed <= (done and may)
        return changed

    @rule()
    def look(self) -> None:
        self.stale = self.board.row

    @rule(who=PEOPLE, old=st.booleans())
    def claim(self, who: Session, old: bool) -> None:
        may = who is not SUPERVISOR and self.decided is None and self.holder in (None, who)
        if self._changed(lambda: self.board.tasks.claim(who, self.board.task_id, NOW), may=may, old=old):
            self.holder = who

    @rule(who=PEOPLE, old=st.booleans())
    def release(self, who: Session, old: bool) -> None:
        may = self.decided is None and who in (SUPERVISOR, self.holder)
        if self._changed(lambda: self.board.tasks.release(who, self.board.task_id, NOW), may=may, old=old):
            self.holder = None

    @rule(who=PEOPLE, to=st.sampled_from([LI, ZHOU]), old=st.booleans())
    def hand_over(self, who: Session, to: Session, old: bool) -> None:
        may = self.decided is None and who in (SUPERVISOR, self.holder)
        if self._changed(lambda: self.board.tasks.hand_over(who, self.board.task_id, to.name, NOW), may=may, old=old):
            self.holder = to

    @rule(who=PEOPLE, outcome=st.sampled_from(OUTCOMES), old=st.booleans())
    def decide(self, who: Session, outcome: Outcome, old: bool) -> None:
        decision = Decision(outcome, "理由充分")
        first = self.decided is None and self.holder in (None, who)
        may = who is not SUPERVISOR and (first or self.decided == (who, outcome))
        if self._changed(lambda: self.board.tasks.decide(who, self.board.task_id, decision, NOW), may=may, old=old):
            assert first
            self.decided = (who, outcome)

    @invariant()
    def one_holder(self) -> None:
        held = self.board.row.data.get("claimed_by")
        assert held == (self.holder.subject if self.holder else None)
        if self.decided is None:
            assert self.board.row.status == ("claimed" if self.holder else "open")

    @invariant()
    def one_decision(self) -> None:
        row = self.board.row
        assert len(self.board.followed) == (self.decided is not None)
        if self.decided:
            who, outcome = self.decided
            assert (row.status, row.outcome, row.data["decided_by"]) == ("decided", outcome, who.subject)


Desk.TestCase.settings = settings(
    max_examples=settings().max_examples // 3, stateful_step_count=25, suppress_health_check=list(HealthCheck)
)
TestDesk = Desk.TestCase
