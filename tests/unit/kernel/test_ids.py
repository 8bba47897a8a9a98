"""Numbers that are derived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import ids


@given(st.binary(min_size=1), st.text(), st.text())
def test_case_numbers_check_and_repeat(key: bytes, sender: str, message: str) -> None:
    number = ids.case_number(ids.keyed(key, sender, message))
    assert ids.is_case_number(number) and number == ids.case_number(ids.keyed(key, sender, message))
    for place in range(12):
        slip = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert not ids.is_case_number(slip)


@given(st.lists(st.text(max_size=5), min_size=2, max_size=4), st.lists(st.text(max_size=5), min_size=2, max_size=4))
def test_keyed_hashes_keep_parts_apart(one: list[str], other: list[str]) -> None:
    assert (ids.keyed(b"k", *one) == ids.keyed(b"k", *other)) == (one == other)


@pytest.mark.parametrize("number", ["794623", "000000000002", "123456789014", "999999999990", "509173648208"])
def test_check_digits_are_those_of_other_implementations(number: str) -> None:
    assert ids.check_digit(number[:-1]) == number[-1]
