"""Passwords of staff: scrypt (RFC 7914), salted; the cost stands beside the hash, so that it can rise without a reset."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache

COST = (14, 8, 5)  # log2 N, r, p: 16 MiB and some 0.2 s; the least that OWASP advises
SHORTEST = 8  # characters (GB/T 22239-2019: of a certain complexity)


def sealed(password: str) -> str:
    """Return `scrypt$14$8$5$<salt>$<hash>` of a password."""
    salt = os.urandom(16)
    return "$".join(("scrypt", *map(str, COST), salt.hex(), _derive(password, salt, COST).hex()))


def right(password: str, kept: str | None) -> bool:
    """Check a password. For nobody's (None) as much work is done as for a wrong one, so that time tells no names."""
    _, n, r, p, salt, expected = (kept or _nobody()).split("$")
    given = _derive(password, bytes.fromhex(salt), (int(n), int(r), int(p)))
    return hmac.compare_digest(given, bytes.fromhex(expected)) and kept is not None


def _derive(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = 2 ** cost[0], cost[1], cost[2]
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)


@cache
def _nobody() -> str:
    return "$".join(("scrypt", *map(str, COST), "00" * 16, "00" * 32))
