"""What approvals hang on a case's page for who works on it."""

from __future__ import annotations

import pytest

from chalicelib.approvals import parts
from tests.unit.approvals.fakes import APPROVER, Office, reviewing


def test_who_works_on_a_case_is_offered_the_opinions_of_its_service() -> None:
    opinions = {"review.reject": ["占用路段高峰时段交通饱和"], "extend": ["需要会商"]}
    office = Office(opinions=opinions)
    office.open("review", "cgw")
    file = office.cases.whole(office.case_no)
    page = parts.CAPABILITY.staff_page
    assert page
    shown = page(file, office.catalogue.get(file.case.service, file.case.version), APPROVER)
    assert shown["opinions"] == {place: tuple(texts) for place, texts in opinions.items()}
    assert [branch["department"] for branch in shown["branches"]] == ["cgw"]


@pytest.mark.parametrize(("days", "most"), [(20, 10), (45, 15)])
def test_article_42_who_works_on_a_case_reads_how_many_days_the_law_lets_it_be_extended_by(
    days: int, most: int
) -> None:
    office = reviewing(statutory_days=days)
    file = office.cases.whole(office.case_no)
    page = parts.CAPABILITY.staff_page
    assert page
    shown = page(file, office.catalogue.get(file.case.service, file.case.version), APPROVER)
    assert shown["extension"] == {"most": most, "own": 10}
