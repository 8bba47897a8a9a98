"""好差评: what a rating may hold, how a bad one is put right, and the ticket of a rating link. Levels are in `vocabulary.codes`.

NEW ──contacted──► CONTACTED ──verified──► RECTIFYING | EXPLAINING ──reply──► REPLIED ──re-visit──► CLOSED
 └──(nobody to call)──┴──appeal──► REVIEW ──not upheld──► RECTIFYING             └─not solved─► RECTIFYING, once
                                      └──upheld──► INVALIDATED
"""

from __future__ import annotations

import hmac
from enum import StrEnum

from chalicelib.kernel import ids
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.ratings import REASONS

KIND, AGAIN, RECTIFICATION = "rating", "rerating", "rectification"
"""The kinds of rows: a rating and its addition; what was said once a bad one was answered; how a bad one is put right."""
FIRST, ADDITION = "rating#1", "rating#2"

LONGEST = 500  # characters of a text
MOST = 8  # reasons of one rating
BAD = 2  # this level and below is a 差评: it needs a reason and is followed up
TRIES = 3  # calls that nobody answered, after which it goes on without
CYCLES = 2  # times it is put right: what is not solved then is the supervising department's
BY_PERSON, SHARED = 5, 50
"""First ratings of a day that count at once: by one telephone or person, by one kiosk or network address. A local choice."""
INVITING, REVISITS = "inviting", "revisits"
"""The round desks: of cases whose applicant is asked the day after a no, of rectifications whose re-visit ends by itself."""

CONTACT, VERIFY, REVISIT = "rating_contact", "rating_verification", "rating_revisit"
APPEAL, OVERSIGHT, HELD = "rating_appeal", "rating_oversight", "rating_held"
WORK = {
    CONTACT: "差评联系",
    VERIFY: "差评核实",
    RECTIFICATION: "差评整改",
    REVISIT: "差评回访",
    APPEAL: "差评申诉复核",
    OVERSIGHT: "差评督办",
    HELD: "异常评价核查",
}
"""The kinds of tasks of it, by what each is called; `rectification` is both the row and the task that answers it."""
STORY = frozenset(
    {
        EventName.RATED,
        EventName.RATING_COUNTED,
        EventName.RATING_FOLLOWED,
        EventName.RECTIFIED,
        EventName.RATING_REVISITED,
        EventName.RATING_INVALIDATED,
    }
)
"""What whose own work was rated does not read."""
ANONYMOUS = "匿名评价人"


class State(StrEnum):
    """Where a rectification (差评整改) stands. Verified (已核实) is being put right or being explained; re-visited is closed, or again."""

    NEW = "new"
    CONTACTED = "contacted"
    RECTIFYING = "rectifying"
    EXPLAINING = "explaining"
    REPLIED = "replied"
    REVIEW = "review"
    INVALIDATED = "invalidated"
    CLOSED = "closed"


_VERIFIED = frozenset({State.RECTIFYING, State.EXPLAINING, State.REVIEW})
EDGES: dict[State, frozenset[State]] = {
    State.NEW: _VERIFIED | {State.CONTACTED},
    State.CONTACTED: _VERIFIED,
    State.RECTIFYING: frozenset({State.REPLIED}),
    State.EXPLAINING: frozenset({State.REPLIED}),
    State.REPLIED: frozenset({State.RECTIFYING, State.CLOSED}),
    State.REVIEW: frozenset({State.RECTIFYING, State.INVALIDATED}),
    State.INVALIDATED: frozenset(),
    State.CLOSED: frozenset(),
}
"""Every legal edge (docs/domain.md §2.5 评价指标)."""
STATES: dict[State, str] = {
    State.NEW: "新差评",
    State.CONTACTED: "已联系，核实中",
    State.RECTIFYING: "整改中",
    State.EXPLAINING: "准备答复",
    State.REPLIED: "已答复，待回访",
    State.REVIEW: "申诉复核中",
    State.INVALIDATED: "已复核，不计入",
    State.CLOSED: "已办结",
}


def reasons_of(level: int) -> dict[str, str]:
    """Return the reasons to choose from at a level."""
    return {code: text for code, text in REASONS.items() if code[0] == str(level)}


def ticket(key: bytes, case_no: str, again: bool = False) -> str:
    """Derive the ticket in a case's rating link, or in that of the answer to a bad one: only this deployment can, and no row holds it."""
    return ids.keyed(key, "rerating-ticket" if again else "rating-ticket", case_no)[:32]


def is_ticket(text: str, key: bytes, case_no: str, again: bool = False) -> bool:
    """Tell whether this is the case's ticket, in constant time."""
    return hmac.compare_digest(text.encode(), ticket(key, case_no, again).encode())
