"""How a result reaches the applicant (送达): electronic at once, by pick-up at a window, or by courier.

electronic:  ─► delivered
pickup:      ready ──handed over──► delivered
courier:     queued ──order taken──► ordered ──tracks──► moving ⇄ failed ──妥投──► delivered
               └──refused, or not taken in time──► ready (pick-up instead)
a case made void: what has not left the office ──► cancelled; what is on its way is only watched
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from chalicelib.cases.model import Row
from chalicelib.kernel.workdays import count_workdays
from chalicelib.vocabulary.periods import COURIER_WORKDAYS, PICKUP_WORKDAYS

KEY = "ship#1"
KIND = "shipment"
SHIPPING = "shipping"  # the round desk of parcels whose order the courier has not taken
HANDOVER = "handover"  # the kind of task that hands a parcel to the courier
PICKUP = "pickup"  # the kind of task that hands a result to the applicant

TrackKind = Literal["moving", "failed", "delivered"]


class State(StrEnum):
    """Where a shipment stands."""

    QUEUED = "queued"
    ORDERED = "ordered"
    MOVING = "moving"
    FAILED = "failed"
    READY = "ready"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


EDGES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.ORDERED, State.READY, State.CANCELLED}),
    State.ORDERED: frozenset({State.MOVING, State.FAILED, State.DELIVERED, State.READY, State.CANCELLED}),
    State.MOVING: frozenset({State.FAILED, State.DELIVERED, State.READY}),
    State.FAILED: frozenset({State.MOVING, State.DELIVERED, State.READY}),
    State.READY: frozenset({State.DELIVERED, State.CANCELLED}),
    State.DELIVERED: frozenset(),
    State.CANCELLED: frozenset(),
}


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


def order_number(case_no: str) -> str:
    """Write our order number for the courier: one per case, so that a repeated order is the same one."""
    return f"{case_no}S1"


def after(state: State, track: Track, latest: datetime | None) -> State:
    """Return the state after a track: monotone, and judged by event time, since pushes come twice and out of order.

    Delivered is final. A track older than the newest one known tells of the past and moves nothing, unless it says delivered.
    """
    if state not in (State.ORDERED, State.MOVING, State.FAILED) or not track.valid:
        return state
    if track.kind == "delivered":
        return State.DELIVERED
    if latest is not None and track.at < latest:
        return state
    return State.FAILED if track.kind == "failed" else State.MOVING


def backoff(tries: int) -> timedelta:
    """Return how long to wait before offering a parcel again: 1, 2, 4 … minutes, an hour at most."""
    return timedelta(minutes=min(60, 2 ** max(0, tries - 1)))


def spent(row: Row, now: datetime) -> int:
    """Count the working days since handing over began: since the decision, or the payment."""
    return count_workdays(date.fromisoformat(row.data.get("begun", now.date().isoformat())), now.date())


def left(row: Row, now: datetime) -> int:
    """Return how many of the ten working days are left to hand the result over (《行政许可法》第44条), the next one at least."""
    return max(PICKUP_WORKDAYS - spent(row, now), 1)


def given_up(row: Row, now: datetime) -> bool:
    """Tell whether the courier had his days to take the parcel."""
    return spent(row, now) >= COURIER_WORKDAYS
