"""Numbers nobody guesses or mistypes, days at both ends."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.certificates import model
from chalicelib.certificates.model import EDGES, Certificate, State
from chalicelib.kernel.clock import SHANGHAI
from tests.unit.samples import service

NUMBERS = st.integers(0, 10**15 - 1).map(lambda body: model.drawn(lambda below: body % below))
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


def made(**changes: object) -> Certificate:
    """A certificate as it is issued."""
    given = {
        "number": "1234567890123459",
        "case_no": "510123456789",
        "type": "优待证",
        "holder": "王*芳",
        "issuer": "市民政局",
    }
    return Certificate(**{**given, "department": "mzj", "region": "510100", "valid_from": date(2026, 7, 1), **changes})  # type: ignore[arg-type]


@given(NUMBERS)
def test_a_number_is_sixteen_digits_that_prove_themselves(number: str) -> None:
    assert len(number) == 16 and model.is_number(number)
    assert model.grouped(number).replace(" ", "") == number and len(model.grouped(number).split()) == 4


@given(NUMBERS, st.integers(0, 15), st.integers(1, 9))
def test_a_slip_of_one_digit_is_noticed(number: str, at: int, by: int) -> None:
    slipped = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not model.is_number(slipped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "12345678901234590",
        "123456789012345x",
        "１234567890123459",
        "1234 5678 9012 3459",
        "1234567890123459\n",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert not model.is_number(text)


def test_numbers_are_drawn_from_all_there_are() -> None:
    asked: list[int] = []
    model.drawn(lambda below: asked.append(below) or 0)  # type: ignore[func-returns-value]
    assert asked == [10**15] and 10**15 > 2**49, "40 bits at least"
    assert len({model.drawn(secrets.randbelow) for _ in range(1000)}) == 1000


@given(DAYS, st.integers(1, 50))
@example(date(2028, 2, 29), 1)
@example(date(2028, 2, 29), 4)
def test_years_end_on_the_eve_of_the_same_day(first: date, years: int) -> None:
    last = model.last_day(
        first, service(result={"name": "证", "type": "certificate", "electronic": True, "valid_years": years})
    )
    assert last is not None and last.year in (first.year + years, first.year + years - 1)
    after = last + timedelta(days=1)
    assert (after.month, after.day) == (
        (first.month, first.day) if (first.month, first.day) != (2, 29) else (after.month, after.day)
    )
    if (first.month, first.day) == (2, 29):
        assert (last.month, last.day) == (2, 28)


@given(DAYS, st.integers(1, 3660))
def test_days_are_counted_with_the_first(first: date, days: int) -> None:
    last = model.last_day(
        first, service(result={"name": "证", "type": "certificate", "electronic": True, "valid_days": days})
    )
    assert last is not None and (last - first).days == days - 1


def test_without_days_it_has_no_end() -> None:
    assert model.last_day(date(2026, 7, 1), service()) is None
    assert made().at(datetime(2099, 1, 1, tzinfo=SHANGHAI)) == "valid"


def test_it_is_valid_from_its_first_moment_to_midnight_of_its_last_day_in_shanghai() -> None:
    card = made(valid_to=date(2031, 6, 30))
    last = datetime(2031, 7, 1, tzinfo=SHANGHAI)
    assert card.at(datetime(2026, 7, 1, tzinfo=SHANGHAI)) == "valid"
    assert card.at(last - timedelta(milliseconds=1)) == "valid" and card.at(last) == "expired"
    assert made(state=State.REVOKED, valid_to=date(2031, 6, 30)).at(last) == "revoked", "whatever the day"


@given(DAYS, st.none() | DAYS, st.sampled_from(["", "1234567890123459"]))
def test_a_row_is_read_as_it_was_written(first: date, last: date | None, replaces: str) -> None:
    card = made(valid_from=first, valid_to=last, replaces=replaces)
    assert Certificate.of(card.row()) == card


def test_nothing_comes_back_from_revoked() -> None:
    assert not EDGES[State.REVOKED]
