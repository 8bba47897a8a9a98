"""What can be done with a case: read it, list it, move it on. Every move is one transaction guarded by state and rev."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any, Protocol

from chalicelib.cases import rights, standing
from chalicelib.cases.desks import lanes, round_desks
from chalicelib.cases.model import EVENT, HEAD, TASK, Case, CaseFile, Change, Event, Row, event_number
from chalicelib.cases.rights import Act, Asker, Standing
from chalicelib.kernel import clock, ids, log
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, NotFound
from chalicelib.kernel.seal import Sealer
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.events import EVENTS, EventName
from chalicelib.vocabulary.statuses import Status, may

ROUND = 45.0  # seconds a round takes at most: the function that does it has 55
STRANGE = 100  # faults in a row that are not known to be of one case: rows that lie together may be spoiled together
NO_CASE = "没有找到这个办件，请核对办件号"
POINTER = "points"  # sort key of the row that leads from an outside number to a row of a case


class CaseStore(Protocol):
    """What `Cases` needs of a store; `cases.store.Store` keeps it in DynamoDB."""

    def create(self, case: Case) -> Case: ...
    def head(self, case_no: str) -> Case | None: ...
    def row(self, case_no: str, key: str) -> Row | None: ...
    def rows(self, case_no: str, prefix: str = "") -> list[Row]: ...
    def several(self, keys: Sequence[tuple[str, str]]) -> list[Row]: ...
    def paged(self, number: str, after: str, limit: int) -> list[Row]: ...
    def whole(self, case_no: str, until: str = "") -> tuple[Case, list[Row]] | None: ...
    def commit(self, case: Case, event: Event | None, rows: Sequence[Row], gone: Sequence[Row] = ()) -> Case: ...
    def keep(self, row: Row) -> Row: ...
    def listed(self, by: str, key: str, before: str | None, limit: int) -> list[Case]: ...
    def on_desk(self, desk: str, limit: int, after: str | None = None) -> list[Row]: ...
    def due(self, desk: str, until: str) -> Iterator[Row]: ...


class Cases:
    """The cases of the city."""

    def __init__(self, store: CaseStore, sealer: Sealer, index_key: bytes) -> None:
        self._store, self._sealer, self._key = store, sealer, index_key

    # — who —

    def owner(self, sender: str) -> str:
        """Hash a sender (`wx:…`, `tel:…`) as the index does."""
        return ids.keyed(self._key, "owner", sender)

    def phone(self, phone: str) -> str:
        """Hash a mobile number as the index does."""
        return ids.keyed(self._key, "phone", phone)

    def pickup_code(self, case_no: str) -> str:
        """Return the code (取件码) by which who fetches a case's result proves that he was told: derived, and kept nowhere."""
        return f"{int(ids.keyed(self._key, 'pickup', case_no), 16) % 10**6:06d}"

    def applicant(self, number: str) -> str:
        """Hash an identity number or credit code as the index does."""
        return ids.keyed(self._key, "id", number.upper())

    def standings(self, case: Case, asker: Asker, tasks: Sequence[Row] | None = None) -> frozenset[Standing]:
        """Return what who asks is on a case. `tasks` are read for staff unless they are at hand."""
        if tasks is None:
            tasks = self.rows(case.case_no, f"{TASK}#") if asker.staff else ()
        return rights.standings(case, asker, self, tasks)

    def allow(self, case: Case, asker: Asker, act: Act, tasks: Sequence[Row] | None = None) -> frozenset[Standing]:
        """Let who asks do this; return what he is on the case. Raises NotFound for who is nobody on it, Forbidden for others."""
        standing = self.standings(case, asker, tasks)
        if rights.may(standing, act):
            return standing
        if asker.staff:
            raise Forbidden("这个办件不在您的部门办理，或您的岗位不能这样做")
        if not standing:
            raise NotFound(NO_CASE)
        raise Forbidden(f"以您在这个办件中的身份不能这样做，请由{rights.instead(case, act)}办理")

    # — read —

    def head(self, case_no: str) -> Case:
        """Return the head, personal data sealed: one read. Raises NotFound."""
        case = self.found(case_no)
        if case is None:
            raise NotFound(NO_CASE)
        return case

    def found(self, case_no: str) -> Case | None:
        """Return the head, or None where nobody has the number: one read."""
        return self._store.head(case_no) if ids.is_case_number(case_no) else None

    def opened(self, case_no: str) -> Case:
        """Return the head with its personal data in clear. Raises NotFound."""
        return self.open(self.head(case_no))

    def open(self, case: Case) -> Case:
        """Open the sealed part of a head."""
        return case.with_(private=self._sealer.open(case.sealed, case.case_no))

    def sealed(self, case: Case, private: dict[str, Any]) -> Case:
        """Return the head with other personal data, sealed."""
        return case.with_(sealed=self._sealer.seal(private, case.case_no), private=private)

    def whole(self, case_no: str, until: str = "") -> CaseFile:
        """Return head, events and rows (those up to a sort key, where one is given) in one query. Raises NotFound."""
        found = self._store.whole(case_no, until) if ids.is_case_number(case_no) else None
        if found is None:
            raise NotFound(NO_CASE)
        return filed(*found)

    def change(self, case_no: str, key: str) -> Change:
        """Return a row as the stream told of it when it was new, with what it says now. Raises NotFound."""
        told = self.head(case_no) if key == HEAD else self._store.row(case_no, key)
        if told is None:
            raise NotFound("没有这条记录")
        return Change.of(told)

    def row(self, case_no: str, key: str) -> Row | None:
        """Return one row, or None."""
        return self._store.row(case_no, key)

    def rows(self, case_no: str, prefix: str) -> list[Row]:
        """Return the rows whose key begins with `prefix`, in key order."""
        return self._store.rows(case_no, prefix)

    def several(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Row]:
        """Return rows of many cases, heads too, by case number and key: as few reads as there can be, none for what is not there."""
        return {(row.case_no, row.key): row for row in self._store.several(sorted(set(keys)))}

    def paged(self, number: str, after: str, limit: int) -> list[Row]:
        """Return so many of the rows that lie under a number of their own, in key order, from behind a key on."""
        return self._store.paged(number, after, limit)

    def mine(self, asker: Asker, before: str | None = None, limit: int = 20) -> list[Case]:
        """List the cases somebody filed or whose phone on record is theirs, newest first."""
        found = self._store.listed("owner", self.owner(asker.sender), before, limit)
        if asker.phone:
            found = found + self._store.listed("phone_hash", self.phone(asker.phone), before, limit)
        found = list({case.case_no: case for case in found}.values())
        return sorted(found, key=lambda case: case.received_at, reverse=True)[:limit]

    def by_phone(self, phone: str, before: str | None = None, limit: int = 20) -> list[Case]:
        """List the cases with this contact phone, newest first."""
        return self._store.listed("phone_hash", self.phone(phone), before, limit)

    def by_applicant(self, number: str, before: str | None = None, limit: int = 20) -> list[Case]:
        """List the cases of this identity number or credit code, newest first."""
        return self._store.listed("applicant_hash", self.applicant(number), before, limit)

    def of_applicant(self, applicant: str, since: datetime) -> Iterator[Case]:
        """Go over the cases of who applies, by the hash the index has, received from a moment on, the newest first."""
        before, seen = None, set[str]()
        while page := self._store.listed("applicant_hash", applicant, before, 50):
            fresh, last = [each for each in page if each.case_no not in seen], page[-1].received_at
            yield from (each for each in fresh if each.received_at >= since)
            if last < since:
                return
            seen |= {each.case_no for each in fresh}
            before = clock.iso(last + timedelta(milliseconds=1) if fresh else last)  # those of that very moment again

    def on_desk(self, desk: str, limit: int = 50, after: str | None = None) -> list[Row]:
        """List what lies on a desk of people by due date, whatever lane it is in."""
        found = [self._store.on_desk(lane, limit, after) for lane in lanes(desk)]
        return list(islice(merge(*found, key=lambda row: row.due or ""), limit))

    def waiting(self, name: str, until: str) -> Iterator[Row]:
        """Go over what waits for a round of the clock and is due `until` then: the longest due of each desk first, the desks from
        another one each minute, so that none is always the last."""
        desks = round_desks(name)
        first = int(time.time() / 60) % len(desks)
        for desk in desks[first:] + desks[:first]:
            yield from self._store.due(desk, until)

    def round(self, name: str, until: str, act: Callable[[Row], object], seconds: float = ROUND) -> int:
        """Do `act` with each row that is `waiting`, for `seconds` at most; return how many were done.

        What is wrong with one case is logged and never stops the others; where the fault lies elsewhere (an engine that is down),
        `STRANGE` of it in a row end the round. A round that does not come to its end says how far behind it is.
        """
        end, found, strange = time.monotonic() + seconds, 0, 0
        for row in self.waiting(name, until):
            if time.monotonic() > end:
                log.metric("RoundBehind", _seconds(row.due, until), round=name)
                break
            found += 1
            try:
                act(row)
                strange = 0
            except Exception as fault:
                strange = 0 if isinstance(fault, (AppError, LookupError, TypeError, ValueError)) else strange + 1
                if strange == STRANGE:
                    raise
                code = getattr(fault, "code", type(fault).__name__)
                log.warning("case passed over in its round", case_no=row.case_no, round=name, code=code)
        return found

    # — write —

    def create(self, case: Case) -> Case:
        """Write a new head if its number is free; return what has the number."""
        return self._store.create(case)

    def record(
        self,
        case: Case,
        event: Event,
        to: Status | None = None,
        rows: Sequence[Row] = (),
        gone: Sequence[Row] = (),
        **changes: Any,
    ) -> Case:
        """Move a case on: head, event and rows in one transaction.

        Each row is written, or where it is `gone` taken away, if it is still at the `rev` given (0: does not exist yet). A case whose
        event begins something owes its first step, one whose event asks for a rating may be rated from then on. Raises Conflict:
        `illegal_state` when the table of edges has no such edge, `changed_meanwhile` when somebody was first.
        """
        if to is not None and not may(case.status, to):
            raise Conflict("办件现在的状态不能这样办理", code="illegal_state")
        meaning = EVENTS[event.name]
        case = case.owing(event.at) if meaning.begins else case
        moved = to not in (None, case.status)
        case = standing.after(case.with_(**changes, **({"status": to} if to else {})), event, moved)
        if meaning.by_department:
            event = replace(event, service=case.service)
        return self._store.commit(case.invited(event.at) if meaning.invites else case, event, rows, gone)

    def amend(self, case: Case, rows: Sequence[Row] = (), **changes: Any) -> Case:
        """Change facts or rows that are no part of the story. Raises Conflict."""
        return self._store.commit(case.with_(**changes), None, rows)

    def keep(self, row: Row) -> Row:
        """Write one row that is no part of the story (a token, the fate of a notice). Raises Conflict."""
        return self._store.keep(row)

    def index_number(self, number: str, case_no: str, key: str) -> None:
        """Index a row by an outside number (`waybill#…`, `sms#<provider>#<sid>`). Repeating is harmless."""
        row = Row(number, POINTER, POINTER, "", data={"case_no": case_no, "key": key})
        try:
            self._store.keep(row)
        except Conflict:
            known = self.by_number(number)
            if known != (case_no, key):
                raise

    def by_number(self, number: str) -> tuple[str, str] | None:
        """Return case number and key of the row that an outside number means, if any."""
        row = self._store.row(number, POINTER)
        return (row.data["case_no"], row.data["key"]) if row else None


def _seconds(due: str | None, until: str) -> float:
    """Seconds (of days: whole ones) from when a row was due until the moment of a round."""
    size = min(len(due or until), len(until))
    return (datetime.fromisoformat(until[:size]) - datetime.fromisoformat((due or until)[:size])).total_seconds()


def filed(case: Case, rows: Sequence[Row]) -> CaseFile:
    """Put a case together of its head and its other rows in the order of their keys."""
    past = {number: row for row in rows if (number := event_number(row.key))}
    events = (submitted(case), *(Event.read(row.data) for row in past.values()))
    return CaseFile(case, events, tuple(row for row in rows if row.kind != EVENT), (1, *past))


def submitted(case: Case) -> Event:
    """The first event: it is the head itself, so that accepting stays one write."""
    text = f"已收到您的申请（{channels.name(case.channel)}）"
    by = Standing.WINDOW if case.facts.get("window") else Standing.FILER
    return Event(EventName.SUBMITTED, text, case.received_at, rights.called(case, {by}))
