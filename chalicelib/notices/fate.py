"""Where the fate of a message is written down: on the case for a notice, among the expiring for a reply or a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.cases.model import CaseFile, Row
from chalicelib.cases.service import Cases
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.expiring import Expiring
from chalicelib.notices.model import DELIVERED, FAILED, KIND, QUEUED, SAY_TTL, SENT, Fate, Retry, notice_key, out_id


class FateRecord(Protocol):
    """One message's fate, guarded by rev: of two who send the same message at once, one is turned away with Retry."""

    fate: Fate

    def write(self, now: datetime, **changes: Any) -> None:
        """Change the fate. Raises Retry if somebody else did meanwhile."""

    def index(self, number: str, now: datetime) -> None:
        """Remember that the carrier's `number` (`sms#<provider>#<sid>`) means this message."""

    def free(self, number: str, now: datetime) -> bool:
        """Tell whether no other message has that number."""


class CaseFate:
    """The fate of a notice, on its row `notice#…` of the case."""

    def __init__(self, cases: Cases, expiring: Expiring, file: CaseFile, number: int) -> None:
        self._cases, self._expiring, case_no = cases, expiring, file.case.case_no
        self.out_id = out_id(case_no, number)
        key = notice_key(number)  # its row is first written when it is first tried
        self._row = next((row for row in file.of(KIND) if row.key == key), None) or Row(case_no, key, KIND, QUEUED)
        self.fate = Fate.read(self._row.status, self._row.data)

    def write(self, now: datetime, **changes: Any) -> None:
        """Change the row. A report that was faster than our own note of having sent is left as it is."""
        fate = self.fate.with_(**changes)
        try:
            self._row = self._cases.keep(replace(self._row, status=fate.status, data=fate.data()))
        except Conflict:
            row = self._cases.row(self._row.case_no, self._row.key)
            if row is None or fate.status != SENT or row.status not in (DELIVERED, FAILED):
                raise Retry() from None
            self._row, fate = row, Fate.read(row.status, row.data)
        self.fate = fate

    def index(self, number: str, now: datetime) -> None:
        """Remember the carrier's number in the cases table, for the report."""
        self._cases.index_number(number, self._row.case_no, self._row.key)

    def free(self, number: str, now: datetime) -> bool:
        """Tell whether no other notice and no reply has that number."""
        mine = (self._row.case_no, self._row.key)
        return self._cases.by_number(number) in (None, mine) and self._expiring.get(number, now)[0] is None


class ExpiringFate:
    """The fate of a reply or a code, for three days under `seen#say#<key>`."""

    def __init__(self, cases: Cases, expiring: Expiring, key: str, now: datetime) -> None:
        self._cases, self._expiring, self._key = cases, expiring, f"seen#say#{key}"
        data, self._rev = expiring.get(self._key, now)
        self.fate = Fate.read(data["status"], data) if data else Fate()

    def write(self, now: datetime, **changes: Any) -> None:
        """Change what is kept."""
        fate = self.fate.with_(**changes)
        try:
            self._expiring.put(self._key, {"status": fate.status, **fate.data()}, SAY_TTL, now, self._rev)
        except Conflict:
            raise Retry() from None
        self.fate, self._rev = fate, self._rev + 1

    def index(self, number: str, now: datetime) -> None:
        """Remember the carrier's number for as long as a report may come."""
        self._expiring.put(number, {"key": self._key}, SAY_TTL, now)

    def free(self, number: str, now: datetime) -> bool:
        """Tell whether no notice and no other reply has that number."""
        kept, _ = self._expiring.get(number, now)
        return self._cases.by_number(number) is None and (kept is None or kept["key"] == self._key)
