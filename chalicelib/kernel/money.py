"""Money is an integer number of fen (分); yuan appear only in texts (GB/T 39046 exchanges yuan with two decimals)."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals: 8000 → `80.00`. Raises ValueError for a negative amount."""
    if fen < 0:
        raise ValueError("an amount is never negative")
    return f"{fen // 100}.{fen % 100:02d}"
