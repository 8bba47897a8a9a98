"""差评整改: who rated badly is called, what he says is verified, put right or explained, answered, and he is asked whether it is solved.

Each step is a task of a supervisor of the department in charge with a day of its own; what is not solved, or not re-visited, goes to
who supervises that department (效能监察) as well, and to them alone goes an appeal (误评、恶意差评申诉). Whose own work was rated takes no
part. One transaction a step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.cases.asking import AGAIN as ASKED_UNTIL
from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.ratings import model, rectifications
from chalicelib.ratings.model import CONTACT, RECTIFICATION, REVISIT, TRIES, VERIFY, State
from chalicelib.ratings.rectifications import to
from chalicelib.ratings.revisits import Revisits
from chalicelib.ratings.stepping import Stepping, counted, tries
from chalicelib.tasks.model import Decision
from chalicelib.tasks.service import OWN_WORK
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import (
    RATING_APPEAL_WORKDAYS,
    RATING_CONTACT_WORKDAYS,
    RATING_VERIFY_WORKDAYS,
    REVISIT_WORKDAYS,
)

ANSWERS: dict[Outcome, str] = {"approve": "rectified", "reject": "explained"}
Do = Callable[[CaseFile, Row, Row, Decision, datetime], None]


class Rectifying:
    """The steps of putting a bad rating right."""

    def __init__(self, stepping: Stepping, revisits: Revisits) -> None:
        self._by = stepping
        self._steps: dict[str, Do] = {
            CONTACT: self._contacted,
            VERIFY: self._verified,
            RECTIFICATION: self._answered,
            REVISIT: revisits.called,
            model.APPEAL: self._reviewed,
            model.OVERSIGHT: self._overseen,
            model.HELD: self._looked_at,
        }

    def follow(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Carry out a step. Raises Forbidden for who filed the case at the window, Conflict where it is not there any more."""
        if self._by.own_work(file, task.data["decided_by"]):
            raise Forbidden(OWN_WORK, code="own_work")
        about = file.row(task.data["about"]) if "about" in task.data else rectifications.begun(task)
        if about is None:
            raise Conflict("没有找到这条差评", code="illegal_state")
        self._steps[task.data["kind"]](file, about, task, decision, now)

    # — contact, verification, answer —

    def _contacted(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        by = task.data["department_name"]
        if decision.outcome == "missed" and tries(file, CONTACT, row) + 1 < TRIES:
            again = self._by.task(file, row, CONTACT, RATING_CONTACT_WORKDAYS, now)
            self._by.record(file, f"{by}电话联系评价人，没有联系上，将继续联系", by, now, [task, again])
            return
        missed = f"{by}{TRIES}次没有联系上评价人，先行核实"
        text = missed if decision.outcome == "missed" else f"{by}已经电话联系评价人"
        verify = self._by.task(file, row, VERIFY, RATING_VERIFY_WORKDAYS, now)
        self._by.record(file, text, by, now, [task, to(row, State.CONTACTED), verify])

    def _verified(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        if decision.outcome == "appeal":
            self._appeal(file, row, task, decision.opinion, now)
            return
        by, true = task.data["department_name"], decision.outcome == "approve"
        text = f"{by}已核实，{'情况属实，正在整改' if true else '与反映的情况不一致，将作出说明'}"
        after = to(row, State.RECTIFYING if true else State.EXPLAINING)
        self._by.record(file, text, by, now, [task, after, self._answering(file, row, true, now)])

    def _answering(self, file: CaseFile, row: Row, true: bool, now: datetime) -> Row:
        """Return the task to answer, within what is left of the fifteen days: what is not so can only be explained."""
        spent: dict[str, Any] = {} if true else {"spent": ["approve"]}
        return self._by.task(file, row, RECTIFICATION, rectifications.left(row, now), now, **spent)

    def _answered(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        if decision.outcome in task.data.get("spent", ()):
            raise Conflict("核实与反映的情况不一致的，请说明情况", code="illegal_state")
        by, how, answer = task.data["department_name"], decision.opinion, ANSWERS[decision.outcome]
        after = rectifications.replied(row, answer, how, now)
        on_time = now.date().isoformat() <= row.data["due"]
        told = counted(row) | {"reason": how, "answer": answer, "on_time": on_time}
        rows = [task, after]
        if row.data["named"]:
            rows.append(self._by.task(file, row, REVISIT, REVISIT_WORKDAYS, now))
        word = "已整改" if answer == "rectified" else "作出说明"
        event = Event(EventName.RECTIFIED, f"{by}{word}：{how}", now, by, told)
        self._by.cases.record(file.case.plus(**{ASKED_UNTIL: after.due}), event, rows=rows)

    # — what the supervising department does —

    def _appeal(self, file: CaseFile, row: Row, task: Row, why: str, now: datetime) -> None:
        """Bring it before who supervises the department: never before itself."""
        by = task.data["department_name"]
        if not self._by.offices(file).above:
            raise Conflict("本部门没有设置效能监察部门，不能申诉", code="illegal_state")
        asked = {"asked": why, "asked_by": by}
        review = self._by.task(file, row, model.APPEAL, RATING_APPEAL_WORKDAYS, now, above=True, **asked)
        text = f"{by}认为评价与事实不符，已提请{review.data['department_name']}复核"
        self._by.record(file, text, by, now, [task, to(row, State.REVIEW), review])

    def _reviewed(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        by, rating = task.data["department_name"], file.row(row.data["rating"])
        if decision.outcome == "approve" and rating:
            opened = {"opened_on": row.data["opened_on"]}
            self._invalidate(file, rating, decision.opinion, [task, to(row, State.INVALIDATED)], by, now, **opened)
            return
        rows = [task, to(row, State.RECTIFYING), self._answering(file, row, True, now)]
        self._by.record(file, f"{by}复核认为申诉不成立：{decision.opinion}", by, now, rows)

    def _overseen(self, file: CaseFile, row: Row, task: Row, decision: Decision, now: datetime) -> None:
        by = task.data["department_name"]
        self._by.record(file, f"{by}已督办：{decision.opinion}", by, now, [task])

    def _looked_at(self, file: CaseFile, rating: Row, task: Row, decision: Decision, now: datetime) -> None:
        """Let a rating that was held count from today, or keep it out for good."""
        by = task.data["department_name"]
        if decision.outcome == "reject":
            self._invalidate(file, rating, decision.opinion, [task], by, now)
            return
        let = rating.with_(data={"held": False, "counted_on": now.date().isoformat()})
        opened = self._by.opening(file, let, now)
        told = {name: rating.data[name] for name in ("level", "number")} | {"opens": bool(opened)}
        event = Event(EventName.RATING_COUNTED, f"{by}核查后计入评价", now, by, told)
        self._by.cases.record(file.case, event, rows=[task, let, *opened])

    def _invalidate(
        self, file: CaseFile, rating: Row, why: str, rows: list[Row], by: str, now: datetime, **opened: str
    ) -> None:
        """Take a rating out of the figures of the day it counted on, and keep it (`EffectivEvalua` 0)."""
        data = rating.data
        told = {"reason": why, "level": data["level"], "number": data["number"], **opened}
        told |= {"counted_on": data.get("counted_on", data["at"][:10]), "counted": not data.get("held", False)}
        event = Event(EventName.RATING_INVALIDATED, f"{by}核查认为评价不计入统计：{why}", now, by, told)
        self._by.cases.record(file.case, event, rows=[*rows, rating.with_(data={"effective": False})])
