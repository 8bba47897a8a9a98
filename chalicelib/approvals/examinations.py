"""核查: two or more of an office's staff look whether what was handed in is true (《行政许可法》第34条第3款). The time goes on.

Who went and what they found is the offices' own, on record before whoever decides; the applicant reads that it was done, and when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from chalicelib.approvals import referrals
from chalicelib.cases.model import CaseFile, Event
from chalicelib.cases.page import public
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.identity.model import Session
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.tasks.service import Colleagues
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.roles import Role
from chalicelib.vocabulary.statuses import Status


class Examinations:
    """Put on record what two found."""

    def __init__(self, cases: Cases, catalogue: Services, colleagues: Callable[[], Colleagues]) -> None:
        self._cases, self._catalogue, self._colleagues = cases, catalogue, colleagues

    def examine(
        self, case_no: str, who: Session, held_on: date, colleague: str, finding: str, now: datetime
    ) -> dict[str, object]:
        """Write into the story of a case what two found on a day: who writes it down, and a `colleague` (the name of an account).

        Raises InvalidInput naming `held_on` or `colleague`, NotFound, Forbidden, Conflict.
        """
        return retried(lambda: self._examine(case_no, who, held_on, colleague, finding, now))

    def _examine(
        self, case_no: str, who: Session, day: date, colleague: str, finding: str, now: datetime
    ) -> dict[str, object]:
        file = self._cases.whole(case_no)
        service = self._catalogue.get(file.case.service, file.case.version)
        to_examine(file, service, who)
        first = file.case.received_at.astimezone(clock.SHANGHAI).date()
        if not first <= day <= now.date():
            words = f"核查日期应当在{clock.day(first)}收到申请之后、今天之前（含当天）"
            raise InvalidInput(words, [Fault("held_on", "range", words)])
        staff = [who.name, self._beside(who, colleague).name]
        by = service.department_name(who.department)
        text = f"{by}{len(staff)}名工作人员于{clock.day(day)}核查了申请材料的实质内容"
        told = {"held_on": day.isoformat(), "staff": staff, "finding": finding}
        return public(self._cases.record(file.case, Event(EventName.EXAMINED, text, now, by, told, who.subject)))

    def _beside(self, who: Session, username: str) -> Session:
        """Return who was there besides. Raises InvalidInput for oneself and for who is not of the same office."""
        found = self._colleagues().colleague(username)
        if found is None or (found.department, found.region) != (who.department, who.region):
            words = "没有找到本部门的这个账号"
        elif found.subject == who.subject:
            words = "核查由两名以上工作人员进行，请填写另一位同事的账号"
        else:
            return found
        raise InvalidInput(words, [Fault("colleague", "unknown", words)])


def to_examine(file: CaseFile, service: Service, who: Session) -> None:
    """Let who reviews or decides examine, from acceptance on, in a special procedure too. Raises Forbidden, Conflict."""
    if not {Role.APPROVER, Role.SUPERVISOR} & set(who.roles) or not referrals.at_work(file, who):
        raise Forbidden("核查由正在审查或者决定这个办件的部门进行")
    if file.case.status not in (Status.ACCEPTED, Status.IN_REVIEW, Status.CORRECTION, Status.SUSPENDED):
        raise Conflict("办件现在的状态不需要核查", code="illegal_state")
