"""好差评: what a rating may hold, the reasons of a level, and the ticket of a rating link. Levels are in `vocabulary.codes`."""

from __future__ import annotations

import hashlib
import hmac

from chalicelib.kernel import ids
from chalicelib.vocabulary.codes import REASONS

KIND = "rating"
WAIT_KEY = "wait#rating"
CLOSING = "closing"  # the round desk of delivered cases whose rating window is open
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


def ticket_hash(text: str) -> str:
    """Hash a ticket as the wait row keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(text: str, kept: str) -> bool:
    """Compare a ticket with a kept hash in constant time."""
    return bool(kept) and hmac.compare_digest(ticket_hash(text), kept)
