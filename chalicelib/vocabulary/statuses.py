"""Where a case (办件) stands, as the outside sees it: what each status means, and where it may go from there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Phase = Literal["undecided", "decided", "over"]
"""`undecided`: no department has decided. `decided`: something is still to come. `over`: nothing comes any more."""
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
    DISPATCHING = "dispatching"
    DELIVERING = "delivering"
    UNDELIVERED = "undelivered"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    LAPSED = "lapsed"
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
    Status.DISPATCHING: Meaning("待寄出", "decided", "going"),
    Status.DELIVERING: Meaning("寄送中", "decided", "going"),
    Status.UNDELIVERED: Meaning("快件退回", "decided", "act"),
    Status.READY_FOR_PICKUP: Meaning("待领取", "decided", "act"),
    Status.DELIVERED: Meaning("已送达", "decided", "good", rateable=True),
    Status.CLOSED: Meaning("已办结归档", "over", "good", rateable=True),
    Status.WITHDRAWN: Meaning("已撤回", "over", "off"),
    Status.RETURNED: Meaning("已退件", "over", "off"),
    Status.LAPSED: Meaning("逾期终止", "over", "off"),
    Status.VOID: Meaning("已作废", "over", "off"),
}

NAMES: dict[Status, str] = {status: meaning.name for status, meaning in STATUSES.items()}
FORWARDED = "已转报"
"""What a closed case is called that a higher organ decides (转报): it is over here, and not finished (`Case.status_name`)."""
UNDECIDED = frozenset(status for status, meaning in STATUSES.items() if meaning.phase == "undecided")
OVER = frozenset(status for status, meaning in STATUSES.items() if meaning.phase == "over")
RATEABLE = frozenset(status for status, meaning in STATUSES.items() if meaning.rateable)

_S = Status
_OPEN = {
    _S.CORRECTION,
    _S.ACCEPTED,
    _S.IN_REVIEW,
    _S.SUSPENDED,
    _S.GRANTED,
    _S.DENIED,
    _S.NOT_ACCEPTED,
    _S.WITHDRAWN,
    _S.VOID,
}

EDGES: dict[Status, frozenset[Status]] = {
    _S.SUBMITTED: frozenset(_OPEN | {_S.CLOSED}),  # undecided and closed: forwarded (转报, 《行政许可法》第43条)
    _S.CORRECTION: frozenset(_OPEN | {_S.SUBMITTED, _S.RETURNED}),
    _S.ACCEPTED: frozenset(_OPEN - {_S.NOT_ACCEPTED} | {_S.CLOSED}),
    _S.IN_REVIEW: frozenset(_OPEN - {_S.NOT_ACCEPTED, _S.ACCEPTED} | {_S.CLOSED}),
    _S.SUSPENDED: frozenset({_S.IN_REVIEW, _S.ACCEPTED, _S.GRANTED, _S.WITHDRAWN, _S.VOID}),  # granted: deemed renewed
    _S.GRANTED: frozenset(
        {_S.AWAITING_PAYMENT, _S.PRODUCING, _S.DELIVERING, _S.READY_FOR_PICKUP, _S.DELIVERED, _S.VOID}
    ),
    _S.AWAITING_PAYMENT: frozenset(
        {_S.PRODUCING, _S.DELIVERING, _S.READY_FOR_PICKUP, _S.DELIVERED, _S.LAPSED, _S.WITHDRAWN, _S.VOID}
    ),
    _S.PRODUCING: frozenset({_S.DISPATCHING, _S.DELIVERING, _S.READY_FOR_PICKUP, _S.DELIVERED, _S.WITHDRAWN, _S.VOID}),
    _S.DISPATCHING: frozenset({_S.DELIVERING, _S.READY_FOR_PICKUP, _S.VOID}),
    _S.DELIVERING: frozenset(
        {_S.DELIVERED, _S.UNDELIVERED, _S.DISPATCHING, _S.READY_FOR_PICKUP, _S.PRODUCING, _S.VOID}
    ),  # producing again: what was lost is made anew
    _S.UNDELIVERED: frozenset({_S.DISPATCHING, _S.READY_FOR_PICKUP, _S.PRODUCING, _S.VOID}),
    _S.READY_FOR_PICKUP: frozenset({_S.DELIVERED, _S.DELIVERING, _S.VOID}),
    _S.DELIVERED: frozenset({_S.CLOSED, _S.VOID}),
    _S.DENIED: frozenset({_S.VOID}),
    _S.NOT_ACCEPTED: frozenset({_S.VOID}),
    _S.CLOSED: frozenset({_S.VOID}),  # what was put away may be found wrong later (撤销, 第69条)
    _S.WITHDRAWN: frozenset(),
    _S.RETURNED: frozenset(),
    _S.LAPSED: frozenset(),
    _S.VOID: frozenset(),
}
"""Every legal edge of a case's status (docs/domain.md §1.6 办件状态); staying where it is, is always legal."""

WITHDRAWABLE = frozenset(status for status, ways in EDGES.items() if Status.WITHDRAWN in ways)
"""Where it may be withdrawn (撤回): before the decision, and until something was made of it (`Capability.bars`)."""


def may(old: Status, new: Status) -> bool:
    """Tell whether a case may go from `old` to `new`."""
    return old == new or new in EDGES[old]
