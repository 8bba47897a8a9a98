"""What a supervisor does with a certificate: revoke it for good, give a new one for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cases.appeals import appeal
from chalicelib.certificates.model import grouped, is_number, place
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, NotFound
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.certificates.fakes import BOSS, COLLEAGUE, FIVE, Office
from tests.unit.samples import NOW, clerk


def test_article_70_a_supervisor_of_the_department_revokes_for_good_and_it_is_told() -> None:
    office = Office()
    number = office.number
    shown = office.certificates.revoke(BOSS, number, "登记信息不实", NOW)
    assert shown["state"] == office.state(number) == "revoked"
    event = office.file.events[-1]
    assert (event.name, event.actor, event.by) == (EventName.CERTIFICATE_REVOKED, BOSS.subject, "市城管委")
    way = appeal(office.service.departments["cgw"], NOW.date())
    assert event.text.split("。") == [f"占道经营许可证（编号{grouped(number)}）已注销：登记信息不实", way.said()]
    assert event.data == {"result": "占道经营许可证", "certificate_no": number, "reason": "登记信息不实", **way.told()}
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
    shown = office.certificates.reissue(COLLEAGUE if revoked else BOSS, old, "更正后换发", later)
    assert shown["number"] == office.number != old and is_number(office.number)
    assert (shown["state"], office.state(old)) == ("valid", "revoked")
    assert (shown["valid_from"], shown["valid_to"], shown["holder"]) == ("2026-07-31", "2031-06-30", "张*丰")
    rows = {number: office.store.kept[place(number), "certificate"].data for number in (old, office.number)}
    assert rows[old]["replaced_by"] == office.number and rows[office.number]["replaces"] == old
    assert office.file.events[-1].name is EventName.CERTIFICATE_REISSUED
    with pytest.raises(Conflict, match="已经换发"):
        office.certificates.reissue(BOSS, old, "再换", later)


def test_article_70_nobody_gives_back_alone_what_he_revoked() -> None:
    office = Office()
    old = office.number
    office.certificates.revoke(BOSS, old, "登记信息有误", NOW)
    before, noted = office.file, len(office.audits.notes)
    with pytest.raises(Forbidden, match="是您注销的，确需换发的，请由本部门另一位监督人员办理"):
        office.certificates.reissue(BOSS, old, "旧证误注销，予以换发", NOW)
    assert office.file == before and len(office.audits.notes) == noted
    fresh = office.certificates.reissue(COLLEAGUE, old, "旧证误注销，予以换发", NOW)
    office.certificates.revoke(COLLEAGUE, fresh["number"], "注销", NOW)
    assert office.certificates.reissue(BOSS, fresh["number"], "误注销", NOW)["state"] == "valid", (
        "of this one the other is"
    )


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
