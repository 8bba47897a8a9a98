"""Who sees what of a case: its owner in full, windows and supervisors masked, in clear only who works on it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases.model import CaseFile, Row
from chalicelib.cases.page import Pages
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import AppError, Forbidden, NotFound
from tests.unit.cases.audits import Audits
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import desk
from tests.unit.samples import ID, NOW, Services, application, clerk


@pytest.fixture
def audits() -> Audits:
    return Audits()


@pytest.fixture
def number(store: MemoryStore) -> str:
    """A case on which 市城管委 works."""
    number = str(desk(cases(store), Services()).receive(application(), NOW).body["case_no"])
    cases(store).keep(Row(number, "task#review#cgw#1", "task", "open", data={"department": "cgw", "region": "510100"}))
    return number


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def pages(store: MemoryStore, audits: Audits) -> Pages:
    return Pages(cases(store), Services(), audits)


ELSEWHERE = Session("staff:x", "staff", "某人", ("approver",), "cgw", "510104")


@pytest.mark.parametrize(
    ("who", "masked", "clear"),
    [
        (clerk("王芳", "cgw", "approver"), True, True),
        (clerk("窗口", "zwzx", "clerk"), True, False),
        (clerk("督办", "gaj", "supervisor"), True, False),
        (clerk("赵强", "gaj", "approver"), False, False),
        (ELSEWHERE, False, False),
    ],
)
def test_who_sees_what(pages: Pages, audits: Audits, number: str, who: Session, masked: bool, clear: bool) -> None:
    def may(look: Any) -> bool:
        try:
            return bool(look())
        except Forbidden:
            return False

    assert may(lambda: pages.staff(number, who)) is masked
    assert may(lambda: pages.reveal(number, who, "核对", NOW)) is clear
    assert len(audits.notes) == int(clear)
    if masked:
        assert ID not in str(pages.staff(number, who))


@pytest.mark.parametrize(
    ("who", "can"),
    [
        (clerk("王芳", "cgw", "approver"), []),
        (clerk("李丽", "cgw", "clerk"), ["supplement"]),
        (clerk("窗口", "zwzx", "clerk"), []),
    ],
)
def test_the_window_at_work_is_told_what_it_may_do(
    store: MemoryStore, number: str, who: Session, can: list[str]
) -> None:
    pages = Pages(cases(store), Services(), Audits(), can=[lambda file: ["withdraw"], lambda file: ["supplement"]])
    page = pages.staff(number, who)
    assert page["can"] == can
    assert page["version"] == cases(store).head(number).version


def test_what_a_capability_has_sealed_is_opened_once_on_record(store: MemoryStore, audits: Audits, number: str) -> None:
    def sealed(file: CaseFile, who: Session) -> dict[str, Any]:
        return {"words": lambda: len(audits.notes), "other": None}

    pages = Pages(cases(store), Services(), audits, sealed=[sealed])
    seen = pages.reveal(number, clerk("王芳", "cgw", "approver"), "核对", NOW)
    assert (seen["words"], seen["other"]) == (1, None)
    assert "words" in audits.notes[0][3] and "other" not in audits.notes[0][3]


def test_who_works_on_a_case_opens_its_files_as_they_were_handed_in(
    pages: Pages, store: MemoryStore, number: str
) -> None:
    known, handed = cases(store), {"code": "photo", "material_id": "1", "by": "tel:13800001234", "version": "v1"}
    case = known.opened(number)
    store.heads[number] = known.sealed(case, {**(case.private or {}), "materials": [handed]})
    worker = clerk("王芳", "cgw", "approver")
    assert pages.handed_in(number, "1", worker, NOW) == handed | {"name": "现场照片"}
    with pytest.raises(NotFound):
        pages.handed_in(number, "2", worker, NOW)
    with pytest.raises(Forbidden):
        pages.handed_in(number, "1", clerk("窗口", "zwzx", "clerk"), NOW)


def test_a_strange_number_is_not_there(pages: Pages) -> None:
    with pytest.raises(AppError) as refused:
        pages.staff("9" * 3000, clerk())
    assert refused.value.status == 404
