"""Certificates over a table in memory: issued, checked, revoked, reissued, and guessed at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.certificates.model import drawn, is_number, place
from chalicelib.certificates.service import GUESSES
from chalicelib.delivery.service import Delivery
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, NotFound, TooMany
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.cases.audits import Audits
from tests.unit.certificates.fakes import SITE, certificates
from tests.unit.decided import Decided
from tests.unit.delivery.fakes import Contracts
from tests.unit.memory import MemoryExpiring
from tests.unit.samples import NOW, clerk

FIVE = {"name": "占道经营许可证", "type": "certificate", "electronic": True, "valid_years": 5}
BOSS = clerk("督办", "cgw", "supervisor")


class Office(Decided):
    """A granted case whose certificate was given."""

    def __init__(self, below: Any = None, **changes: Any) -> None:
        super().__init__(Status.GRANTED, {"method": "electronic"}, **{"result": FIVE, **changes})
        self.audits, self.expiring = Audits(), MemoryExpiring()
        self.certificates = certificates(self.cases, self.expiring, self.audits, below)
        self.deliver()

    def deliver(self, token: str = "t1") -> None:
        couriers = Contracts().couriers
        Delivery(self.cases, self.services, couriers, self.certificates).start(self.case_no, token, NOW)

    @property
    def number(self) -> str:
        return str(self.case.facts["certificate"])

    def check(self, number: str = "", source: str = "somebody") -> Any:
        return self.certificates.checked(number or self.number, source, NOW)

    def state(self, number: str) -> str:
        return str(self.check(number)["state"])


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
    assert shown == {**office.check(), "department": "cgw", "verify_url": f"{SITE}/verify?n={office.number}"}


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
    assert taken is not None and taken.number == first.number
    with pytest.raises(Conflict) as refused:
        first.cases.amend(case, [taken.row()])
    assert refused.value.code == "changed_meanwhile", "what the step is begun anew for"
    other = second.issued(case, first.service, NOW)
    assert other is not None and other.number != first.number


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


def test_a_supervisor_of_the_department_revokes_for_good_and_it_is_told() -> None:
    office = Office()
    number = office.number
    shown = office.certificates.revoke(BOSS, number, "登记信息不实", NOW)
    assert shown["state"] == office.state(number) == "revoked"
    event = office.file.events[-1]
    assert (event.name, event.actor, event.by) == (EventName.CERTIFICATE_REVOKED, BOSS.subject, "市城管委")
    assert (
        event.text
        == f"占道经营许可证（编号{' '.join(number[at : at + 4] for at in range(0, 16, 4))}）已注销：登记信息不实"
    )
    assert event.data == {"result": "占道经营许可证", "certificate_no": number, "reason": "登记信息不实"}
    assert office.audits.notes == [
        (office.case_no, BOSS.subject, "注销证照：登记信息不实", [f"certificate.{number}"], NOW)
    ]
    with pytest.raises(Conflict) as again:
        office.certificates.revoke(BOSS, number, "再注销", NOW)
    assert again.value.code == "illegal_state" and office.case.status is Status.DELIVERED


@pytest.mark.parametrize("revoked", [False, True])
def test_a_reissue_gives_a_new_one_with_the_old_last_day_and_ends_the_old_one(revoked: bool) -> None:
    office = Office()
    old, later = office.number, NOW + timedelta(days=30)
    if revoked:
        office.certificates.revoke(BOSS, old, "登记信息有误", NOW)
    shown = office.certificates.reissue(BOSS, old, "更正后换发", later)
    assert shown["number"] == office.number != old and is_number(office.number)
    assert (shown["state"], office.state(old)) == ("valid", "revoked")
    assert (shown["valid_from"], shown["valid_to"], shown["holder"]) == ("2026-07-31", "2031-06-30", "张*丰")
    rows = {number: office.store.kept[place(number), "certificate"].data for number in (old, office.number)}
    assert rows[old]["replaced_by"] == office.number and rows[office.number]["replaces"] == old
    assert office.file.events[-1].name is EventName.CERTIFICATE_REISSUED
    with pytest.raises(Conflict, match="已经换发"):
        office.certificates.reissue(BOSS, old, "再换", later)


def test_what_is_over_is_not_reissued() -> None:
    office = Office(result={**FIVE, "valid_years": 0, "valid_days": 3})
    with pytest.raises(Conflict, match="已过有效期"):
        office.certificates.reissue(BOSS, office.number, "换发", NOW + timedelta(days=3))
    assert office.certificates.reissue(BOSS, office.number, "换发", NOW + timedelta(days=2))["state"] == "valid"


@pytest.mark.parametrize(
    ("who", "number", "error"),
    [
        (clerk("督办", "gaj", "supervisor"), "", Forbidden),
        (Session("staff:x", "staff", "督办", ("supervisor",), "cgw", "510104"), "", Forbidden),
        (BOSS, "1234567890123450", NotFound),
        (BOSS, "1000000000000009", NotFound),
    ],
)
@pytest.mark.parametrize("act", ["revoke", "reissue"])
def test_nobody_else_does_and_nothing_else_is_done(who: Session, number: str, error: type[AppError], act: str) -> None:
    office = Office()
    before = office.file
    with pytest.raises(error):
        getattr(office.certificates, act)(who, number or office.number, "理由", NOW)
    assert office.file == before and not office.audits.notes


def test_of_two_supervisors_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    head = office.cases.head

    def late(case_no: str) -> Any:
        monkeypatch.setattr(office.cases, "head", head)
        office.certificates.revoke(BOSS, office.number, "先注销", NOW)
        return head(case_no)

    monkeypatch.setattr(office.cases, "head", late)
    number = str(head(office.case_no).facts["certificate"])
    with pytest.raises(Conflict) as refused:
        office.certificates.revoke(BOSS, number, "后注销", NOW)
    assert refused.value.code == "changed_meanwhile" and office.events.count("certificate_revoked") == 1
