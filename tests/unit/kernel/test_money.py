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
