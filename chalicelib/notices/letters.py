"""What somebody must hear and no channel took to him (书面送达): work of a window, which posts the paper, calls or hands it over.

notice failed, or nobody to send to ──► task `letter` ──(by post, by hand)──► the notice is sent, by `post`
                                            └──(a report says that it had arrived after all)──► done
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.cases.model import CaseFile, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Services
from chalicelib.kernel import clock
from chalicelib.kernel.retry import retried
from chalicelib.notices.model import DELIVERED, FAILED, LETTER, SENT, SKIPPED, notice_key
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary import events
from chalicelib.vocabulary.periods import LETTER_WORKDAYS

POST = "post"  # the way (`codes.NOTICE_WAYS`) a notice went by it


class Letters:
    """Open and close what is to be sent on paper."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    def follow(self, case_no: str, number: int, now: datetime) -> None:
        """Do what the fate of a notice asks for; again, it does nothing."""
        retried(lambda: self._follow(case_no, number, now))

    def _follow(self, case_no: str, number: int, now: datetime) -> None:
        file = self._cases.whole(case_no)
        notice, event = file.row(notice_key(number)), file.event(number)
        message = events.message(event.name)
        if notice is None or message is None or not message.required:
            return
        service = self._catalogue.get(file.case.service, file.case.version)
        key = TaskKey(case_no, LETTER, service.department, number)
        task = file.row(key.row_key)
        if task is None and notice.status in (FAILED, SKIPPED):
            reason = f"“{events.NAMES[event.name]}”没有通知到：{notice.data.get('reason', '')}"
            name = f"书面送达{events.DOCUMENTS.get(event.name, '通知')}"
            row = tasks.new(file.case, service, LETTER, name, key, LETTER_WORKDAYS, now, reason=reason)
            self._cases.keep(row.with_(data={"halted": False}))  # a special procedure is what it may have to tell of
        elif task is not None and task.outcome is None and notice.status == DELIVERED:
            self._cases.keep(tasks.done(task, "approve", now, "系统"))

    def posted(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write on the notice how somebody heard of it at last (the task is decided)."""
        number = TaskKey.of(task).round
        notice = file.row(notice_key(number))
        rows = [task]
        if notice is not None and notice.status in (FAILED, SKIPPED):
            how = {"channel": POST, "reason": decision.opinion, "sent_at": clock.iso(now), "code": ""}
            rows.append(notice.with_(status=SENT, data=how))
        self._cases.amend(file.case, rows)
