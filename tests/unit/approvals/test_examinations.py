"""核查 (《行政许可法》第34条第3款): by two of the office, on record, for the offices alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.approvals.examinations import Examinations
from chalicelib.cases.page import _entry, _staff_entry
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput
from tests.unit.approvals.fakes import APPROVER, HEAD, POLICE, Office, reviewing
from tests.unit.office import Colleagues
from tests.unit.samples import clerk

OTHER = clerk("周强", "cgw", "approver")


def examined(office: Office, who: Session = APPROVER, colleague: str = "周强", held_on: str = "2026-07-03") -> None:
    people, day = Colleagues(APPROVER, OTHER, POLICE), date.fromisoformat(held_on)
    found = Examinations(office.cases, office.catalogue, lambda: people)
    found.examine(office.case_no, who, day, colleague, "现场情况与材料一致", office.now)


def test_article_34_two_of_the_office_verify_and_only_the_offices_read_who_and_what() -> None:
    office = reviewing().on("07-03")
    before = office.cases.head(office.case_no)
    examined(office)
    event, after = office.last(), office.cases.head(office.case_no)
    assert event.text == "市城管委2名工作人员于7月3日核查了申请材料的实质内容" and event.actor == APPROVER.subject
    assert (after.status, after.clock, after.desk) == (before.status, before.clock, before.desk), "the time goes on"
    assert _staff_entry(event)["data"] == {
        "held_on": "2026-07-03",
        "staff": [APPROVER.name, OTHER.name],
        "finding": "现场情况与材料一致",
    }
    assert "data" not in _entry(event)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colleague": "王芳"}, "colleague"),
        ({"colleague": "赵强"}, "colleague"),
        ({"colleague": "没有这个人"}, "colleague"),
        ({"held_on": "2026-07-04"}, "held_on"),
        ({"held_on": "2026-06-30"}, "held_on"),
    ],
    ids=["alone", "another office's", "nobody", "not yet", "before it was asked for"],
)
def test_what_is_no_examination_names_its_field(changes: dict[str, Any], path: str) -> None:
    office = reviewing().on("07-03")
    with pytest.raises(InvalidInput) as refused:
        examined(office, **changes)
    assert [fault.path for fault in refused.value.fields] == [path]


@pytest.mark.parametrize(
    ("who", "ends", "why"),
    [
        (HEAD, False, None),
        (clerk("窗口", "cgw"), False, Forbidden),
        (clerk("外人", "mzj", "approver"), False, Forbidden),
        (APPROVER, True, Forbidden),
    ],
    ids=["the head of the same", "a window", "another department", "when it is over"],
)
def test_who_reviews_or_decides_examines_while_it_is_not_decided(
    who: Session, ends: bool, why: type[AppError] | None
) -> None:
    office = reviewing().on("07-03")
    if ends:
        office.withdraw()
    if why is None:
        examined(office, who)
        return
    with pytest.raises(why):
        examined(office, who)


def test_before_acceptance_there_is_nobody_who_reviews() -> None:
    office = Office({"id": "one", "name": "核对", "kind": "decision", "departments": ["cgw"], "limit_days": 1})
    office.open("one", "cgw")
    with pytest.raises(Conflict):
        examined(office.on("07-03"))
