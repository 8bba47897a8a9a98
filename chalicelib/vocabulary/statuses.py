"""Where a case (办件) stands, as the outside sees it. The legal edges between the statuses are in `cases.model`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Phase = Literal["undecided", "decided", "over"]
"""`undecided`: the applicant may still withdraw (撤回). `decided`: something is still to come. `over`: nothing comes any more."""
Tone = Literal["going", "act", "good", "bad", "off"]
"""How a page colours it: going its way, the applicant must act, good, bad, put away."""


class Status(StrEnum):
    """The codes; `STATUSES` says what each means."""

    SUBMITTED = "submitted"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    DENIED = "denied"
    NOT_ACCEPTED = "not_accepted"
    AWAITING_PAYMENT = "awaiting_payment"
    PRODUCING = "producing"
    DELIVERING = "delivering"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


@dataclass(frozen=True)
class Meaning:
    """What a status means. `rateable`: the service may be rated now (好差评)."""

    name: str
    phase: Phase
    tone: Tone
    rateable: bool = False


STATUSES: dict[Status, Meaning] = {
    Status.SUBMITTED: Meaning("已收件", "undecided", "going"),
    Status.CORRECTION: Meaning("待补正", "undecided", "act"),
    Status.ACCEPTED: Meaning("已受理", "undecided", "going"),
    Status.IN_REVIEW: Meaning("审查中", "undecided", "going"),
    Status.SUSPENDED: Meaning("特别程序中", "undecided", "going"),
    Status.GRANTED: Meaning("准予", "decided", "good"),
    Status.DENIED: Meaning("不予许可", "decided", "bad", rateable=True),
    Status.NOT_ACCEPTED: Meaning("不予受理", "decided", "bad", rateable=True),
    Status.AWAITING_PAYMENT: Meaning("待缴费", "decided", "act"),
    Status.PRODUCING: Meaning("制证中", "decided", "going"),
    Status.DELIVERING: Meaning("寄送中", "decided", "going"),
    Status.READY_FOR_PICKUP: Meaning("待领取", "decided", "act"),
    Status.DELIVERED: Meaning("已送达", "decided", "good", rateable=True),
    Status.CLOSED: Meaning("已办结归档", "over", "good", rateable=True),
    Status.WITHDRAWN: Meaning("已撤回", "over", "off"),
    Status.VOID: Meaning("已作废", "over", "off"),
}

NAMES: dict[Status, str] = {status: meaning.name for status, meaning in STATUSES.items()}
UNDECIDED = frozenset(status for status, meaning in STATUSES.items() if meaning.phase == "undecided")
OVER = frozenset(status for status, meaning in STATUSES.items() if meaning.phase == "over")
RATEABLE = frozenset(status for status, meaning in STATUSES.items() if meaning.rateable)
