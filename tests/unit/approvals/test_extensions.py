"""延长 (《行政许可法》第42条): how long, by whose approval, and before the time is over."""

from __future__ import annotations

import pytest

from chalicelib.kernel.errors import Conflict, InvalidInput
from tests.unit.approvals.fakes import HEAD, Office, reviewing

PAPER = "成府批〔2026〕12号"


def extend(office: Office, days: int, approval: str = "") -> None:
    office.procedures.extend(office.case_no, HEAD, days, "案情复杂", office.now, approval)


@pytest.mark.parametrize(("days", "held"), [(1, True), (10, True), (11, False), (0, False)])
def test_article_42_at_most_ten_days_though_departments_handle_it_together_where_the_law_gives_twenty(
    days: int, held: bool
) -> None:
    office = reviewing()
    if held:
        extend(office, days)
        return
    with pytest.raises(InvalidInput) as refused:
        extend(office, days, PAPER)
    assert refused.value.fields[0].path == "days"


@pytest.mark.parametrize(("days", "approval", "path"), [(16, PAPER, "days"), (11, "", "approval")])
def test_article_42_at_most_fifteen_where_the_law_gives_more_and_over_ten_the_government_approves(
    days: int, approval: str, path: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        extend(reviewing(statutory_days=45), days, approval)
    assert refused.value.fields[0].path == path
    office = reviewing(statutory_days=45)
    extend(office, 15, PAPER)
    assert office.last().text.startswith(f"经本级人民政府负责人批准（{PAPER}）延长15个工作日：案情复杂")


def test_article_42_not_after_the_time_is_over() -> None:
    office = reviewing()
    extend(office.on("07-08"), 3)
    late = reviewing()
    with pytest.raises(Conflict, match="已经过了"):
        extend(late.on("07-09"), 3)


def test_a_refusal_for_want_of_days_names_no_department_as_the_government() -> None:
    office = reviewing(statutory_days=45)
    extend(office, 10)
    assert office.last().text.startswith("经市城管委负责人批准延长10个工作日")
