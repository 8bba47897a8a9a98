"""How a result reaches the applicant (送达): electronic at once, or made (制证) and then fetched at a window or carried by a courier.

electronic:  ─► delivered
a thing:     making ──made, fetched──────► ready ──handed over──► delivered
                │ ▲                          ▲
                │ └──lost: made anew──────┐  └─refused, not taken in time, came back, or chosen so
                └─made, carried─► queued ─┼──order taken──► ordered ──交寄, or its first track──► moving ⇄ failed ──妥投──► delivered
                                    ▲  └──┼──posted by hand, with a waybill of paper──────────────►│        │
                                    │     └────────────────────────────────────────────────────────┴────────┤
                                    └──────────sent again──────────── returned ◄──退回──────────────────────┘

a case made void: what has not left the office, or is back there ──► cancelled; what is on its way is only watched

Each state has who looks: `making`, `queued` and `ordered`, `returned`, `ready` a task with a day; `moving` and `failed` the round of the
clock, which opens a task (查件) where the courier says nothing or the ten days of 第44条 are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from chalicelib.cases.model import Case, Row
from chalicelib.kernel import clock
from chalicelib.vocabulary.statuses import UNDECIDED, Status

KEY = "ship#1"
KIND = "shipment"
SHIPPING = "shipping"  # the round desk of parcels that are offered, watched, or came back
MAKING = "making"  # the kind of task that makes a result (制证)
HANDOVER = "handover"  # the kind of task that hands a parcel to the courier
RETURNED = "returned"  # the kind of task that says what becomes of a parcel that came back
TRACING = "tracing"  # the kind of task that finds out where a parcel is
PICKUP = "pickup"  # the kind of task that hands a result to the applicant

TrackKind = Literal["moving", "failed", "delivered", "returned", "lost", "noted"]
"""What a track means: `noted` says something and moves nothing."""


class State(StrEnum):
    """Where a shipment stands; `codes.SHIPMENT_STATES` names each."""

    MAKING = "making"
    QUEUED = "queued"
    ORDERED = "ordered"
    MOVING = "moving"
    FAILED = "failed"
    RETURNED = "returned"
    READY = "ready"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


_CAME_BACK = frozenset({State.QUEUED, State.READY, State.MAKING})
EDGES: dict[State, frozenset[State]] = {
    State.MAKING: frozenset({State.QUEUED, State.READY, State.CANCELLED}),
    State.QUEUED: frozenset({State.QUEUED, State.ORDERED, State.MOVING, State.READY, State.CANCELLED}),
    State.ORDERED: frozenset({State.QUEUED, State.MOVING, State.READY, State.CANCELLED}),
    State.MOVING: frozenset({State.MOVING, State.FAILED, State.RETURNED, State.DELIVERED, *_CAME_BACK}),
    State.FAILED: frozenset({State.MOVING, State.FAILED, State.RETURNED, State.DELIVERED, *_CAME_BACK}),
    State.RETURNED: frozenset({*_CAME_BACK, State.CANCELLED}),
    State.READY: frozenset({State.DELIVERED, State.CANCELLED}),
    State.DELIVERED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Every legal edge; `queued` → `queued` is another address."""
UNPOSTED = frozenset({State.QUEUED, State.ORDERED})
ON_ITS_WAY = frozenset({State.MOVING, State.FAILED})


@dataclass(frozen=True)
class Address:
    """Somebody to send from or to, in one line as the applicant wrote it."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class Parcel:
    """What the courier is asked to carry. `order_no` is ours and the key that makes a repeated order the same order."""

    order_no: str
    to: Address
    content: str


@dataclass(frozen=True)
class Track:
    """One thing a courier tells of a parcel.

    `courier` is its name in the registry, `action` its own code, `label` how a timeline says it, `kind` what it means to us. `valid`
    False: the courier takes back an earlier record.
    """

    courier: str
    waybill: str
    action: str
    kind: TrackKind
    label: str
    at: datetime
    place: str
    text: str
    valid: bool = True
    reason: str = ""

    @property
    def mark(self) -> str:
        """What it is known by when it comes again: of one action and second, EMS tells that nobody was there and that it goes back."""
        return f"{self.action}/{self.kind}@{clock.iso(self.at)}"


def order_number(row: Row) -> str:
    """Write our order number for the courier: one for each time a parcel is sent, so that a repeated order is the same one."""
    return f"{row.case_no}S{row.data.get('attempt', 1)}"


def made(row: Row | None) -> bool:
    """Tell whether anything of a result was made or given out: until then a case can be given up and nothing is wasted."""
    if row is None or row.status == State.CANCELLED:
        return row is not None and "made" in row.data
    return row.status != State.MAKING or "made" in row.data


def fixed(case: Case, row: Row | None) -> str:
    """Say why it cannot be changed any more where a result goes; nothing where it can."""
    if (row.data["method"] if row else case.facts.get("delivery", "electronic")) == "electronic":
        return "这个办件的结果是电子的，不用寄送或领取"
    if row is None:
        begins = case.status in UNDECIDED or case.status in (Status.GRANTED, Status.AWAITING_PAYMENT, Status.PRODUCING)
        return "" if begins else "这个办件没有要送达的结果"
    if row.outcome is not None:
        return "结果已经送达，或者不再送达"
    if row.status in ON_ITS_WAY:
        return f"快件已经寄出（{row.data.get('carrier', '')}{row.data.get('waybill', '')}），不能再改；收不到退回来的，可以再选择"
    return ""


def after(state: State, track: Track, latest: datetime | None) -> State:
    """Return the state after a track: monotone, and judged by event time, since pushes come twice and out of order.

    Delivered is final, and so is that it came back (退回): whoever signs for it then is the office. Any other track older than the newest
    one known tells of the past and moves nothing.
    """
    if state not in ON_ITS_WAY or not track.valid or track.kind == "noted":
        return state
    if track.kind in ("delivered", "returned"):
        return State(track.kind)
    if latest is not None and track.at < latest:
        return state
    return {"failed": State.FAILED, "lost": State.MAKING}.get(track.kind, State.MOVING)
