"""One task of any kind on the desk of 市政务服务中心, and those who may work on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib import wiring
from chalicelib.cases.model import CaseFile, Row
from chalicelib.tasks.model import Decision, TaskKey, new
from tests.unit.decided import Decided
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk

LI, ZHOU = clerk("李娜"), clerk("周杰")
SUPERVISOR = clerk("督办", role="supervisor")
ELSEWHERE = (clerk("赵强", "gaj"), clerk("王芳", role="approver"))
WORKED = tuple(wiring.kinds())


class Board(Decided):
    """A case with one open task; `followed` is what came of decisions."""

    def __init__(self, kind: str = "acceptance") -> None:
        super().__init__()
        self.kind = wiring.kinds()[kind]
        self.worker = clerk("李娜", role=self.kind.role)
        self.followed: list[Decision] = []
        follows = dict.fromkeys(wiring.kinds(), self.follow)
        self.tasks = tasks(self.cases, follows, LI, ZHOU, SUPERVISOR, *ELSEWHERE)
        self.key = TaskKey(self.case_no, "accept", "zwzx")
        self.task_id = self.key.task_id
        self.cases.keep(new(self.case, self.service, kind, self.kind.name, self.key, 1, NOW))

    @property
    def row(self) -> Row:  # type: ignore[override]
        found = self.cases.row(self.case_no, self.key.row_key)
        assert found is not None
        return found

    def follow(self, file: CaseFile, row: Row, decision: Decision, now: datetime) -> None:
        self.cases.keep(row)
        self.followed.append(decision)

    def lay(self, count: int, kind: str = "acceptance") -> list[str]:
        """Put more tasks on the same desk, due one after the other; return their ids."""
        keys = [TaskKey(self.case_no, f"{kind}{number}", "zwzx") for number in range(count)]
        for number, key in enumerate(keys):
            at = NOW + timedelta(seconds=number)
            self.cases.keep(new(self.case, self.service, kind, "受理", key, 6, at))
        return [key.task_id for key in keys]

    @contextmanager
    def reading(self, stale: Row) -> Iterator[None]:
        """Let the next reader of the task see it as it was."""
        row, reads = self.store.row, iter([stale])
        self.store.row = lambda case_no, key: next(reads, None) or row(case_no, key)  # type: ignore[method-assign]
        try:
            yield
        finally:
            self.store.row = row  # type: ignore[method-assign]
