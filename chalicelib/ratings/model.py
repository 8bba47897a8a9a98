"""好差评: what a rating may hold, the reasons of a level, and the ticket of a rating link. Levels are in `vocabulary.codes`."""

from __future__ import annotations

import hmac

from chalicelib.kernel import ids
from chalicelib.vocabulary.codes import REASONS

KIND = "rating"
RECTIFICATION = "rectification"  # the kind of task that puts a bad rating right (差评整改)
FIRST, ADDITION = "rating#1", "rating#2"

LONGEST = 500  # characters of a text
MOST = 8  # reasons of one rating
BAD = 2  # this level and below is a 差评: it needs a reason and is followed up


def reasons_of(level: int) -> dict[str, str]:
    """Return the reasons to choose from at a level."""
    return {code: text for code, text in REASONS.items() if code[0] == str(level)}


def ticket(key: bytes, case_no: str) -> str:
    """Derive the ticket in a case's rating link: only this deployment can, and no row holds it."""
    return ids.keyed(key, "rating-ticket", case_no)[:32]


def is_ticket(text: str, key: bytes, case_no: str) -> bool:
    """Tell whether this is the case's ticket, in constant time."""
    return hmac.compare_digest(text.encode(), ticket(key, case_no).encode())
