"""Work of clerks: one task per stage, department and round (后台分类审批, 并联审批)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.cases.model import Row
from chalicelib.kernel import ids

Outcome = Literal["approve", "reject", "correct"]
SUPPLEMENTS = "@supplement"  # the clock's desk of supplements that may lapse
CORRECTION_DAYS = (
    15  # working days the applicant has to supplement (no national rule; a local choice, domain notes §14)
)

_ROUND = re.compile(r"[1-9][0-9]{0,2}")

# 受审分离: who receives does not decide, who decides does not receive.
ROLE_OF: dict[str, str] = {"acceptance": "clerk", "pickup": "clerk", "review": "approver", "decision": "approver"}


@dataclass(frozen=True)
class TaskKey:
    """A task's place: `task_id` outside is `<case_no>.<stage>.<department>.<round>`, inside a row of the case."""

    case_no: str
    stage: str
    department: str
    round: int

    @property
    def task_id(self) -> str:
        """Write the id used in URLs."""
        return f"{self.case_no}.{self.stage}.{self.department}.{self.round}"

    @property
    def row_key(self) -> str:
        """Write the sort key."""
        return f"{prefix(self.stage, self.department)}{self.round}"

    @staticmethod
    def parse(task_id: str) -> TaskKey | None:
        """Read a task id; None if it is none."""
        parts = task_id.split(".")
        if len(parts) != 4 or not ids.is_case_number(parts[0]) or not _ROUND.fullmatch(parts[3]) or len(task_id) > 200:
            return None
        return TaskKey(parts[0], parts[1], parts[2], int(parts[3]))

    @staticmethod
    def of(row: Row) -> TaskKey:
        """Read the sort key of a task row."""
        _, stage, department, number = row.key.split("#")
        return TaskKey(row.case_no, stage, department, int(number))


def prefix(stage: str, department: str) -> str:
    """The beginning of the sort keys of a department's tasks in a stage."""
    return f"task#{stage}#{department}#"


def supplement_key(stage: str, department: str) -> str:
    """The sort key of the wait for the applicant's supplement (补正)."""
    return f"wait#supplement#{stage}#{department}"


def desk(department: str, region: str) -> str:
    """The work list of a department in a region."""
    return f"{department}@{region}"


def lamp(due: str | None, today: date) -> str:
    """The lamp of electronic supervision (成都《行政审批电子监察暂行办法》): normal, near (黄, due today or tomorrow), overdue (红)."""
    if not due:
        return "normal"
    left = (date.fromisoformat(due[:10]) - today).days
    return "overdue" if left < 0 else "near" if left <= 1 else "normal"


def closing(rows: list[Row], outcome: str) -> list[Row]:
    """Close every task and wait that is still open."""
    waiting = [row for row in rows if row.kind in ("task", "wait") and row.outcome is None]
    return [row.with_(status="cancelled", outcome=outcome, desk=None) for row in waiting]
