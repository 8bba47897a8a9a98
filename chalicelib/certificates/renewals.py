"""Renewal (延续, 《行政许可法》第50条): asked for thirty days before a certificate ends, and what the clock does about it.

    its renewal opens       ──► its holder is told, once (`certificate_expiring`)
    its last day is over    ──► asked for in time, accepted and undecided: deemed renewed (视为准予延续), the case granted
                            ──► granted, and nothing left to pay: renewed; delivery tells of it
                            ──► whole in time, and the office has its five days still: as it is until acceptance is said or deemed
                            ──► anything else: it runs out

What a case renews it says in its facts, `renews` the number and `runs_to` the last day it was to be renewed from: a certificate whose
last day is another one was renewed already, so however many ask, it moves once. No certificate names a case that renews it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from chalicelib.cases.fee import FEN
from chalicelib.cases.model import Case, Event, Row, closing, proposed
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates import model
from chalicelib.certificates.model import FACT, KEY, RENEWALS, Certificate
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import AppError, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import RENEWAL_ASKED, RENEWAL_OPENS
from chalicelib.vocabulary.statuses import OVER, UNDECIDED, Status

RENEWS, RUNS_TO = "renews", "runs_to"  # facts of a case that is to renew a certificate
IN_TIME = "in_time"  # the same, where it was asked for in time by a case that the office made void
_NO = frozenset({Status.DENIED, Status.NOT_ACCEPTED})
_REFUSED = {
    "revoked": "这个证照已经注销，不能延续，需要时请重新申请",
    "expired": "这个证照已过有效期，不能延续，请不填延续的证照编号，重新申请",
}


def renewal_of(case: Case) -> dict[str, Any] | None:
    """Return what a case is to renew: the number, the last day it ran to when it was asked for, and whether that was in time."""
    if RENEWS not in case.facts:
        return None
    return {"number": case.facts[RENEWS], "runs_to": case.facts[RUNS_TO], "timely": timely(case)}


def timely(case: Case) -> bool:
    """Tell whether a renewal was asked for thirty days before the end: one that was is deemed granted if nobody decides it. Who did so
    by a case that the office made void (作废), and by none since, has: its mistake is not his.
    """
    asked = case.received_at.astimezone(clock.SHANGHAI).date()
    return IN_TIME in case.facts or asked <= date.fromisoformat(case.facts[RUNS_TO]) - RENEWAL_ASKED


class Renewals:
    """Ask for renewals, and do what follows when a certificate comes to its last day."""

    def __init__(self, cases: Cases, catalogue: Services) -> None:
        self._cases, self._catalogue = cases, catalogue

    # — read —

    def current(self, number: str, now: datetime) -> tuple[Row, Certificate] | None:
        """Return a certificate, or the one that replaced it; None where nobody has the number. What its last day brought is done first: who
        looks before the clock does, sees what the clock would have left."""
        row = self.settled(number, now)
        found = Certificate.of(row) if row else None
        if row is None or found is None:
            return None
        return self.current(found.replaced_by, now) if found.replaced_by else (row, found)

    def settled(self, number: str, now: datetime) -> Row | None:
        """Return the row of a certificate, once what its last day brought is done."""
        row = self.kept(number)
        if row is None or row.desk is None or Certificate.of(row).at(now) != "expired":
            return row
        try:
            self.settle(number, now)
        except (AppError, LookupError, TypeError, ValueError) as fault:
            log.warning("certificate not settled", row=row.case_no, fault=type(fault).__name__)
        return self.kept(number)

    def kept(self, number: str) -> Row | None:
        """Return the row of a certificate as it is; nothing is done."""
        return self._cases.row(model.place(number), KEY)

    def newest(self, number: str) -> Row | None:
        """Return the row of a certificate, or of what replaced it; nothing is done."""
        row = self.kept(number)
        after = row.data.get("replaced_by") if row else None
        return self.newest(after) if after else row

    def lost(self, case: Case) -> bool:
        """Tell whether what a case is to renew is revoked (注销) and nothing has replaced it: there is nothing to renew."""
        row = self.newest(case.facts[RENEWS]) if RENEWS in case.facts else None
        return row is not None and row.status == model.State.REVOKED

    def pending(self, certificate: Certificate) -> bool:
        """Tell whether a case is to renew a certificate and may still do so."""
        return any(self._asking(certificate))

    def _asking(self, certificate: Certificate) -> Iterator[Case]:
        """Go over the cases that may still renew a certificate, the newest first."""
        return (case for case in self._ever(certificate) if case.status not in OVER | _NO)

    def _ever(self, certificate: Certificate) -> Iterator[Case]:
        """Go over the cases that were to renew a certificate from its last day on, the newest first."""
        first = self._cases.found(certificate.case_no)
        if first is None or not certificate.opens or not certificate.valid_to:
            return
        opened, until = certificate.valid_to - RENEWAL_OPENS, certificate.valid_to.isoformat()  # before a reissue, too
        since = datetime.combine(opened, time(), clock.SHANGHAI)
        names = {first.applicant_hash, certificate.applicant, *certificate.known_as} - {""}
        found = {case.case_no: case for name in names for case in self._cases.of_applicant(name, since)}
        for case in sorted(found.values(), key=lambda each: each.received_at, reverse=True):
            row = self.newest(case.facts[RENEWS]) if case.facts.get(RUNS_TO) == until else None
            if row and row.case_no == model.place(certificate.number):
                yield case

    # — ask —

    def asked(self, number: str, service: Service, applicant: str, method: str, now: datetime) -> dict[str, str]:
        """Return the facts of a case that is to renew a certificate. `applicant`: the hash of who applies.

        Raises InvalidInput naming `renews`, and saying what can be done instead; naming `delivery.method` for a way that renews nothing.
        """
        row = self.settled(number, now) if model.is_number(number) else None
        certificate = Certificate.of(row) if row else None
        case = self._cases.found(certificate.case_no) if certificate else None
        if certificate is None or case is None or (certificate.applicant or case.applicant_hash) != applicant:
            raise _wrong("unknown", "没有找到这位申请人的这个证照，请核对证照编号和申请人证件号码")
        if case.service != service.code:
            raise _wrong("service", f"这个证照由“{case.service_name}”发出，请在那个事项中申请延续")
        if why := self._closed(certificate, now):
            raise _wrong("closed", why)
        if method != "electronic":
            raise InvalidInput(
                words := "延续的是电子证照，领取方式请选电子结果", [Fault("delivery.method", "enum", words)]
            )
        facts = {RENEWS: certificate.number, RUNS_TO: (certificate.valid_to or date.max).isoformat()}
        before = next(self._ever(certificate), None)
        undone = before is not None and before.status is Status.VOID and timely(before)
        return facts | ({IN_TIME: "yes"} if undone else {})

    def _closed(self, certificate: Certificate, now: datetime) -> str:
        """Say why a certificate cannot be renewed now; empty where it can. Late asking is taken, for it is still valid."""
        if certificate.replaced_by:
            return f"这个证照已经换发，请按新编号{model.grouped(certificate.replaced_by)}申请延续"
        if refused := _REFUSED.get(certificate.at(now)):
            return refused
        state = certificate.renewal(now)
        if state is None or certificate.opens is None:
            return "这个证照不需要延续，有变化时请重新申请"
        if state == "early":
            return f"还不到提出延续的时间，请在{clock.long_day(certificate.opens)}以后申请"
        return "这个证照的延续申请正在办理，不用重复提交" if self.pending(certificate) else ""

    # — clock —

    def round(self, now: datetime) -> int:
        """Tell the holders of what will end, and see to what has ended. Called by the clock; returns how many were looked at."""
        today = now.astimezone(clock.SHANGHAI).date().isoformat()
        return self._cases.round(RENEWALS, today, lambda row: self.settle(row.case_no.partition("#")[2], now))

    def settle(self, number: str, now: datetime) -> None:
        """Do what the day asks for with one certificate; again, it does nothing."""
        retried(lambda: self._settle(number, now))

    def _settle(self, number: str, now: datetime) -> None:
        row, today = self.kept(number), now.astimezone(clock.SHANGHAI).date()
        if row is None or row.desk is None:
            return
        certificate = Certificate.of(row)
        if certificate.at(now) == "expired":
            self._end(row, certificate, now)
        elif certificate.opens and certificate.opens <= today and not certificate.reminded:
            self._remind(row, certificate, now)

    def _remind(self, row: Row, of: Certificate, now: datetime) -> None:
        until, by, late = of.valid_to or date.max, of.ask_by or date.max, of.renewal(now) == "late"
        day, name = clock.long_day(until), f"{of.type}（编号{model.grouped(of.number)}）将于"
        asked = "需要延续的请尽快提出" if late else f"需要延续的，请最迟在{clock.long_day(by)}提出"
        event = Event(
            EventName.CERTIFICATE_EXPIRING,
            f"{name}{day}到期，{asked}",
            now,
            "系统",
            {
                "result": of.type,
                "certificate_no": of.number,
                "expires": until.isoformat(),
                "due": (until if late else by).isoformat(),
            },
        )
        self._cases.record(self._cases.head(of.case_no), event, rows=[replace(of, reminded=True).row(row.rev)])

    def _end(self, row: Row, certificate: Certificate, now: datetime) -> None:
        asking = [(case, self._catalogue.get(case.service, case.version)) for case in self._asking(certificate)]
        given = [(case, service) for case, service in asking if _given(case)]
        deemed = [(case, service) for case, service in asking if _deemed(case)]
        if given:
            case, service = given[-1]
            self._cases.keep(certificate.renewed(case.case_no, service).row(row.rev))
        elif deemed:
            self._deem(*deemed[-1], row, certificate, now)
        elif not any(_lies(case) for case, _ in asking):
            self._cases.keep(row.with_(desk=None, due=None))

    def _deem(self, case: Case, service: Service, row: Row, old: Certificate, now: datetime) -> None:
        """Grant in the law's name what was not decided in time; the certificate and its case move in one transaction."""
        file, after = self._cases.whole(case.case_no), old.renewed(case.case_no, service)
        until = f"有效期延至{clock.long_day(after.valid_to)}" if after.valid_to else "长期有效"
        text = (
            f"{old.type}（编号{model.grouped(old.number)}）到期前没有作出是否准予延续的决定，"
            f"依法视为准予延续（《行政许可法》第50条），{until}"
        )
        told = {
            "deemed": True,
            "result": "依法视为准予延续",
            "renewed_to": after.valid_to.isoformat() if after.valid_to else "",
            "official_no": case.facts.get("official_no", ""),
            "promised_by": case.clock.until(now.date()).due.day.isoformat(),
        }
        case = file.case.plus(**{FACT: old.number}).with_(clock=file.case.clock.until(now.date()))
        ended = closing((each for each in file.rows if not proposed(each)), "superseded")
        event = Event(EventName.GRANTED, text, now, "系统", told)
        self._cases.record(case, event, Status.GRANTED, [*ended, after.row(row.rev)])


def _deemed(case: Case) -> bool:
    """Tell whether the law renews: asked for in time, accepted from before the end, and nobody decided (逾期未作决定的，视为准予延续)."""
    return case.status in UNDECIDED and case.clock.accepted and _whole(case)


def _lies(case: Case) -> bool:
    """Tell whether the law may yet renew: silence accepts from the day all came in, and is over only later (第32条)."""
    return case.status is Status.SUBMITTED and not case.clock.accepted and _whole(case)


def _whole(case: Case) -> bool:
    """Tell whether it was asked for in time, and accepted, or ready for it, from the last day or before."""
    return timely(case) and case.clock.since <= date.fromisoformat(case.facts[RUNS_TO])


def _given(case: Case) -> bool:
    """Tell whether a case is granted and nothing is left to pay: its result is on its way."""
    return case.status is Status.PRODUCING or (case.status is Status.GRANTED and not case.facts.get(FEN))


def _wrong(code: str, words: str) -> InvalidInput:
    return InvalidInput(words, [Fault("renews", code, words)])
