"""A case (办件) is a story: its head is the present, its events are the past.

Everything of one case lies in one partition of the cases table, keyed by the case number; sort keys say what a row is:

    case                  the head: present status, what was applied for, whose it is (sealed), its clock
    event#000002 …        the past, appended in the same transaction that changes the head (event 1, `submitted`, is the head)
    task#<stage>#<department>#<round>      work of a clerk (approvals)
    wait#supplement#…     what an applicant is waited for
    wait#referral#…       what other departments are waited for (approvals)
    pay#1  ship#1  notice#000002  rating#1 …

Every row carries `rev`; every write is conditional on the `rev` that was read. The table's stream is the only outbox: a new
head starts the workflow, an event with a notice is told to the citizen, a row that has both `token` and `outcome` wakes the
workflow that waits for it. So a use case does one transaction and nothing else, and nothing can be half done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from chalicelib.cases.clock import Clock
from chalicelib.cases.desks import round_desk
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import NotFound
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import RATING_WINDOW
from chalicelib.vocabulary.statuses import FORWARDED, NAMES, Status

HEAD = "case"  # the sort key of a head
EVENT, TASK, WAIT = "event", "task", "wait"
"""The kinds of rows that a case knows itself; a capability's other rows are of its own `KIND`."""
STANDS = "stands"  # the fact of a head that says how it stands beyond its status (`cases.standing`)
FAULT = "fault"  # the kind of rows that say what of a case cannot be carried out, and the round desk where somebody finds them
CLOSING = "closing"  # the round desk of delivered cases whose rating window is open
OWED = "owed"  # the round desk of cases whose next step has not begun: what the stream lost is found here


def numbered(kind: str, number: int) -> str:
    """Return the sort key of the row of a kind that belongs to event `number` (`notice#000002`)."""
    return f"{kind}#{number:06d}"


def event_key(number: int) -> str:
    """Return the sort key of event `number`: the first, `submitted`, is the head."""
    return HEAD if number == 1 else numbered(EVENT, number)


def event_number(key: str) -> int | None:
    """Return the number of the event that lies under a sort key; None for any other row."""
    kind, _, number = key.partition("#")
    return 1 if key == HEAD else int(number) if kind == EVENT else None


@dataclass(frozen=True)
class Case:
    """The head of a case.

    `private` is sealed at rest and None where it was not opened: {"form": {...}, "contact": {"phone", "name"?},
    "applicant": {"type": "person"|"corporation", "name", "id"}, "delivery": {...}|None, "agent": {...}|None,
    "materials": [...], "sender": "wx:<openid>"|"tel:<phone>"|…}. `version` is that of the service it was filed under, whose rules
    it keeps. `facts` holds small open facts that no index needs.
    """

    case_no: str
    status: Status
    rev: int
    service: str
    version: str
    service_name: str
    channel: str
    region: str
    received_at: datetime
    clock: Clock
    owner: str
    phone_hash: str
    applicant_hash: str
    applicant_masked: str
    verify: str
    receipt_key: str
    content_hash: str
    sealed: bytes
    desk: str | None = None
    due: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    private: dict[str, Any] | None = None

    @property
    def status_name(self) -> str:
        """What people are told its status is: a no by its own word (不受理, 不予办理), what a higher organ decides 已转报 (第43条)."""
        name, told = self.facts.get(STANDS, ("", {}))
        if self.status is Status.CLOSED and name == EventName.TRANSFERRED:
            return FORWARDED
        word = told.get("verdict") if self.status in (Status.DENIED, Status.NOT_ACCEPTED) else ""
        return str(word or NAMES[self.status])

    def with_(self, **changes: Any) -> Case:
        """Return a copy with changes."""
        return replace(self, **changes)

    def owing(self, now: datetime) -> Case:
        """Return a copy that is found again, until its next step begins."""
        return self.with_(desk=round_desk(OWED, self.case_no), due=clock.iso(now))

    def invited(self, now: datetime) -> Case:
        """Return a copy that may be rated until the window is over; a delivered one is closed then."""
        until = clock.iso(now + RATING_WINDOW)
        desk = round_desk(CLOSING, self.case_no) if self.status is Status.DELIVERED else None
        return self.plus(rate_until=until).with_(desk=desk, due=until if desk else None)

    def plus(self, **facts: Any) -> Case:
        """Return a copy with more `facts`."""
        return replace(self, facts={**self.facts, **facts})


KEPT = ("actor", "mark", "service")  # of an event, where there are any


@dataclass(frozen=True)
class Event:
    """One thing that happened. `text` is the Chinese sentence of the timeline, `by` who did it (a department, `申请人`, or a
    system, never a clerk's private name), `data` open facts (a waybill, an amount), `actor` the account in office that did it in
    an applicant's stead, `mark` a hash by which the same is known when it comes again, `service` the one it is counted by: kept, on no
    page."""

    name: EventName
    text: str
    at: datetime
    by: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    actor: str = ""
    mark: str = ""
    service: str = ""

    def written(self) -> dict[str, Any]:
        """Write as the `data` of its row."""
        data = {"name": self.name, "text": self.text, "at": clock.iso(self.at), "by": self.by, "data": self.data}
        return data | {name: kept for name in KEPT if (kept := getattr(self, name))}

    @classmethod
    def read(cls, data: dict[str, Any]) -> Event:
        """Read what `written` wrote."""
        more = {name: data[name] for name in ("by", "data", *KEPT) if name in data}
        return cls(EventName(data["name"]), data["text"], clock.parse(data["at"]), **more)


@dataclass(frozen=True)
class Row:
    """Any other row of a case. A row with `token` and `outcome` wakes the workflow with {"outcome": …, **output}."""

    case_no: str
    key: str
    kind: str
    status: str
    rev: int = 0
    desk: str | None = None
    due: str | None = None
    token: str | None = None
    outcome: str | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def with_(self, **changes: Any) -> Row:
        """Return a copy with changes; `data` given is merged, not replaced."""
        if "data" in changes:
            changes["data"] = {**self.data, **changes["data"]}
        return replace(self, **changes)


@dataclass(frozen=True)
class CaseFile:
    """The whole case: head, events oldest first (event 1 included), other rows by sort key."""

    case: Case
    events: tuple[Event, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...] = ()  # of the events; a number skipped was a change that is no part of the story

    def event(self, number: int) -> Event:
        """Return event `number` (1 = submitted). Raises NotFound."""
        found = dict(zip(self.numbers, self.events, strict=True)).get(number)
        if found is None:
            raise NotFound("没有这条记录")
        return found

    def of(self, kind: str) -> tuple[Row, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    def under(self, prefix: str) -> tuple[Row, ...]:
        """Return the rows whose key begins with `prefix`."""
        return tuple(row for row in self.rows if row.key.startswith(prefix))

    def row(self, key: str) -> Row | None:
        """Return one row, or None."""
        return next((row for row in self.rows if row.key == key), None)

    def change(self, key: str) -> Change:
        """Return a row, head and events too, as the stream told of it when it was new. Raises NotFound."""
        number, case_no = event_number(key), self.case.case_no
        if number == 1:
            return Change.of(self.case)
        row = Row(case_no, key, EVENT, "", data=self.event(number).written()) if number else self.row(key)
        if row is None:
            raise NotFound("没有这条记录")
        return Change.of(row)


@dataclass(frozen=True)
class Change:
    """One record of the table's stream: its sequence number, what was and what is (attributes; empty where there was nothing)."""

    sequence: str
    old: dict[str, Any]
    new: dict[str, Any]

    @classmethod
    def of(cls, told: Case | Row) -> Change:
        """Return a head or a row as the stream told of it when it was new, with what it says now."""
        if isinstance(told, Case):
            key, received = HEAD, clock.iso(told.received_at)
            said = {name: getattr(told, name) for name in ("service", "version", "channel")} | {"received_at": received}
        else:
            key, said = told.key, {"token": told.token, "outcome": told.outcome, "data": ids.canonical(told.data)}
        return cls("", {}, {"case_no": told.case_no, "sk": key, **{name: text for name, text in said.items() if text}})

    @property
    def happened(self) -> tuple[int, EventName] | None:
        """Number and name of the event this row is: a new head is event 1, `submitted`. None for any other row."""
        number = event_number(self.new.get("sk", ""))
        if self.old or number is None:
            return None
        return number, EventName.SUBMITTED if number == 1 else EventName(self.data["name"])

    @property
    def data(self) -> dict[str, Any]:
        """The row's open facts."""
        found: dict[str, Any] = json.loads(self.new.get("data") or "{}")
        return found


class WaitState(StrEnum):
    """Where a wait stands: `done` by whoever was waited for, `cancelled` where nobody is any more."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


EDGES: dict[WaitState, frozenset[WaitState]] = {
    WaitState.OPEN: frozenset({WaitState.DONE, WaitState.CANCELLED}),
    WaitState.DONE: frozenset(),
    WaitState.CANCELLED: frozenset(),
}

S = TypeVar("S", bound=StrEnum)


def moved(row: Row, edges: Mapping[S, frozenset[S]], to: S, **changes: Any) -> Row:
    """Return a row in another state of its table. Raises ValueError for an edge that does not exist."""
    if to not in edges[type(to)(row.status)]:
        raise ValueError(f"a {row.kind} does not go from {row.status} to {to}")
    return row.with_(status=str(to), **changes)


def answered(wait: Row, outcome: str, to: WaitState = WaitState.DONE) -> Row:
    """Return a wait with the outcome that its workflow hears. Raises ValueError for one that is over."""
    return moved(wait, EDGES, to, outcome=outcome, desk=None)


def closing(rows: Iterable[Row], outcome: str) -> list[Row]:
    """Return every task and wait that is still open, closed with an outcome that its workflow hears."""
    waiting = [row for row in rows if row.kind in (TASK, WAIT) and row.outcome is None]
    return [row.with_(status=str(WaitState.CANCELLED), outcome=outcome, desk=None) for row in waiting]


def proposed(row: Row) -> bool:
    """Tell whether a task is to confirm what a colleague proposed: no decision on the application ends it, and he does not decide it."""
    return "proposed_by" in row.data
