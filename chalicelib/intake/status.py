"""How a case stands: one read for whoever may look at it, or knows the last four of the applicant's ID. What matters of it (why not, how
much, where, until when) lies on the head too (`cases.standing`).

Who may not is told the same of a case and of none: that a number is somebody's is nobody's business.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.capability import Stands
from chalicelib.cases import rights
from chalicelib.cases.asking import asked_with_status
from chalicelib.cases.model import Case
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act
from chalicelib.cases.service import Cases
from chalicelib.cases.standing import LONGEST, cut
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids, mask
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound, TooMany
from chalicelib.kernel.expiring import Expiring
from chalicelib.vocabulary.channels import TALKING
from chalicelib.vocabulary.periods import STATUS_LOCK
from chalicelib.vocabulary.statuses import UNDECIDED, Status

TRIES = 3  # wrong last-four digits before the caller is locked out of one number for `STATUS_LOCK`
CALLERS = 20  # callers with a wrong try on one number, after whom no new one is heard
RACES = 5  # times a wrong try is counted anew when somebody else changed the case

Tries = dict[str, Any]
"""Wrong tries by caller, hashed: how many, when the last."""


class StatusQueries:
    """Answer queries. `expiring` counts the wrong tries at numbers that nobody has, as heads count those at their own; `stands` says how
    a case stands where its status does not."""

    def __init__(self, cases: Cases, expiring: Expiring, case_key: bytes, stands: Stands) -> None:
        self._cases, self._expiring, self._key, self._stands = cases, expiring, case_key, stands

    def tell(self, intake: Intake, now: datetime) -> Reply:
        """Tell how a case stands. Raises InvalidInput, NotFound, Forbidden `verify_needed`, TooMany `locked`."""
        number, verify = intake.body["case_no"], intake.body.get("verify")
        if not ids.is_case_number(number):
            raise InvalidInput("办件号是12位数字，请核对", [Fault("case_no", "format", "办件号是12位数字，请核对")])
        if verify is not None:
            case = self._verified(number, intake.sender, verify, now)
        else:
            found = self._cases.found(number)
            if found is None or not rights.may(self._cases.standings(found, intake.asker), Act.LOOK):
                raise Forbidden("请输入申请人证件号码后四位", code="verify_needed")
            case = found
        body = public(case) | self._fields(case, intake)
        return Reply(self._stands(case) or _spoken(case), body, asks=asked_with_status(case, now))

    def _fields(self, case: Case, intake: Intake) -> dict[str, Any]:
        """Name the fields of the form that are asked for (补正), to who talks and may change them: he can be asked them at once."""
        names = case.facts.get("fields") if case.status is Status.CORRECTION and intake.channel in TALKING else None
        amends = names and rights.may(self._cases.standings(case, intake.asker), Act.AMEND)
        return {"fields": names} if amends else {}

    def _verified(self, number: str, sender: str, last_four: str, now: datetime) -> Case:
        """Compare the last four characters; `TRIES` wrong ones lock this caller out of this number for `STATUS_LOCK`."""
        caller = self._cases.owner(sender)[:16]
        given = ids.keyed(self._key, "verify", number, last_four.upper())
        for _ in range(RACES):
            case = self._cases.found(number)
            kept, rev = (case.facts.get("tries", {}), 0) if case else self._expiring.get(_place(number), now)
            tries = _counted(kept or {}, caller, now)
            if case and given == case.verify:
                return case
            try:
                if case:
                    self._cases.amend(case.plus(tries=tries))
                else:
                    self._expiring.put(_place(number), tries, int(STATUS_LOCK.total_seconds()), now, rev)
            except Conflict:  # somebody else's change came first: count anew, so that tries at once are not free
                continue
            raise NotFound("没有找到：请核对办件号和证件号码后四位", code="verify_failed")
        raise TooMany("查询过于频繁，请稍后再试", code="locked")


def _place(number: str) -> str:
    return f"tries#{number}"


def _counted(tries: Tries, caller: str, now: datetime) -> Tries:
    """Return the tries with one more by this caller. Raises TooMany for one who is not heard."""
    fresh = {who: kept for who, kept in tries.items() if now - clock.parse(kept[1]) <= STATUS_LOCK}
    count = fresh.get(caller, (0, ""))[0]
    if count >= TRIES:
        raise TooMany(f"输错次数过多，请{clock.lasting(STATUS_LOCK)}后再试，或拨打12345转人工", code="locked")
    if count == 0 and len(fresh) >= CALLERS:
        raise TooMany("查询过于频繁，请稍后再试", code="locked")
    return fresh | {caller: [count + 1, clock.iso(now)]}


def _spoken(case: Case) -> str:
    text = f"“{case.service_name}”{case.status_name}"
    if case.status is Status.SUSPENDED:
        text += f"，依法进行{case.facts['procedure']}，至{clock.day(date.fromisoformat(case.facts['until']))}"
    if case.status in UNDECIDED:
        text += f"，{case.clock.said()}"
    if case.status is Status.CORRECTION:
        place = case.facts.get("bring") or "办理部门的窗口"
        asked = mask.free_text(cut(case.facts["correction"], LONGEST))
        text += f"，请{asked}。材料可在小程序、网页上传，或送到{place}"
    return text + "。"
