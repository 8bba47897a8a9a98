"""Parcels on their way: the courier's tracks, believed in the order they happened, and somebody who looks where he says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import CaseFile, Event, Row, moved
from chalicelib.cases.service import Cases
from chalicelib.delivery import days, model, texts
from chalicelib.delivery.model import EDGES, HANDOVER, KEY, ON_ITS_WAY, SHIPPING, TRACING, UNPOSTED, State, Track
from chalicelib.delivery.parcels import Parcels
from chalicelib.delivery.party import Couriers
from chalicelib.kernel import clock, log
from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.kernel.retry import retried
from chalicelib.tasks import model as tasks
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status, may


class Tracking:
    """What is told of parcels, and what is not."""

    def __init__(self, cases: Cases, couriers: Couriers, parcels: Parcels) -> None:
        self._cases, self._couriers, self._parcels = cases, couriers, parcels

    # — the round of the clock —

    def dispatch(self, now: datetime) -> int:
        """Offer what no courier has taken, look for what nobody hears of, end the time to choose. Returns how many were looked at."""
        acts = {
            State.QUEUED: self._parcels.offer,
            State.RETURNED: self._unchosen,
            **dict.fromkeys(ON_ITS_WAY, self._watch),
        }

        def act(listed: Row) -> None:
            row = self._cases.row(listed.case_no, KEY)
            if row is not None and row.desk and State(row.status) in acts and (row.due or "") <= clock.iso(now):
                acts[State(row.status)](row, now)

        return self._cases.round(SHIPPING, clock.iso(now), act)

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
        file = self._cases.whole(found[0]) if found else None
        row = file.row(KEY) if file else None
        if file is None or row is None or row.data.get("courier", track.courier) != track.courier:
            return False
        if not track.valid or track.mark in (row.data.get("seen") or []):
            return True
        if row.status in UNPOSTED and track.kind != "noted" and track.waybill not in row.data.get("past", []):
            by = self._couriers.named(track.courier).name
            handed = [tasks.done(each, "approve", now, by) for each in texts.still_open(file.rows, HANDOVER)]
            self._parcels.posted(file, row, track.waybill, handed, track.at)
            file = self._cases.whole(row.case_no)
            row = file.row(KEY) or row
        self._believed(file, row, track, now)
        return True

    def _believed(self, file: CaseFile, row: Row, track: Track, now: datetime) -> None:
        row = self._heard(row, track, now)
        if track.waybill != row.data.get("waybill") or track.waybill in row.data.get("past", []):
            self._tell(file, row, track, [], "原来的快件")
            return
        latest = clock.parse(row.data["latest"]) if row.data.get("latest") else None
        state = model.after(State(row.status), track, latest)
        row = row.with_(data={"latest": clock.iso(max(track.at, latest or track.at))})
        if row.outcome is not None and state is not State.MAKING:
            row = row.with_(status=str(state))  # of a case made void it is noted where it is, no more
        if row.outcome is not None or state == row.status:
            self._tell(file, self.watched(row, now), track, self._found(file, row, now))
        elif state is State.DELIVERED:
            self._delivered(file, row, track)
        elif state is State.RETURNED:
            self._returned(file, row, track, now)
        elif state is State.MAKING:
            data = {"waybill": track.waybill, "result": self._parcels.service(file.case).result.name}
            text = f"{texts.tracked(track)}，正在重新制作"
            self._parcels.remake(
                file, row, [], Event(EventName.REISSUED, text, track.at, row.data.get("carrier", ""), data), now
            )
        else:
            row = self.watched(moved(row, EDGES, state), now)
            self._tell(file, row, track, self._found(file, row, now))

    @staticmethod
    def _heard(row: Row, track: Track, now: datetime) -> Row:
        seen = [*(row.data.get("seen") or []), track.mark][-200:]
        return row.with_(data={"seen": seen, "heard": now.date().isoformat()})

    @staticmethod
    def watched(row: Row, now: datetime) -> Row:
        """Return a parcel on its way that is looked at again in time."""
        if row.outcome is not None or row.status not in ON_ITS_WAY:
            return row
        return row.with_(desk=round_desk(SHIPPING, row.case_no), due=days.watched(row, now))

    @staticmethod
    def _found(file: CaseFile, row: Row, now: datetime) -> list[Row]:
        """Close the search for a parcel of which nobody had heard: it was heard of."""
        looking = [each for each in texts.still_open(file.rows, TRACING) if not each.data.get("late")]
        return [tasks.done(each, "approve", now, row.data.get("carrier", "")) for each in looking]

    def _tell(self, file: CaseFile, row: Row, track: Track, rows: Sequence[Row], before: str = "快件") -> None:
        event = Event(
            EventName.TRACKED, texts.tracked(track, before), track.at, row.data.get("carrier", ""), _told(track)
        )
        self._cases.record(file.case, event, rows=[row, *rows])

    def _delivered(self, file: CaseFile, row: Row, track: Track) -> None:
        event = Event(EventName.DELIVERED, f"快件{track.label}", track.at, row.data.get("carrier", ""), _told(track))
        to = Status.DELIVERED if may(file.case.status, Status.DELIVERED) else None
        self._cases.record(file.case, event, to, [texts.done(row), *self._parcels.over(file, [])])

    def _returned(self, file: CaseFile, row: Row, track: Track, now: datetime) -> None:
        """Put a parcel that came back on the window's desk, and ask the applicant what he wants; nobody choosing, it is fetched."""
        until, reason = days.choosing_ends(now), track.reason or track.label
        desk, due = round_desk(SHIPPING, row.case_no), clock.iso(days.over(until))
        data = {**self._parcels.past(row), "until": until.isoformat()}
        row = moved(row, EDGES, State.RETURNED, desk=desk, due=due, data=data)
        task = texts.returned(file.case, self._parcels.service(file.case), file.rows, now, reason)
        told = {**_told(track), "reason": reason, "due": until.isoformat()}
        text = f"{texts.tracked(track)}，请在{clock.day(until)}前选择再次寄送或到窗口领取，逾期改为窗口领取"
        event = Event(EventName.UNDELIVERED, text, track.at, row.data.get("carrier", ""), told)
        to = Status.UNDELIVERED if may(file.case.status, Status.UNDELIVERED) else None
        self._cases.record(file.case, event, to, [row, task, *self._parcels.over(file, [])])

    # — nobody says anything —

    def _unchosen(self, row: Row, now: datetime) -> None:
        """The time to choose is over: what the applicant wished is done, without a wish it is fetched."""
        file = self._cases.whole(row.case_no)
        self._parcels.settle(file, row, "resend" if row.data.get("wish") == "courier" else "collect", "系统", [], now)

    def _watch(self, row: Row, now: datetime) -> None:
        """Ask a courier who was silent; where he still is, or the ten days are over, somebody looks for the parcel."""
        if days.silent(row, now):
            self.tracked(self._asked(row), now)
        file = self._cases.whole(row.case_no)
        row = file.row(KEY) or row
        if row.status not in ON_ITS_WAY or row.outcome is not None:
            return
        quiet, late = days.silent(row, now), days.late(row, now)
        if not quiet and not late:
            self._cases.keep(self.watched(row, now))
            return
        why = "第十个工作日还没有送达" if late else "快递很久没有新的消息"
        looking = texts.still_open(file.rows, TRACING)
        fresh = [] if looking else [texts.tracing(file.case, self._parcels.service(file.case), file.rows, now, why)]
        marked = [each.with_(data={"late": True, "reason": why}) if late else each for each in looking or fresh]
        row = row.with_(desk=None, due=None, data={"late": True} if late else {})
        self._cases.amend(file.case, [row, *marked])

    def _asked(self, row: Row) -> list[Track]:
        try:
            return self._couriers.of(row).routes(row.data["waybill"])
        except (PartyFault, PartyRefused) as fault:
            log.warning("courier says nothing of a parcel", case_no=row.case_no, code=fault.code)
            return []


def _told(track: Track) -> dict[str, str]:
    return {"waybill": track.waybill, "action": track.action} | ({"reason": track.reason} if track.reason else {})
