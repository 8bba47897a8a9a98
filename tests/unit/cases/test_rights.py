"""Who is who: known by what the way in proved, never by what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.cases.rights import RIGHTS, Act, Asker, Standing, instead, may
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Forbidden, NotFound
from chalicelib.vocabulary.channels import own
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import desk
from tests.unit.samples import ID, NOW, Services, application, clerk

PHONE = "13800001234"  # on record


def standing(filed_by: Session, asker: Session) -> set[Standing]:
    """File by one, ask by another; return what the other is."""
    filed = application(sender=filed_by.subject, channel="window" if filed_by.staff else "web")
    store = MemoryStore()
    number = desk(cases(store), Services()).receive(replace(filed, who=filed_by), NOW).body["case_no"]
    return set(cases(store).standings(cases(store).head(number), Asker.of(asker)))


TEL, WX = Session(f"tel:{PHONE}", "sms", phone=PHONE), Session("wx:o1", "wechat")
OWN = replace(WX, phone=PHONE)
BOTH = {Standing.FILER, Standing.CONTACT}


@pytest.mark.parametrize(
    ("label", "filed_by", "asker", "found"),
    [
        ("himself", WX, WX, {Standing.FILER}),
        ("his telephone was not his by any proof", WX, TEL, {Standing.CONTACT}),
        ("his telephone was proved when he filed", OWN, TEL, BOTH),
        ("a telephone that files is its own", TEL, OWN, BOTH),
        ("another who holds it now", OWN, Session("wx:o2", "wechat", phone=PHONE), BOTH),
        ("another user without it", OWN, Session("wx:o2", "wechat"), set()),
        ("one visit to a kiosk", Session("kiosk:k:1", "kiosk"), Session("kiosk:k:1", "kiosk"), {Standing.FILER}),
        ("and the next", Session("kiosk:k:1", "kiosk"), Session("kiosk:k:2", "kiosk"), set()),
        ("the window's clerk", clerk(), clerk(), {Standing.WINDOW, Standing.OVERSIGHT}),
        ("her colleague", clerk(), clerk("王芳"), {Standing.WINDOW, Standing.OVERSIGHT}),
        ("who decides there", clerk(), clerk("王芳", role="approver"), set()),
        ("the same window elsewhere", clerk(), replace(clerk(), region="510104"), {Standing.OVERSIGHT}),
        ("whose telephone a window was given", clerk(), TEL, {Standing.CONTACT, Standing.HOLDER}),
        ("whose telephone a kiosk was given", Session("kiosk:k:1", "kiosk"), OWN, {Standing.CONTACT, Standing.HOLDER}),
        ("another telephone", clerk(), Session("tel:13900000009", "sms", phone="13900000009"), set()),
    ],
)
def test_who_is_what(label: str, filed_by: Session, asker: Session, found: set[Standing]) -> None:
    assert standing(filed_by, asker) == found


def test_what_must_never_be() -> None:
    """Said apart from the table, so that a careless change of it is seen."""
    office = {Standing.WINDOW, Standing.OFFICE, Standing.OVERSIGHT}
    for_citizens = {Act.WITHDRAW, Act.PAY, Act.RATE}
    assert not any(RIGHTS[each] & for_citizens for each in office), "staff are no applicants"
    assert {each for each in Standing if Act.READ in RIGHTS[each]} == {Standing.FILER, Standing.AGENT, Standing.OFFICE}
    assert {each for each in Standing if Act.WITHDRAW in RIGHTS[each]} == {Standing.FILER, Standing.HOLDER}
    assert {each for each in Standing if Act.AMEND in RIGHTS[each]} == {Standing.FILER, Standing.AGENT, Standing.WINDOW}


def test_who_is_nobody_on_it_learns_nothing_and_who_is_somebody_is_told_no() -> None:
    store = MemoryStore()
    number = desk(cases(store), Services()).receive(application(sender="wx:o1"), NOW).body["case_no"]
    case = cases(store).head(number)
    with pytest.raises(NotFound):
        cases(store).allow(case, Asker.talking("tel:13900000000"), Act.LOOK)
    with pytest.raises(Forbidden):
        cases(store).allow(case, Asker.talking(f"tel:{PHONE}"), Act.WITHDRAW)


@pytest.mark.parametrize("filed_by", [TEL, WX, OWN, clerk(), Session("kiosk:k:1", "kiosk"), Session("call:1", "sms")])
@pytest.mark.parametrize("agent", [None, {"name": "李四", "id_number": ID, "phone": "13900000001"}])
def test_a_refusal_names_somebody_who_may(filed_by: Session, agent: dict[str, str] | None) -> None:
    """Everybody who can prove something is walked: of whom a refusal names, one is there."""
    filed = replace(application(sender=filed_by.subject, channel="window" if filed_by.staff else "web"), who=filed_by)
    filed = replace(filed, body=filed.body | ({"agent": agent} if agent else {}))
    house = cases(MemoryStore())
    case = house.head(desk(house, Services()).receive(filed, NOW).body["case_no"])
    people = [
        TEL,
        Session("tel:13900000001", "sms", phone="13900000001"),
        *([filed_by] if own(filed_by.subject) else []),
    ]
    standing = set.union(*(set(house.standings(case, Asker.of(each))) for each in people))
    for act in Act:
        assert (instead(case, act) == "办理部门的窗口") is not may(standing - {Standing.CONTACT}, act), act
    assert may(standing, Act.WITHDRAW), "there is always somebody who may give it up"


def test_what_a_window_took_in_the_timeline_says_so() -> None:
    store = MemoryStore()
    filed = replace(application(channel="window", sender="staff:李娜"), who=clerk())
    number = desk(cases(store), Services()).receive(filed, NOW).body["case_no"]
    assert cases(store).whole(number).events[0].by == "窗口"
