"""Delivering (送达): have the result made, hand it over, and say only what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates.model import FACT
from chalicelib.certificates.service import Certificates
from chalicelib.delivery import counter, texts, waybill
from chalicelib.delivery.model import KEY, KIND, ON_ITS_WAY, UNPOSTED, State, Track
from chalicelib.delivery.parcels import Parcels
from chalicelib.delivery.party import Couriers
from chalicelib.delivery.tracks import Tracking
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status


class Delivery:
    """The use cases of delivering: the workflow's step, what clerks decide, what couriers tell."""

    def __init__(self, cases: Cases, catalogue: Services, couriers: Couriers, certificates: Certificates) -> None:
        self._cases, self._catalogue, self._couriers, self._certificates = cases, catalogue, couriers, certificates
        self.parcels = Parcels(cases, catalogue, couriers)
        self._tracking = Tracking(cases, couriers, self.parcels)

    # — the step of the workflow —

    def start(self, case_no: str, token: str, now: datetime) -> None:
        """Hand the result over as the applicant chose, and keep the workflow's token. Calling again is harmless."""
        retried(lambda: self._start(case_no, token, now))

    def _start(self, case_no: str, token: str, now: datetime) -> Row:
        file = self._cases.whole(case_no)
        case, row = file.case, file.row(KEY)
        if row is not None:
            return self._cases.keep(row.with_(token=token))
        method = case.facts.get("delivery", "electronic")
        data = {"method": method, "begun": now.date().isoformat()}
        row = Row(case_no, KEY, KIND, str(State.MAKING), token=token, data=data)
        if case.status not in (Status.GRANTED, Status.PRODUCING):
            return self._cases.keep(row.with_(status=str(State.CANCELLED), outcome="cancelled"))
        service = self._catalogue.get(case.service, case.version)
        return (self._electronic if method == "electronic" else self._make)(file, service, row, now)

    def _electronic(self, file: CaseFile, service: Service, row: Row, now: datetime) -> Row:
        """Give the result as it is: where it is a certificate, in the transaction that tells of it."""
        case = file.case
        given = self._certificates.issued(case, service, now)
        data, rows = {"result": service.result.name, "method": "electronic"}, [texts.done(row)]
        if given:
            data, rows = data | {"certificate_no": given.certificate.number}, [*rows, *given.rows]
            case = case.plus(**{FACT: given.certificate.number})
        event = Event(EventName.DELIVERED, texts.given(service, given), now, texts.office(service), data)
        self._cases.record(case, event, Status.DELIVERED, rows)
        return rows[0]

    def _make(self, file: CaseFile, service: Service, row: Row, now: datetime) -> Row:
        """Have a thing made: the department in charge says when it is (制证)."""
        task = texts.making(file.case, service, row, file.rows, now)
        event = Event(EventName.PRODUCING, f"正在制作{service.result.name}", now, texts.office(service))
        self._cases.record(file.case, event, Status.PRODUCING, [row, task], desk=None, due=None)
        return row.with_(rev=row.rev + 1)

    # — clerks decide —

    def made(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write down that the result is made: it can be fetched, or waits to be posted. Raises Conflict where none was to be made."""
        row = self._at(file, {State.MAKING}, "这个办件没有要制的证件")
        row = row.with_(data={"made": now.date().isoformat()})
        service = self._catalogue.get(file.case.service, file.case.version)
        if file.case.facts.get("delivery") != "courier":
            self.parcels.ready(file, row, [task], now)
            return
        event = Event(EventName.MADE, f"{service.result.name}已制好，等待交寄", now, task.data["department_name"])
        self.parcels.offer_now(self.parcels.queue(file, row, [task], event, now), now)

    def handed_to_courier(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write down that the courier has the parcel, by which waybill, and tell it.

        Raises Conflict where there is nothing to post, InvalidInput naming `waybill` where none is known, or another one is.
        """
        row = self._at(file, UNPOSTED, "这个办件没有待交寄的快件")
        known, given = row.data.get("waybill") or "", waybill.tidy(decision.waybill)
        number = given or known
        wrong = self._wrong(row, known, number)
        if wrong:
            raise InvalidInput(wrong, [Fault("waybill", "invalid", wrong)])
        if not known:
            self._index(number, file.case.case_no)
        self.parcels.posted(file, row, number, [task], now)

    def _wrong(self, row: Row, known: str, number: str) -> str:
        if not number:
            return "快递还没有给出运单号，请填写面单上的运单号"
        if known and number != known:
            return f"与这件的运单号{known}不一致，请核对面单"
        return "" if known or self._couriers.of(row).carries(number) else "运单号不正确，请核对面单，逐位填写"

    def _index(self, number: str, case_no: str) -> None:
        try:
            self._cases.index_number(f"waybill#{number}", case_no, KEY)
        except Conflict:
            message = "这个运单号已经用于另一件快件，请核对面单"
            raise InvalidInput(message, [Fault("waybill", "taken", message)]) from None

    def settled(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Carry out what the window says of a parcel that came back, or that it looked for. Raises Conflict, InvalidInput."""
        row = self._at(file, {*ON_ITS_WAY, State.RETURNED}, "这件快件已经另有安排，请刷新后再看")
        by = task.data["department_name"]
        if decision.outcome == "approve":
            event = Event(
                EventName.TRACKED, f"已查询快件：{decision.opinion}", now, by, {"waybill": row.data["waybill"]}
            )
            row = row.with_(data={"heard": now.date().isoformat()})
            self._cases.record(file.case, event, rows=[self._tracking.watched(row, now), task])
            return
        if decision.outcome == "resend":
            file = counter.addressed(self._cases, file, decision.address)
        self.parcels.settle(file, row, decision.outcome, by, [task], now, decision.opinion)

    def collected(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write down that somebody has it and who signed for it (the pick-up task is decided); a name is sealed.

        Raises Conflict where there is nothing to collect, InvalidInput naming what does not agree.
        """
        row = self._at(file, {State.READY}, "这个办件没有待领取的结果")
        case = counter.checked(self._cases, file, task, decision)
        taker, seen = decision.taker, counter.seen(decision)
        told: dict[str, Any] = {"method": "pickup"} | ({"taker": taker} if taker else {})
        event = Event(EventName.DELIVERED, texts.taken(taker, seen), now, task.data["department_name"], told)
        self._cases.record(case, event, Status.DELIVERED, [texts.done(row), task])

    @staticmethod
    def _at(file: CaseFile, states: Collection[State], otherwise: str) -> Row:
        row = file.row(KEY)
        if row is None or State(row.status) not in states:
            raise Conflict(otherwise, code="illegal_state")
        return row

    # — what comes by itself —

    def dispatch(self, now: datetime) -> int:
        """Do the round of the clock: offer, watch, end the time to choose. Returns how many parcels were looked at."""
        return self._tracking.dispatch(now)

    def tracked(self, tracks: Iterable[Track], now: datetime) -> list[str]:
        """Write down what a courier tells. Returns waybills we do not know."""
        return self._tracking.tracked(tracks, now)
