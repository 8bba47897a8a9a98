"""How a case stands: one read for whoever filed it, holds the phone on record, or knows the last four of the applicant's ID."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases import rights
from chalicelib.cases.model import Case
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act
from chalicelib.cases.service import Cases
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound, TooMany
from chalicelib.vocabulary import statuses
from chalicelib.vocabulary.periods import STATUS_LOCK
from chalicelib.vocabulary.statuses import UNDECIDED, Status

TRIES = 3  # wrong last-four digits before the caller is locked out of one case for `STATUS_LOCK`
CALLERS = 20  # callers with a wrong try on one case, after whom no new one is heard
RACES = 5  # times a wrong try is counted anew when somebody else changed the case


class StatusQueries:
    """Answer queries."""

    def __init__(self, cases: Cases, case_key: bytes) -> None:
        self._cases, self._key = cases, case_key

    def tell(self, intake: Intake, now: datetime) -> Reply:
        """Tell how a case stands. Raises InvalidInput, NotFound, Forbidden `verify_needed`, TooMany `locked`."""
        number = intake.body["case_no"]
        if not ids.is_case_number(number):
            raise InvalidInput("办件号是12位数字，请核对", [Fault("case_no", "format", "办件号是12位数字，请核对")])
        case = self._cases.head(number)
        verify = intake.body.get("verify")
        if verify is None:
            if not rights.may(self._cases.standings(case, intake.asker), Act.LOOK):
                raise Forbidden("请输入申请人证件号码后四位", code="verify_needed")
        else:
            self._verify(case, intake.sender, verify, now)
        return Reply(_spoken(case), public(case))

    def _verify(self, case: Case, sender: str, last_four: str, now: datetime) -> None:
        """Compare the last four characters; `TRIES` wrong ones lock this caller out of this case for `STATUS_LOCK`."""
        caller = self._cases.owner(sender)[:16]
        given = ids.keyed(self._key, "verify", case.case_no, last_four.upper())
        for _ in range(RACES):
            tries: dict[str, Any] = case.facts.get("tries", {})
            fresh = {who: kept for who, kept in tries.items() if now - clock.parse(kept[1]) <= STATUS_LOCK}
            count = fresh.get(caller, (0, ""))[0]
            if count >= TRIES:
                raise TooMany(f"输错次数过多，请{clock.lasting(STATUS_LOCK)}后再试，或拨打12345转人工", code="locked")
            if count == 0 and len(fresh) >= CALLERS:
                raise TooMany("查询过于频繁，请稍后再试", code="locked")
            if given == case.verify:
                return
            fresh[caller] = [count + 1, clock.iso(now)]
            try:
                self._cases.amend(case.plus(tries=fresh))
            except Conflict:  # somebody else's change came first: count anew, so that tries at once are not free
                case = self._cases.head(case.case_no)
                continue
            raise NotFound("没有找到：请核对办件号和证件号码后四位", code="verify_failed")
        raise TooMany("查询过于频繁，请稍后再试", code="locked")


def _spoken(case: Case) -> str:
    text = f"“{case.service_name}”{statuses.NAMES[case.status]}"
    if case.status in UNDECIDED:
        text += f"，预计{clock.day(case.promised_by)}前办结"
    if case.status is Status.CORRECTION:
        text += f"，请补正：{'、'.join(case.facts.get('correction', []))}"
    return text + "。"
