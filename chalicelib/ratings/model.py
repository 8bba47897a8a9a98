"""好差评: five levels, the reasons for each, and the two scales of the outside that run in opposite directions.

Inside, 5 is best (as the rating exchange counts). GB/T 39046-2020 table A.8 counts the other way: only `to_gbt` and `from_gbt`
know that. Levels and reasons are in `vocabulary.codes`.
"""

from __future__ import annotations

import hashlib
import hmac

from chalicelib.kernel import ids
from chalicelib.vocabulary.codes import LEVELS, REASONS

KIND = "rating"
WAIT_KEY = "wait#rating"
RECTIFICATION = "rectification"  # the kind of task that puts a bad rating right (差评整改)
FIRST, ADDITION = "rating#1", "rating#2"

LONGEST = 500  # characters of a text
MOST = 8  # reasons of one rating
BAD = 2  # this level and below is a 差评: it needs a reason and is followed up


def to_gbt(level: int) -> str:
    """Write a level as GB/T 39046-2020 A.8 counts: 1 非常满意 … 5 非常不满意. Raises ValueError."""
    return str(6 - _checked(level))


def from_gbt(code: str) -> int:
    """Read a level of GB/T 39046-2020 A.8. Raises ValueError."""
    return 6 - _checked(int(code))


def to_exchange(level: int) -> str:
    """Write a level as the rating exchange counts: 5 非常满意 … 1 非常不满意. Raises ValueError."""
    return str(_checked(level))


def from_exchange(code: str) -> int:
    """Read a level of the rating exchange. Raises ValueError."""
    return _checked(int(code))


def _checked(level: int) -> int:
    if level not in LEVELS:
        raise ValueError(f"no such level: {level}")
    return level


def reasons_of(level: int) -> dict[str, str]:
    """Return the reasons to choose from at a level."""
    return {code: text for code, text in REASONS.items() if code[0] == str(level)}


def ticket(key: bytes, case_no: str) -> str:
    """Derive the ticket in a case's rating link: only this deployment can, and no row holds it."""
    return ids.keyed(key, "rating-ticket", case_no)[:32]


def ticket_hash(text: str) -> str:
    """Hash a ticket as the wait row keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(text: str, kept: str) -> bool:
    """Compare a ticket with a kept hash in constant time."""
    return bool(kept) and hmac.compare_digest(ticket_hash(text), kept)
