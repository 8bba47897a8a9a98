"""Certificates: issued or renewed with the result, checked by anybody, revoked and reissued by a supervisor of the department that issued
them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.cases.appeals import appeal
from chalicelib.cases.model import Case, Event, Row, moved
from chalicelib.cases.rights import place as office
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates import model
from chalicelib.certificates.model import EDGES, FACT, Certificate, Given, State
from chalicelib.certificates.renewals import RENEWS, RUNS_TO, Renewals, renewal_of
from chalicelib.identity import limits
from chalicelib.identity.model import Session
from chalicelib.kernel import clock, ids, mask
from chalicelib.kernel.errors import Conflict, Forbidden, NotFound
from chalicelib.kernel.expiring import Expiring
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status

UNKNOWN = "没有这个证照，请核对编号"
GUESSES = ((20, 600), (100, 86_400))
"""Numbers nobody has, from one address: (how many, in how many seconds). Right ones are not counted: a whole hall may be checked."""


class Audit(Protocol):
    """Where it is written who did it (`kernel.audit`)."""

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None: ...


class Unnoted:
    """Keeps nothing of an act that is only looked at: the look is on record (`documents.previews`)."""

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None:
        """Keep nothing."""


class Certificates:
    """The use cases of certificates. `below` draws numbers (`model.drawn`), `site` is the address citizens open."""

    def __init__(
        self,
        cases: Cases,
        catalogue: Services,
        renewals: Renewals,
        expiring: Expiring,
        audit: Callable[[], Audit],
        key: bytes,
        site: str,
        below: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._cases, self._catalogue, self._renewals, self._expiring = cases, catalogue, renewals, expiring
        self._audit, self._key, self._site, self._below = audit, key, site, below

    # — issue —

    def issued(self, case: Case, service: Service, now: datetime) -> Given | None:
        """Give the certificate of a granted case, to be written with what tells of it; None where the result is none,
        or what it was to renew is revoked by now.

        What renews another one moves its last day, once; where that one is over by now, a new one takes its place. A number that is taken
        fails the transaction, and the next try draws another.
        """
        if not service.result.certified or self._renewals.lost(case):
            return None
        old = self._renewals.current(case.facts[RENEWS], now) if RENEWS in case.facts else None
        if old is None:
            fresh = self._fresh(case, service, now)
            return Given(fresh, (fresh.row(),))
        row, certificate = old
        runs_to = certificate.valid_to.isoformat() if certificate.valid_to else None
        if certificate.case_no == case.case_no or (certificate.at(now) == "valid" and runs_to != case.facts[RUNS_TO]):
            return Given(certificate, renewed=True)
        if certificate.at(now) == "valid":
            after = certificate.renewed(case.case_no, service)
            return Given(after, (after.row(row.rev),), renewed=True)
        fresh = replace(self._fresh(case, service, now), replaces=certificate.number)
        return Given(fresh, (row.with_(desk=None, due=None, data={"replaced_by": fresh.number}), fresh.row()))

    def _fresh(self, case: Case, service: Service, now: datetime) -> Certificate:
        first = now.astimezone(clock.SHANGHAI).date()
        return Certificate(
            number=model.drawn(self._below),
            case_no=case.case_no,
            type=service.result.name,
            holder=case.applicant_masked or mask.id_number(self._number_of(case)),
            valid_from=first,
            valid_to=model.last_day(first, service),
            renewable=service.result.renewable,
            **model.issued_by(service),
        )

    def _number_of(self, case: Case) -> str:
        """Open who holds it, where no name was asked: the identity number is what the office checked."""
        return str((self._cases.open(case).private or {})["applicant"]["id"])

    # — look —

    def checked(self, number: str, source: str, now: datetime) -> Mapping[str, Any]:
        """Tell anybody what a number is worth. Raises NotFound, the same for all that are none, TooMany after `GUESSES`.

        `source` is the network address that asks. A number whose check digit does not hold costs no read and is not counted.
        """
        if not model.is_number(number):
            raise NotFound(UNKNOWN)
        counted = f"limit#certificate#{ids.keyed(self._key, 'source', source)}"
        limits.look(self._expiring, counted, GUESSES, now)
        row = self._renewals.settled(number, now)
        if row is None:
            limits.take(self._expiring, counted, GUESSES, now)
            raise NotFound(UNKNOWN)
        return Certificate.of(row).public(now)

    def shown(self, case: Case, now: datetime) -> dict[str, Any] | None:
        """Return the newest certificate of a case as its page has it, whichever case replaced it."""
        number = case.facts.get(FACT)
        newest = self._renewals.current(number, now) if number else None
        return self._page(newest[1], now) if newest else None

    def _page(self, certificate: Certificate, now: datetime) -> dict[str, Any]:
        told = {"department": certificate.department, "verify_url": self.verify_url(certificate.number)}
        return {**certificate.public(now), **told, "renewal": self._renewal(certificate, now)}

    def verify_url(self, number: str) -> str:
        """Return where anybody checks it: what its QR code says."""
        return f"{self._site}/verify?n={number}"

    def _renewal(self, of: Certificate, now: datetime) -> dict[str, Any] | None:
        """Tell how its renewal stands, and the days of asking; None for one that cannot be renewed."""
        state = of.renewal(now)
        if state is None or of.opens is None or of.ask_by is None:
            return None
        if state != "early" and self._renewals.pending(of):
            state = "asked"
        return {"state": state, "opens": of.opens.isoformat(), "ask_by": of.ask_by.isoformat()}

    def renewing(self, case: Case, now: datetime) -> dict[str, Any] | None:
        """Return what a case is to renew, and what that certificate, or the one that replaced it, is worth now."""
        asked = renewal_of(case)
        newest = self._renewals.current(asked["number"], now) if asked else None
        return {**asked, "state": newest[1].at(now)} if asked and newest else None

    # — revoke, reissue —

    def revoke(self, who: Session, number: str, reason: str, now: datetime) -> dict[str, Any]:
        """Revoke (注销) for good, with the way to appeal.

        Raises NotFound, Forbidden for another department's, Conflict for one that is revoked.
        """
        row, old = self._of(who, number, now)
        if old.state is State.REVOKED:
            raise Conflict("这个证照已经注销", code="illegal_state")
        self._note(who, old, f"注销证照：{reason}", now)
        case = self._cases.head(old.case_no)
        issuer = self._catalogue.get(case.service, case.version).departments[old.department]
        way = appeal(issuer, now.astimezone(clock.SHANGHAI).date())
        text = f"{old.type}（编号{model.grouped(number)}）已注销：{reason.rstrip('。.')}。{way.said()}"
        event = self._event(EventName.CERTIFICATE_REVOKED, text, old, who, reason, now, **way.told())
        self._cases.record(case, event, rows=[_revoked(row, reason=reason)])
        return self._page(replace(old, state=State.REVOKED), now)

    def voided(self, case: Case, reason: str) -> tuple[list[Row], list[str]]:
        """Return the newest certificate of a case made void, revoked, with what is told of it; empty where none holds any more.

        What the case renewed stays as it was before: only the renewal is undone. Raises Conflict where it was renewed again since.
        """
        row = self._kept(case)
        if row is None or row.status == State.REVOKED:
            return [], []
        old = Certificate.of(row)
        if RENEWS in case.facts and case.case_no in old.before:
            raise Conflict(f"这次延续以后又延续过，请先作废后一次延续（办件{old.case_no}）", code="illegal_state")
        if old.before and old.case_no == case.case_no:
            was = self._cases.head(old.before[-1])
            back = old.unrenewed(date.fromisoformat(case.facts[RUNS_TO]), self._catalogue.get(was.service, was.version))
            told = f"{old.type}（编号{model.grouped(old.number)}）有效期恢复为至{clock.long_day(back.valid_to or date.max)}"
            return [back.row(row.rev)], [told]
        told = f"{old.type}（编号{model.grouped(old.number)}）同时注销"
        return [_revoked(row, reason=reason)], [told]

    def revised(self, case: Case, was: Case, now: datetime) -> tuple[Certificate | None, list[Row]]:
        """Return what replaces a case's certificate when its holder is otherwise on record than it says, and the rows that change.

        `case` is as it is then. None where there is none, or it is no longer worth anything. Whether the case gave it or is to renew it,
        it names from then on both by whom what renews it is found.
        """
        given, number = FACT in case.facts, case.facts.get(FACT) or case.facts.get(RENEWS)
        row = self._renewals.newest(number) if number else None
        if row is None:
            return None, []
        old, names = Certificate.of(row), {was.applicant_hash, case.applicant_hash}
        if len(names) > 1:
            holds = {"applicant": case.applicant_hash} if given else {}
            row = row.with_(data={"known_as": sorted(names.union(old.known_as)), **holds})
        if not given or old.at(now) != "valid":
            return None, [row]
        holder = case.applicant_masked or mask.id_number(self._number_of(case))
        return self._replaced(row, now, holder)

    def _kept(self, case: Case) -> Row | None:
        """Read the newest certificate, whichever case replaced it, and do nothing: an act may be carried out to be looked at only
        (`cases.rehearsal`). What the clock renewed by a case is of it before that is told."""
        if number := case.facts.get(FACT):
            return self._renewals.newest(number)
        row = self._renewals.newest(case.facts[RENEWS]) if RENEWS in case.facts else None
        return row if row and case.case_no in (row.data["case_no"], *row.data.get("before", ())) else None

    def reissue(self, who: Session, number: str, reason: str, now: datetime) -> dict[str, Any]:
        """Give a new certificate for an old one (换发), which is revoked if it was not; the last day stays.

        Raises NotFound, Forbidden for another department's, and for who revoked it himself, Conflict for one that was replaced or is over,
        or whose case is void.
        """
        row, old = self._of(who, number, now)
        if old.replaced_by:
            raise Conflict(f"这个证照已经换发，新编号{model.grouped(old.replaced_by)}", code="illegal_state")
        if old.valid_to and now.astimezone(clock.SHANGHAI).date() > old.valid_to:
            raise Conflict("这个证照已过有效期，不能换发，请申请人重新申办", code="illegal_state")
        case = self._cases.head(old.case_no)
        if case.status is Status.VOID:
            raise Conflict("这个办件已经作废，不能换发", code="illegal_state")
        if old.state is State.REVOKED and self._revoked_by(old) == who.subject:
            raise Forbidden("这个证照是您注销的，确需换发的，请由本部门另一位监督人员办理")
        self._note(who, old, f"换发证照：{reason}", now)
        fresh, rows = self._replaced(row, now)
        text = f"{old.type}已换发，新编号{model.grouped(fresh.number)}，旧证（编号{model.grouped(number)}）不再有效：{reason}"
        event = self._event(EventName.CERTIFICATE_REISSUED, text, fresh, who, reason, now)
        self._cases.record(case.plus(**{FACT: fresh.number}), event, rows=rows)
        return self._page(fresh, now)

    def _revoked_by(self, old: Certificate) -> str:
        """Return the account that revoked a certificate: nobody gives back alone what he took."""
        events = self._cases.whole(old.case_no).events
        told = (event for event in events if event.name is EventName.CERTIFICATE_REVOKED)
        return next((event.actor for event in told if event.data["certificate_no"] == old.number), "")

    def _replaced(self, row: Row, now: datetime, holder: str = "") -> tuple[Certificate, list[Row]]:
        """Return a new certificate for an old one, whose last day it keeps (and whose holder, unless named), and the rows of both."""
        old, first = Certificate.of(row), now.astimezone(clock.SHANGHAI).date()
        number, holder = model.drawn(self._below), holder or old.holder
        fresh = replace(
            old, number=number, holder=holder, valid_from=first, replaces=old.number, replaced_by="", state=State.ISSUED
        )
        return fresh, [_revoked(row, replaced_by=fresh.number), fresh.row()]

    def _of(self, who: Session, number: str, now: datetime) -> tuple[Row, Certificate]:
        row = self._renewals.settled(number, now) if model.is_number(number) else None
        if row is None:
            raise NotFound(UNKNOWN)
        found = Certificate.of(row)
        if office(who.department, who.region) != office(found.department, found.region):
            raise Forbidden(f"这个证照由{found.issuer}发出，只有该部门的监督人员能办理")
        return row, found

    def _note(self, who: Session, of: Certificate, purpose: str, now: datetime) -> None:
        self._audit().note(of.case_no, who.subject, purpose, [f"certificate.{of.number}"], now)

    @staticmethod
    def _event(
        name: EventName, text: str, of: Certificate, who: Session, reason: str, now: datetime, **more: Any
    ) -> Event:
        data = {"result": of.type, "certificate_no": of.number, "reason": reason, **more}
        return Event(name, text, now, of.issuer, data, actor=who.subject)


def _revoked(row: Row, **why: str) -> Row:
    """Return a certificate worth nothing, which no round of the clock looks for; one that is already keeps its state."""
    gone = row.with_(desk=None, due=None, data=why)
    return moved(gone, EDGES, State.REVOKED) if row.status == State.ISSUED else gone
