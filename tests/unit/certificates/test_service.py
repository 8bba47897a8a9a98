"""Certificates over a table in memory: issued, checked, and guessed at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.certificates.model import drawn
from chalicelib.certificates.service import GUESSES
from chalicelib.kernel.errors import Conflict, NotFound, TooMany
from tests.unit.certificates.fakes import SITE, Office, certificates
from tests.unit.samples import NOW


def test_it_says_what_it_is_and_masks_who_holds_it() -> None:
    office = Office()
    assert office.check() == {
        "number": office.number,
        "state": "valid",
        "type": "占道经营许可证",
        "holder": "张*丰",
        "issuer": "市城管委",
        "valid_from": "2026-07-01",
        "valid_to": "2031-06-30",
    }
    assert office.file.events[-1].data["certificate_no"] == office.number


def test_the_page_shows_where_it_is_checked() -> None:
    office = Office()
    shown = office.certificates.shown(office.case, NOW)
    assert shown == {
        **office.check(),
        "department": "cgw",
        "verify_url": f"{SITE}/verify?n={office.number}",
        "renewal": None,
    }


def test_it_is_given_once_however_often_the_step_is_called() -> None:
    office = Office()
    before = office.number
    office.deliver("t2")
    assert (
        office.number == before and len([row for row in office.store.kept.values() if row.kind == "certificate"]) == 1
    )


def test_who_gave_no_name_holds_it_by_the_masked_number_the_office_checked() -> None:
    office = Office(applicant={"type": "person", "id": "id_number"})
    assert office.check()["holder"] == "510***********0019"


def test_a_number_that_is_taken_is_drawn_anew() -> None:
    first = Office(below=lambda n: 7)
    again = iter([7, 8])
    second = certificates(first.cases, below=lambda n: next(again))
    case, _ = first.case, first.number
    taken = second.issued(case, first.service, NOW)
    assert taken is not None and taken.certificate.number == first.number
    with pytest.raises(Conflict) as refused:
        first.cases.amend(case, taken.rows)
    assert refused.value.code == "changed_meanwhile", "what the step is begun anew for"
    other = second.issued(case, first.service, NOW)
    assert other is not None and other.certificate.number != first.number


@pytest.mark.parametrize("number", ["1", "12345678901234590", "x" * 16, "1234567890123450"])
def test_what_is_no_number_costs_no_read_and_is_told_as_what_nobody_has(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office()
    with pytest.raises(NotFound) as unknown:
        office.check(free(1)[0])
    monkeypatch.setattr(office.store, "row", None)
    monkeypatch.setattr(office.expiring, "get", None)
    with pytest.raises(NotFound) as refused:
        office.check(number)
    assert (refused.value.detail, refused.value.code) == (unknown.value.detail, unknown.value.code)


def free(count: int) -> list[str]:
    """Numbers that nobody has."""
    return [drawn(lambda below, at=at: below - 1 - at) for at in range(count)]  # type: ignore[misc]


def test_guessing_ends_and_then_says_nothing_of_a_right_one_either() -> None:
    office, (most, _) = Office(), GUESSES[0]
    for number in free(most):
        assert office.check()["state"] == "valid", "right ones are not counted"
        with pytest.raises(NotFound):
            office.check(number)
    for number in (free(most + 1)[-1], office.number):
        with pytest.raises(TooMany):
            office.check(number)
    assert office.check(source="somebody else")["state"] == "valid"
    with pytest.raises(NotFound):
        office.certificates.checked(free(1)[0], "somebody", NOW + timedelta(seconds=GUESSES[0][1]))
    assert "somebody" not in str(office.expiring.kept), "addresses are kept hashed"
