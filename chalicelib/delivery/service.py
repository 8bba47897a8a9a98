"""Delivering (送达): hand the result over and believe the courier's tracks in the order they happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chalicelib.cases.model import Case, CaseFile, Event, Row, round_desk
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates.model import FACT
from chalicelib.certificates.service import Certificates
from chalicelib.delivery import model, texts
from chalicelib.delivery.model import HANDOVER, KEY, KIND, SHIPPING, Address, Parcel, State, Track
from chalicelib.delivery.party import Couriers
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput, PartyFault, PartyRefused
from chalicelib.kernel.retry import retried
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import Decision
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status, may

HALL = "政务服务大厅"


class Delivery:
    """The use cases of delivering."""

    def __init__(self, cases: Cases, catalogue: Services, couriers: Couriers, certificates: Certificates) -> None:
        self._cases, self._catalogue, self._couriers, self._certificates = cases, catalogue, couriers, certificates

    # — steps of the workflow —

    def start(self, case_no: str, token: str, now: datetime) -> None:
        """Hand the result over as the applicant chose, and keep the workflow's token. Calling again is harmless.

        A courier who is down delays nothing else: the parcel stays on its round desk and `dispatch` offers it again.
        """
        row = retried(lambda: self._start(case_no, token, now))
        if row.status == State.QUEUED:
            self._offer(row, now)

    def _start(self, case_no: str, token: str, now: datetime) -> Row:
        file = self._cases.whole(case_no)
        case, row = file.case, file.row(KEY)
        if row is not None:
            return self._cases.keep(row.with_(token=token))
        row = Row(
            case_no,
            KEY,
            KIND,
            str(State.QUEUED),
            token=token,
            data={"method": case.facts.get("delivery", "electronic"), "begun": now.date().isoformat()},
        )
        if case.status not in (Status.GRANTED, Status.PRODUCING):
            return self._cases.keep(row.with_(status=str(State.CANCELLED), outcome="cancelled"))
        begin = {"pickup": self._ready, "courier": self._queue}.get(row.data["method"], self._electronic)
        return begin(case, self._catalogue.get(case.service, case.version), row, now)

    def _electronic(self, case: Case, service: Service, row: Row, now: datetime) -> Row:
        """Give the result as it is: where it is a certificate, in the transaction that tells of it."""
        given = self._certificates.issued(case, service, now)
        data, rows = {"result": service.result.name, "method": "electronic"}, [texts.done(row)]
        if given:
            data, rows = data | {"certificate_no": given.certificate.number}, [*rows, *given.rows]
            case = case.plus(**{FACT: given.certificate.number})
        event = Event(EventName.DELIVERED, texts.given(service, given), now, texts.office(service), data)
        self._cases.record(case, event, Status.DELIVERED, rows)
        return rows[0]

    def _queue(self, case: Case, service: Service, row: Row, now: datetime) -> Row:
        event = Event(
            EventName.PRODUCING, f"正在制作{service.result.name}，制好后用快递寄出", now, texts.office(service)
        )
        data = {"courier": self._couriers.in_use()}
        row = row.with_(desk=round_desk(SHIPPING, case.case_no), due=clock.iso(now), data=data)
        self._cases.record(case, event, Status.PRODUCING, [row], desk=None, due=None)
        return row.with_(rev=row.rev + 1)

    # — pick-up —

    def _ready(self, case: Case, service: Service, row: Row, now: datetime, why: str = "") -> Row:
        """Put the result on the window's desk (领取): the clerk who hands it over approves the task."""
        place = service.pickup
        where = (
            {"address": place.address, "hours": place.hours} if place else {"address": HALL, "hours": "工作日上班时间"}
        )
        text = f"{why}{service.result.name}已制好，请带有效证件到{where['address']}领取（{where['hours']}）"
        event = Event(EventName.READY_FOR_PICKUP, text, now, texts.office(service), where)
        row = row.with_(status=str(State.READY), desk=None, due=None)
        rows = [row, texts.pickup(case, service, model.left(row, now), now)]
        self._cases.record(case, event, Status.READY_FOR_PICKUP, rows, desk=None, due=None)
        return row.with_(rev=row.rev + 1)

    def collected(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write down that somebody has it and who signed for it (the pick-up task is decided); a name is sealed.

        Raises Conflict where there is nothing to collect, InvalidInput for an agent that the case does not have.
        """
        case, row, taker = file.case, file.row(KEY), decision.taker
        if row is None or row.status != State.READY:
            raise Conflict("这个办件没有待领取的结果", code="illegal_state")
        if taker == "agent" and "agent" not in case.facts:
            message = "这个办件没有登记代办人，请选“其他受托人”并填写姓名"
            raise InvalidInput(message, [Fault("taker", "unknown", message)])
        if taker == "other":
            private = self._cases.open(case).private or {}
            case = self._cases.sealed(case, {**private, "taker": decision.taker_name})
        told = {"method": "pickup"} | ({"taker": taker} if taker else {})
        event = Event(EventName.DELIVERED, texts.taken(taker), now, task.data["department_name"], told)
        self._cases.record(case, event, Status.DELIVERED, [texts.done(row), task])

    # — courier —

    def dispatch(self, now: datetime) -> int:
        """Offer again what the courier has not taken yet. Returns how many parcels were looked at."""

        def offer(listed: Row) -> None:
            row = self._cases.row(listed.case_no, KEY)
            if row is not None and row.status == State.QUEUED:
                self._offer(row, now)

        return self._cases.round(SHIPPING, clock.iso(now), offer)

    def _offer(self, row: Row, now: datetime) -> None:
        case = self._cases.opened(row.case_no)
        service = self._catalogue.get(case.service, case.version)
        given = (case.private or {}).get("delivery") or {}
        to = Address(*(str(given.get(name, "")) for name in ("name", "phone", "address")))
        courier = self._couriers.of(row)
        try:
            waybill = courier.order(Parcel(model.order_number(row.case_no), to, service.result.name))
        except PartyFault:
            if model.given_up(row, now):
                retried(lambda: self._to_window(row.case_no, service, now, "快递一直没有收件，改为窗口领取。"))
                return
            tries = row.data.get("tries", 0) + 1
            log.warning("courier did not answer", case_no=row.case_no, tries=tries)
            self._cases.keep(row.with_(due=clock.iso(now + model.backoff(tries)), data={"tries": tries}))
            return
        except PartyRefused as refused:
            log.warning("courier refused", case_no=row.case_no, code=refused.code)
            why = "快递无法寄到您填写的地址，改为窗口领取。"
            retried(lambda: self._to_window(row.case_no, service, now, why))
            return
        self._cases.index_number(f"waybill#{waybill}", row.case_no, KEY)
        retried(lambda: self._dispatched(row.case_no, courier.name, waybill, now))

    def _to_window(self, case_no: str, service: Service, now: datetime, why: str) -> None:
        case, row = self._cases.head(case_no), self._cases.row(case_no, KEY)
        if row is not None and row.status == State.QUEUED:
            self._ready(case, service, row, now, why)

    def _dispatched(self, case_no: str, carrier: str, waybill: str, now: datetime) -> None:
        case, row = self._cases.head(case_no), self._cases.row(case_no, KEY)
        if row is None or row.status != State.QUEUED:
            return
        data = {"waybill": waybill, "carrier": carrier}
        event = Event(EventName.DISPATCHED, f"已交{carrier}寄出，运单号{waybill}", now, carrier, data)
        row = row.with_(status=str(State.ORDERED), desk=None, due=None, data=data)
        task = texts.handover(case, self._catalogue.get(case.service, case.version), carrier, waybill, now)
        self._cases.record(case, event, Status.DELIVERING if may(case.status, Status.DELIVERING) else None, [row, task])

    def handed_to_courier(self, file: CaseFile, task: Row, decision: Decision, now: datetime) -> None:
        """Write down that the courier has the parcel (the hand-over task is decided); the story tells it by the courier's tracks."""
        self._cases.keep(task)

    # — tracks —

    def tracked(self, tracks: Iterable[Track], now: datetime) -> list[str]:
        """Write down what a courier tells; again, late or out of order it changes nothing. Returns waybills we do not know."""
        unknown: dict[str, None] = {}
        for track in sorted(tracks, key=lambda each: (each.waybill, each.at)):
            if not retried(lambda track=track: self._tracked(track, now)):  # type: ignore[misc]
                unknown[track.waybill] = None
        return list(unknown)

    def _tracked(self, track: Track, now: datetime) -> bool:
        """Write down one track. Returns whether the courier carries that parcel for us: of another's it is not believed."""
        found = self._cases.by_number(f"waybill#{track.waybill}")
        row = self._cases.row(found[0], KEY) if found else None
        if row is None or row.data.get("courier", track.courier) != track.courier:
            return False
        if row.status == State.QUEUED:  # the push was faster than the answer to our order
            self._dispatched(row.case_no, self._couriers.named(track.courier).name, track.waybill, now)
            row = self._cases.row(row.case_no, KEY) or row
        self._believed(row, track, now)
        return True

    def _believed(self, row: Row, track: Track, now: datetime) -> None:
        case, mark = self._cases.head(row.case_no), f"{track.action}@{clock.iso(track.at)}"
        if not track.valid or mark in row.data.get("seen", []):
            return
        latest = clock.parse(row.data["latest"]) if "latest" in row.data else None
        state = model.after(State(row.status), track, latest)
        newest = clock.iso(max(track.at, latest or track.at))
        row = row.with_(status=str(state), data={"latest": newest, "seen": [*row.data.get("seen", []), mark][-200:]})
        data = {"waybill": track.waybill, "action": track.action} | ({"reason": track.reason} if track.reason else {})
        carrier = row.data.get("carrier", "")
        if state is State.DELIVERED and track.kind == "delivered" and row.outcome is None:
            event = Event(EventName.DELIVERED, f"快件{track.label}", track.at, carrier, data)
            to = Status.DELIVERED if may(case.status, Status.DELIVERED) else None
            self._cases.record(case, event, to, [texts.done(row), *self._handovers(row.case_no, carrier, now)])
            return
        event = Event(EventName.TRACKED, texts.tracked(track), track.at, carrier, data)
        self._cases.record(case, event, rows=[row, *self._handovers(row.case_no, carrier, now)])

    def _handovers(self, case_no: str, carrier: str, now: datetime) -> list[Row]:
        """Close the hand-over task: a parcel that is tracked is with the courier."""
        rows = self._cases.rows(case_no, tasks.prefix(HANDOVER))
        return [tasks.done(row, "approve", now, carrier) for row in rows if row.outcome is None]
