"""Money is an integer number of fen (分); yuan appear only in texts (GB/T 39046 exchanges yuan with two decimals)."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals: 8000 → `80.00`. Raises ValueError for a negative amount."""
    if fen < 0:
        raise ValueError("an amount is never negative")
    return f"{fen // 100}.{fen % 100:02d}"


_DIGITS, _PLACES, _GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿")


def capital(fen: int) -> str:
    """Write fen in words as receipts have them (大写): 8050 → `捌拾元伍角整`, 10003 → `壹佰元零叁分`. Raises ValueError for a negative
    amount, or one of a trillion yuan."""
    if not 0 <= fen < 10**14:
        raise ValueError("no amount to write out")
    whole, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(whole)}元" if whole else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif cents and whole:
        words += "零"
    return words + (f"{_DIGITS[cents]}分" if cents else "整") if words or cents else "零元整"


def _whole(number: int) -> str:
    """Write a whole number of yuan: groups of four digits, one 零 for any run of zeros inside."""
    words, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place % 4]
        gap = not digit
        if place % 4 == 0 and number // 10**place % 10**4:
            words += _GROUPS[place // 4]
            gap = False if digit else gap
    return words
