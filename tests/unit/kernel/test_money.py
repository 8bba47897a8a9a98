"""Money on its way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import money


@given(st.integers(0, 10**12))
def test_money_goes_out_exactly(fen: int) -> None:
    whole, cents = money.yuan(fen).split(".")
    assert int(whole) * 100 + int(cents) == fen


def test_money_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        money.yuan(-1)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (11, "壹角壹分"),
        (2000, "贰拾元整"),
        (8050, "捌拾元伍角整"),
        (10003, "壹佰元零叁分"),
        (100100, "壹仟零壹元整"),
        (1000000, "壹万元整"),
        (10050000, "壹拾万零伍佰元整"),
        (1010101, "壹万零壹佰零壹元零壹分"),
        (123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
        (10000000000, "壹亿元整"),
        (10000100000, "壹亿零壹仟元整"),
    ],
)
def test_money_is_written_out_as_receipts_have_it(fen: int, words: str) -> None:
    assert money.capital(fen) == words


VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(words: str) -> int:
    """Read an amount written out, in fen."""
    total = group = digit = 0
    for char in words:
        if char in VALUES:
            digit = VALUES[char]
        elif char in UNITS:
            group, digit = group + digit * UNITS[char], 0
        elif char in "万亿":
            total, group, digit = (total + group + digit) * (10**4 if char == "万" else 1), 0, 0
            total *= 10**8 if char == "亿" else 1
        elif char == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        elif char in "角分":
            total, digit = total + digit * (10 if char == "角" else 1), 0
    return total


@given(st.integers(0, 10**10))
def test_what_is_written_out_reads_as_it_was(fen: int) -> None:
    words = money.capital(fen)
    assert read(words) == fen and "零零" not in words and words.endswith(("整", "分"))
    with pytest.raises(ValueError, match="no amount"):
        money.capital(-1)
