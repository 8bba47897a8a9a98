"""The way of a parcel out of the office: offered to the courier, handed over (交寄), sent again, fetched after all, or made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import Case, CaseFile, Event, Row, closing, moved
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.delivery import days, model, postage, texts
from chalicelib.delivery.model import (
    EDGES,
    HANDOVER,
    KEY,
    RETURNED,
    SHIPPING,
    TRACING,
    Address,
    Parcel,
    State,
)
from chalicelib.delivery.party import Couriers
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.kernel.retry import retried
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.codes import Outcome
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status, may


class Parcels:
    """What becomes of a parcel. Each turn is one transaction: shipment, tasks, event, head."""

    def __init__(self, cases: Cases, catalogue: Services, couriers: Couriers) -> None:
        self._cases, self._catalogue, self._couriers = cases, catalogue, couriers

    # — where it goes from the office —

    def ready(self, file: CaseFile, row: Row, rows: Sequence[Row], now: datetime, why: str = "") -> Row:
        """Put the result on the window's desk (领取): the clerk who hands it over decides the task."""
        service = self.service(file.case)
        row = moved(row, EDGES, State.READY, desk=None, due=None, data={"method": "pickup"})
        task = texts.pickup(file.case, service, row, file.rows, now)
        event = texts.ready(service, now, why)
        self._cases.record(
            file.case, event, Status.READY_FOR_PICKUP, [row, task, *self.over(file, rows)], desk=None, due=None
        )
        return row.with_(rev=row.rev + 1)

    def queue(self, file: CaseFile, row: Row, rows: Sequence[Row], event: Event, now: datetime) -> Row:
        """Put the result on the window's desk to be posted (交寄), and offer it to the courier as an order of its own.

        Nobody is told that it is sent before somebody says so, or the courier does.
        """
        service, courier, today = self.service(file.case), self._couriers.in_use(), now.date().isoformat()
        fresh = {
            "courier": courier,
            "carrier": self._couriers.named(courier).name,
            "queued": today,
            "method": "courier",
        }
        gone = dict.fromkeys(("waybill", "latest", "tries", "heard", "wish"))
        attempt = row.data.get("attempt", 0) + 1
        data = {**gone, **fresh, "attempt": attempt, "seen": []}
        desk = {"desk": round_desk(SHIPPING, row.case_no), "due": clock.iso(now)}
        row = moved(row, EDGES, State.QUEUED, data=data, **desk)
        task = texts.handover(file.case, service, fresh["carrier"], row, file.rows, now)
        self._cases.record(
            file.case, event, Status.DISPATCHING, [row, task, *self.over(file, rows)], desk=None, due=None
        )
        return row.with_(rev=row.rev + 1)

    def remake(self, file: CaseFile, row: Row, rows: Sequence[Row], event: Event, now: datetime) -> None:
        """Have a result that was lost made anew (重新制发)."""
        service, past = self.service(file.case), self.past(row)
        row = moved(row, EDGES, State.MAKING, desk=None, due=None, data=past)
        task = texts.making(file.case, service, row, file.rows, now, "重新制发")
        to = Status.PRODUCING if may(file.case.status, Status.PRODUCING) else None
        self._cases.record(file.case, event, to, [row, task, *self.over(file, rows)])

    def over(self, file: CaseFile, rows: Sequence[Row]) -> list[Row]:
        """Return the rows given and whatever else was to be done with the parcel, taken off its desk."""
        known = {row.key for row in rows}
        left = texts.still_open(file.rows, HANDOVER, RETURNED, TRACING)
        return [*rows, *closing((row for row in left if row.key not in known), "superseded")]

    @staticmethod
    def past(row: Row) -> dict[str, Any]:
        """Keep the number of a parcel that is no more: what is told of it is no news of the next."""
        return (
            {"past": [*row.data.get("past", []), row.data["waybill"]], "wish": None} if row.data.get("waybill") else {}
        )

    def service(self, case: Case) -> Service:
        return self._catalogue.get(case.service, case.version)

    # — offered, posted —

    def offer(self, row: Row, now: datetime) -> None:
        """Order the carriage. A courier who is down delays nothing else: the parcel is offered again, and can be posted by hand."""
        courier, parcel = self._couriers.of(row), self.parcel(self._cases.opened(row.case_no), row)
        try:
            waybill = courier.order(parcel)
        except PartyFault:
            if days.given_up(row, now):
                self._to_window(row, now, "快递一直没有接单，改为窗口领取。")
                return
            tries = (row.data.get("tries") or 0) + 1
            log.warning("courier did not answer", case_no=row.case_no, tries=tries)
            self._cases.keep(row.with_(due=clock.iso(now + days.backoff(tries)), data={"tries": tries}))
            return
        except PartyRefused as refused:
            log.warning("courier refused", case_no=row.case_no, code=refused.code)
            self._to_window(row, now, "快递无法寄到您填写的地址，改为窗口领取。")
            return
        self._cases.index_number(f"waybill#{waybill}", row.case_no, KEY)
        retried(lambda: self._ordered(row, waybill, now))

    def offer_now(self, row: Row, now: datetime) -> None:
        """Offer a parcel behind what was just decided: whatever fails is done by the clock, and nobody who decided hears of it."""
        try:
            self.offer(row, now)
        except Exception as fault:
            log.error("parcel not offered", fault, case_no=row.case_no)

    def parcel(self, case: Case, row: Row) -> Parcel:
        """Return what is to be carried, and where to. `case` is opened."""
        chosen = (case.private or {}).get("delivery") or {}
        to = Address(*(str(chosen.get(name, "")) for name in ("name", "phone", "address")))
        return Parcel(model.order_number(row), to, self.service(case).result.name)

    def _to_window(self, row: Row, now: datetime, why: str) -> None:
        def act() -> None:
            file = self._cases.whole(row.case_no)
            now_is = file.row(KEY)
            if now_is is not None and now_is.status == State.QUEUED:
                self.ready(file, now_is, [], now, why)

        retried(act)

    def _ordered(self, asked: Row, waybill: str, now: datetime) -> None:
        """Write the waybill on the parcel's task; one ordered for an address that is no more is left."""
        file = self._cases.whole(asked.case_no)
        row = file.row(KEY)
        if row is None or row.status != State.QUEUED or row.data.get("attempt") != asked.data.get("attempt"):
            return
        carrier = self._couriers.of(row).name
        row = moved(row, EDGES, State.ORDERED, desk=None, due=None, data={"waybill": waybill, "carrier": carrier})
        open_tasks = texts.still_open(file.rows, HANDOVER) or [
            texts.handover(file.case, self.service(file.case), carrier, row, file.rows, now)
        ]
        self._cases.amend(file.case, [row, *(each.with_(data={"waybill": waybill}) for each in open_tasks)])

    def posted(self, file: CaseFile, row: Row, waybill: str, rows: Sequence[Row], at: datetime) -> None:
        """Write down that the courier has the parcel, and tell it; whose treasury pays is booked with it."""
        case, courier, day = self._cases.open(file.case), self._couriers.of(row), at.date().isoformat()
        told = case.status is Status.DELIVERING  # begun when it was told with the order
        data = {"waybill": waybill, "carrier": courier.name, "posted": day, "heard": day}
        row = moved(row, EDGES, State.MOVING, desk=round_desk(SHIPPING, row.case_no), data=data)
        row = row.with_(due=days.watched(row, at))
        booked = postage.booked(case, self.service(case), row, courier.cost(self.parcel(case, row)), at)
        rows = [row, booked, *self.over(file, rows)]
        if told:
            self._cases.amend(case, rows)
            return
        event = Event(
            EventName.DISPATCHED,
            f"已交{courier.name}寄出，运单号{waybill}",
            at,
            courier.name,
            {"waybill": waybill, "carrier": courier.name},
        )
        self._cases.record(case, event, Status.DELIVERING if may(case.status, Status.DELIVERING) else None, rows)

    # — what becomes of one that came back, or is looked for —

    def settle(
        self, file: CaseFile, row: Row, outcome: Outcome, by: str, rows: Sequence[Row], now: datetime, said: str = ""
    ) -> None:
        """Carry out what was chosen for a parcel that came back or is looked for: sent again, fetched, or made anew."""
        row = row.with_(data=self.past(row) if row.data.get("waybill") not in row.data.get("past", []) else {})
        rows = [
            *rows,
            *(tasks.done(each, outcome, now, by) for each in texts.still_open(file.rows, RETURNED) if not rows),
        ]
        name = self.service(file.case).result.name
        if outcome == "collect":
            self.ready(file, row, rows, now, "快件退回，改为窗口领取。")
        elif outcome == "resend":
            event = Event(EventName.REROUTED, f"退回的{name}将再次寄送，等待交寄", now, by)
            self.offer_now(self.queue(file, row, rows, event, now), now)
        else:
            text = f"{name}没有送到，正在重新制作" + (f"：{said}" if said else "")
            self.remake(file, row, rows, Event(EventName.REISSUED, text, now, by, {"result": name}), now)
