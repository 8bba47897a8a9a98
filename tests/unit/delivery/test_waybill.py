"""Numbers of parcels: the check digit of UPU S10, and the shapes of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.delivery import waybill


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("LK434266003CN", True),
        ("LK434266004CN", False),
        ("1175642270178", True),
        ("117564227017", False),
        ("lk434266003cn", False),
        ("SF1234567890123", False),
    ],
)
def test_upu_s10_and_thirteen_digits_are_the_post_s(number: str, good: bool) -> None:
    assert waybill.postal(number) is good


@pytest.mark.parametrize(("number", "good"), [("SF1234567890123", True), ("123456789012", True), ("SF123", False)])
def test_sf(number: str, good: bool) -> None:
    assert waybill.sf(number) is good


@given(st.integers(0, 10**8 - 1), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(serial: int, place: int, by: int) -> None:
    digits = f"{serial:08d}"
    wrong = f"{digits[:place]}{(int(digits[place]) + by) % 10}{digits[place + 1 :]}"
    check = waybill.check_digit(digits)
    assert waybill.postal(f"EA{digits}{check}CN")
    assert not waybill.postal(f"EA{wrong}{check}CN") or waybill.check_digit(wrong) == check


def test_what_a_hand_types_is_tidied() -> None:
    assert waybill.tidy(" lk 434266003 cn ") == "LK434266003CN"
