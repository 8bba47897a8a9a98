"""A certificate (证照): what a granted case gives somebody to show, and anybody can check by its number.

issued ──注销──► revoked

Whether an issued one is valid or expired is told by the day it is looked at. A reissue (换发) revokes the old one and names the new; a
renewal (延续) moves the last day of the same one. It is a row of the cases table under its own number, written in the transaction that
tells of it. One that can be renewed lies on the round desk `RENEWALS`: until its holder is told, then until its last day is over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Row
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock, ids
from chalicelib.vocabulary.codes import CertificateState, RenewalState
from chalicelib.vocabulary.periods import RENEWAL_ASKED, RENEWAL_OPENS

KEY = KIND = "certificate"  # the sort key and the kind of its row
FACT = "certificate"  # where the head of a case names its newest one
RENEWALS = "renewals"
DIGITS = 15  # 50 bits of chance before the check digit: four groups of four, as on a bank card
_NUMBER = re.compile(rf"\d{{{DIGITS + 1}}}", re.ASCII)


class State(StrEnum):
    """What was done with it."""

    ISSUED = "issued"
    REVOKED = "revoked"


EDGES: dict[State, frozenset[State]] = {State.ISSUED: frozenset({State.REVOKED}), State.REVOKED: frozenset()}


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What stands on it. `holder` is masked: the name in clear is in the case's sealed part. Both days are inside; `valid_to` None
    is 长期有效. `replaces` and `replaced_by` are numbers, '' for none. `reminded`: its holder was told that this last day comes.
    `before`: the cases it was of before those that renewed it, the first in front. Hashes of identity numbers, '' and () where nothing
    was revised (更正): `applicant` who holds it, where its case has another; `known_as` by whom else what is to renew it may be found."""

    number: str
    case_no: str
    type: str
    holder: str
    issuer: str
    department: str
    region: str
    valid_from: date
    valid_to: date | None = None
    replaces: str = ""
    replaced_by: str = ""
    renewable: bool = False
    reminded: bool = False
    before: tuple[str, ...] = ()
    applicant: str = ""
    known_as: tuple[str, ...] = ()
    state: State = State.ISSUED

    def at(self, now: datetime) -> CertificateState:
        """Tell what it is worth at a moment: its last day ends at 24:00 in Shanghai."""
        if self.state is State.REVOKED:
            return "revoked"
        over = self.valid_to is not None and now.astimezone(clock.SHANGHAI).date() > self.valid_to
        return "expired" if over else "valid"

    @property
    def opens(self) -> date | None:
        """The day from which its renewal may be asked for; None for one that cannot be renewed."""
        return max(self.valid_from, self.valid_to - RENEWAL_OPENS) if self.renewable and self.valid_to else None

    @property
    def ask_by(self) -> date | None:
        """The last day on which it is asked for in time (有效期届满三十日前); None for one that cannot be renewed."""
        return self.valid_to - RENEWAL_ASKED if self.renewable and self.valid_to else None

    def renewal(self, now: datetime) -> RenewalState | None:
        """Tell how its renewal stands, whoever may have asked for it; None for one that is over or cannot be renewed."""
        today = now.astimezone(clock.SHANGHAI).date()
        if not self.opens or not self.ask_by or self.at(now) != "valid":
            return None
        return "early" if today < self.opens else "open" if today <= self.ask_by else "late"

    def renewed(self, case_no: str, service: Service) -> Certificate:
        """Return it with its last day moved: its time begins anew on the day after the old one. It is from then on of the renewing case,
        and of the department that the version of its service names."""
        moved = replace(self, case_no=case_no, before=(*self.before, self.case_no), **issued_by(service))
        if self.valid_to is None:
            return moved
        until = last_day(self.valid_to + timedelta(days=1), service)
        return replace(moved, valid_to=until, renewable=service.result.renewable and until is not None, reminded=False)

    def unrenewed(self, valid_to: date, service: Service) -> Certificate:
        """Return it as it was before the renewal that is void now: with its old last day, of its old case; `service` is that case's."""
        *before, case_no = self.before
        was = replace(self, case_no=case_no, before=tuple(before), **issued_by(service))
        return replace(was, valid_to=valid_to, renewable=True, reminded=True)

    def _due(self) -> str | None:
        """Write when the clock looks at it: on the day its holder is told, afterwards on the day after its last one."""
        if self.state is State.REVOKED or not self.opens or not self.valid_to:
            return None
        return f"{self.valid_to.isoformat()}#{self.number}" if self.reminded else self.opens.isoformat()

    def row(self, rev: int = 0) -> Row:
        """Write it as its row: a new one, or over the row that is at `rev`."""
        data = {
            name: _plain(value) for name, value in asdict(self).items() if value and name not in ("number", "state")
        }
        due = self._due()
        desk = round_desk(RENEWALS, self.number) if due else None
        return Row(place(self.number), KEY, KIND, str(self.state), rev, desk, due, data=data)

    @staticmethod
    def of(row: Row) -> Certificate:
        """Read a row."""
        known: dict[str, Any] = {name: row.data[name] for name in Certificate.__dataclass_fields__ if name in row.data}
        known |= {name: date.fromisoformat(known[name]) for name in ("valid_from", "valid_to") if name in known}
        known |= {name: tuple(known.get(name, ())) for name in ("known_as", "before")}
        return Certificate(**known, number=row.case_no.partition("#")[2], state=State(row.status))

    def public(self, now: datetime) -> Mapping[str, Any]:
        """Return what anybody may know of it."""
        return {
            "number": self.number,
            "state": self.at(now),
            "type": self.type,
            "holder": self.holder,
            "issuer": self.issuer,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
        }


@dataclass(frozen=True)
class Given:
    """What the result of a case gives: the certificate, the rows to be written with what tells of it, and whether it is a renewed one."""

    certificate: Certificate
    rows: tuple[Row, ...] = ()
    renewed: bool = False


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def issued_by(service: Service) -> dict[str, Any]:
    """Return who gives what a version of a service gives, as a certificate says it."""
    code = service.department
    return {"issuer": service.department_name(code), "department": code, "region": service.region}


def place(number: str) -> str:
    """Return the partition of the cases table a certificate lies in."""
    return f"{KIND}#{number}"


def drawn(below: Callable[[int], int]) -> str:
    """Draw a number: `below(n)` gives a whole number from 0 to n - 1 that nobody can foresee."""
    body = f"{below(10**DIGITS):0{DIGITS}d}"
    return body + ids.check_digit(body)


def is_number(text: str) -> bool:
    """Tell whether `text` is sixteen digits whose check digit holds."""
    return bool(_NUMBER.fullmatch(text)) and text[-1] == ids.check_digit(text[:-1])


def grouped(number: str) -> str:
    """Write a number as it is read aloud: `1234 5678 9012 3456`; what stands in its place, as it is."""
    if not number.isdigit():
        return number
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def last_day(first: date, service: Service) -> date | None:
    """Return the last day of a certificate whose first is `first`; None for one without an end.

    Years end on the eve of the same day; where that has no 29 February, on the 28th (《民法典》第202条).
    """
    years, days = service.result.valid_years, service.result.valid_days
    if years:
        try:
            return first.replace(year=first.year + years) - timedelta(days=1)
        except ValueError:
            return date(first.year + years, 2, 28)
    return first + timedelta(days=days - 1) if days else None
