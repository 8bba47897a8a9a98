"""回访: whether what was rated badly is solved, said by the citizen himself or on the telephone; the clock ends what nobody answers."""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.asking import AGAIN as ASKED_UNTIL
from chalicelib.cases.model import CaseFile, Event, Row, closing
from chalicelib.kernel import clock
from chalicelib.kernel.retry import retried
from chalicelib.ratings import rectifications
from chalicelib.ratings.model import BAD, CYCLES, RECTIFICATION, REVISIT, REVISITS, TRIES, State
from chalicelib.ratings.rectifications import to
from chalicelib.ratings.stepping import Stepping, counted, tries
from chalicelib.tasks.model import Decision, done, prefix
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import RECTIFICATION_AGAIN_WORKDAYS, REVISIT_WORKDAYS
from chalicelib.vocabulary.ratings import LEVELS


class Revisits:
    """Take what is said once a bad rating was answered, and end where nothing is."""

    def __init__(self, stepping: Stepping) -> None:
        self._by = stepping

    def called(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        """Take what was said on the telephone. Nobody in office gives a level in a citizen's place."""
        by = task.data["department_name"]
        if decision.outcome == "missed":
            again = tries(file, REVISIT, row) + 1 < TRIES
            rows = [self._by.task(file, row, REVISIT, REVISIT_WORKDAYS, now)] if again else []
            self._by.record(file, f"{by}电话回访，没有联系上评价人", by, now, [task, *rows])
            return
        solved = decision.outcome == "approve"
        text = f"{by}电话回访，评价人说{'已经解决' if solved else '没有解决'}"
        self._said(
            file, row, solved, [task], Event(EventName.RATING_REVISITED, text, now, by, counted(row) | {"by": "phone"})
        )

    def rated(self, file: CaseFile, row: Row, given: Row, by: str, now: datetime) -> None:
        """Take the second rating of who rated badly, by whatever channel; nobody need call him any more."""
        level = given.data["level"]
        outcome: Outcome = "approve" if level > BAD else "reject"
        calls = [done(each, outcome, now, "评价人") for each in _calls(file)]
        told = counted(row) | {"by": given.data["channel"], "level": level}
        event = Event(EventName.RATING_REVISITED, f"{by}再次评价：{LEVELS[level]}", now, by, told)
        after = row.with_(data={"named": not given.data["anonymous"]})
        self._said(file, after, level > BAD, [given, *calls], event)

    def _said(self, file: CaseFile, row: Row, solved: bool, rows: list[Row], event: Event) -> None:
        """Go on by what was said: it ends, or is put right once more with the supervising department at hand."""
        now = event.at
        event.data["solved"] = solved
        if solved or row.data["cycle"] == CYCLES:
            rows = [*rows, to(row, State.CLOSED, solved=solved)]
        else:
            after = to(row, State.RECTIFYING, cycle=row.data["cycle"] + 1)
            rows = [*rows, after, self._by.task(file, after, RECTIFICATION, RECTIFICATION_AGAIN_WORKDAYS, now)]
        rows += [] if solved else self._by.overseeing(file, row, now)
        self._by.cases.record(file.case.plus(**{ASKED_UNTIL: ""}), event, rows=rows)

    # — clock —

    def end_due(self, now: datetime) -> int:
        """End what was answered and nobody said anything of. Called by the clock; returns how many."""
        return self._by.cases.round(REVISITS, clock.iso(now), lambda row: self.end(row.case_no, now))

    def end(self, case_no: str, now: datetime) -> None:
        """End a re-visit whose time is over; where somebody was to be called and nobody did, the supervising department hears of it."""
        retried(lambda: self._end(case_no, now))

    def _end(self, case_no: str, now: datetime) -> None:
        file = self._by.cases.whole(case_no)
        row = rectifications.waiting(file)
        if row is None or (row.due or "~") > clock.iso(now):
            return
        calls = _calls(file)
        neglected = bool(calls) and tries(file, REVISIT, row) == 0
        rows = [*closing(calls, "superseded"), to(row, State.CLOSED)]
        rows += self._by.overseeing(file, row, now) if neglected else []
        text = "没有按期回访评价人，已报效能监察部门" if neglected else "评价人没有再评价，差评办理结束"
        self._by.record(file, text, "系统", now, rows, file.case.plus(**{ASKED_UNTIL: ""}))


def _calls(file: CaseFile) -> list[Row]:
    """Return who is still to be called."""
    return [each for each in file.under(prefix(REVISIT)) if each.outcome is None]
