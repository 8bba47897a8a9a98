"""Numbers drawn by lot."""

from __future__ import annotations

import secrets


def digits(length: int) -> str:
    """Random digits that do not begin with 0."""
    return str(secrets.randbelow(9 * 10 ** (length - 1)) + 10 ** (length - 1))
