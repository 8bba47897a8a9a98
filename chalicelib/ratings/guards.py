"""What keeps ratings honest: nobody in office rates what his department did, and what comes in bursts is looked at before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from chalicelib.cases.model import TASK, CaseFile
from chalicelib.intake.model import Intake
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Forbidden
from chalicelib.kernel.expiring import Expiring
from chalicelib.kernel.retry import retried
from chalicelib.ratings.model import BY_PERSON, SHARED
from chalicelib.vocabulary.channels import own, who

DAY = 24 * 3600  # seconds a day's ratings are remembered


class Offices(Protocol):
    """Knows whose telephones are those of staff (identity)."""

    def office_of(self, subject: str, phone: str) -> str: ...


class Guards:
    """Refuse staff, and notice bursts."""

    def __init__(self, expiring: Expiring, offices: Callable[[], Offices], index_key: bytes) -> None:
        self._expiring, self._offices, self._key = expiring, offices, index_key

    def refuse_staff(self, file: CaseFile, intake: Intake, department: str) -> None:
        """Raise Forbidden for a session of staff, and for a telephone of staff of a department that worked on the case."""
        asker = intake.asker
        works = {department, *(row.data.get("department", "") for row in file.of(TASK))}
        known = own(intake.sender) or bool(asker.phone)
        if asker.staff or (known and self._offices().office_of(intake.sender, asker.phone) in works - {""}):
            raise Forbidden("您是办理部门的工作人员，不能评价本部门办理的办件，请由申请人自己评价", code="staff_rating")

    def burst(self, intake: Intake, case_no: str, now: datetime) -> bool:
        """Count the cases rated today by who, from what and whence this comes; tell whether it is one too many."""
        return any(self._over(mark, most, case_no, now) for mark, most in _marks(intake))

    def _over(self, mark: str, most: int, case_no: str, now: datetime) -> bool:
        place = f"rated#{ids.keyed(self._key, 'rated', now.date().isoformat(), mark)}"

        def count() -> bool:
            kept, rev = self._expiring.get(place, now)
            cases: list[str] = (kept or {"cases": []})["cases"]
            if case_no in cases or len(cases) >= most:
                return case_no not in cases
            self._expiring.put(place, {"cases": [*cases, case_no]}, DAY, now, rev)
            return False

        return retried(count)


def _marks(intake: Intake) -> Iterator[tuple[str, int]]:
    """Yield by what a submission is known, and how many cases may be rated by it in a day."""
    phone = intake.asker.phone
    device, _, visit = who(intake.sender, "kiosk").partition(":")
    if phone or own(intake.sender):
        yield phone or intake.sender, BY_PERSON
    if visit:
        yield f"kiosk:{device}", SHARED
    if intake.source:
        yield intake.source, SHARED
