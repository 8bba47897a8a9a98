"""The promise: fixed at acceptance, moved by what supplements take, told wherever it moves; a decision is held to it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.model import event_key
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import InvalidInput
from chalicelib.kernel.workdays import add_workdays, count_workdays
from chalicelib.supervision.model import happening
from chalicelib.tasks.model import timed
from chalicelib.vocabulary.events import message
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, Office
from tests.unit.samples import clerk

ONE = {"id": "issue", "name": "核对并制证", "kind": "decision", "departments": ["cgw"], "limit_days": 1}


def accepted(**changes: Any) -> Office:
    """A case filed on 1 July, promised in five working days, accepted on 3 July, under review by two departments."""
    office = Office(**changes)
    office.open("accept", "zwzx")
    office.on("07-03").decide(clerk(), "accept", "approve")
    office.open("review", "cgw", "t2")
    office.open("review", "gaj", "t3")
    return office


def measured(office: Office) -> str:
    """What the case was promised by, as its decision says it to supervision."""
    return str(office.last().data["promised_by"])


def test_article_32_acceptance_is_told_with_the_day_promised_which_runs_from_it() -> None:
    office = Office()
    assert office.due() == "07-08"
    office.open("accept", "zwzx")
    office.on("07-03").decide(clerk(), "accept", "approve")
    assert office.due() == "07-10" and office.last().text.endswith("，承诺7月10日前办结")


def test_a_supplement_moves_it_by_what_it_took_and_says_so() -> None:
    office = accepted()
    office.on("07-06").decide(APPROVER, "review", "correct", missing=[{"code": "photo", "text": "照片"}])
    assert "补正期间不计时" in office.last().text
    reply = office.on("07-09").supplement("photo")
    assert office.due() == "07-15" == reply.body["promised_by"][5:]
    assert (
        office.last().text == "申请人已补正材料，继续办理（材料：现场照片），承诺办结日因补正顺延3个工作日，改为7月15日"
    )
    assert reply.text.endswith("改为7月15日") and reply.body["clock"]["taken"] == [{"reason": "supplement", "days": 3}]
    told = message(office.last().name)
    assert told and "{still}" in told.sms, "who hears it may be another than who handed in"


def test_on_the_fourteenth_day_it_moves_by_what_the_supplement_took() -> None:
    office = accepted(promised_days=20)
    day = add_workdays(date(2026, 7, 3), 14).day
    due = office.cases.head(office.case_no).clock.due.day
    office.on(f"{day:%m-%d}").decide(APPROVER, "review", "correct", missing=[{"code": "photo", "text": "照片"}])
    back = add_workdays(day, 8).day
    office.on(f"{back:%m-%d}").supplement("photo")
    assert office.cases.head(office.case_no).clock.due.day == add_workdays(due, 8).day > due
    assert "承诺办结日因补正顺延8个工作日" in office.last().text


def test_asked_while_it_stands_it_says_what_to_bring_by_when_and_no_day_that_may_be_past() -> None:
    office = accepted()
    office.on("07-06").decide(APPROVER, "review", "correct")
    office.on("07-07").decide(POLICE, "review", "correct", missing=[{"code": "lease", "text": "合同"}])
    asked = Intake("query", "sms", "tel:13800001234", "", {"case_no": office.case_no}, office.now)
    told = "“占道经营许可”待补正，补正期间不计时，之后4个工作日内办结，请在7月27日前补正：现场照片；在7月28日前补正：合同。"
    where = "材料可在小程序、网页上传，或送到成都市城管窗口、成都市公安窗口。"
    assert office.desk.receive(asked, office.now).text == told + where


def test_one_of_two_items_lets_it_stand_on() -> None:
    office = accepted()
    office.on("07-06").decide(APPROVER, "review", "correct")
    office.on("07-07").decide(POLICE, "review", "correct", missing=[{"code": "lease", "text": "合同"}])
    office.on("07-08").supplement("photo")
    assert office.due() == "07-10" and office.cases.head(office.case_no).clock.paused is not None
    office.on("07-10").supplement("lease")
    assert office.due() == "07-16", "from the first that was asked to the last that came: 7, 8, 9, 10 July"


def test_work_cut_short_by_the_promise_moves_with_it() -> None:
    office = accepted(promised_days=2)
    assert office.row("task#review#gaj#1").due[:10] == "2026-07-07"
    office.on("07-06").decide(APPROVER, "review", "correct")
    office.on("07-07").supplement("photo")
    assert office.row("task#review#gaj#1").due[:10] == "2026-07-08" == office.row("task#review#cgw#2").due[:10]


def test_what_the_applicant_takes_before_acceptance_is_no_time_of_the_office() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "correct")
    office.on("07-07").supplement("photo")
    assert office.due() == "07-14" and "顺延" not in office.last().text, "what it would be, were it accepted today"
    office.on("07-08").decide(clerk(), "accept", "approve", 2)
    assert office.due() == "07-15"


@pytest.mark.parametrize(("day", "figure"), [("07-09", "on_time"), ("07-10", "on_time"), ("07-13", "overdue")])
def test_a_decision_is_held_to_the_promise_as_it_stands(day: str, figure: str) -> None:
    office = accepted()
    office.open("decide", "cgw", "t4")
    office.on(day).decide(APPROVER, "decide", "reject")
    assert office.status() is Status.DENIED and measured(office) == "2026-07-10"
    change = office.cases.change(office.case_no, event_key(office.cases.head(office.case_no).rev))
    found = happening(change)
    assert found and figure in found.figures


def test_a_refusal_while_it_stands_is_held_to_what_it_would_have_been() -> None:
    office = accepted()
    office.on("07-06").decide(POLICE, "review", "correct")
    office.open("decide", "cgw", "t4")
    office.on("07-08").decide(APPROVER, "decide", "reject")
    assert measured(office) == "2026-07-14"


def test_not_accepting_is_held_to_the_day_of_its_task() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.on("07-08").decide(clerk(), "accept", "reject")
    assert measured(office) == "2026-07-02"


def test_where_no_stage_accepts_receiving_is_accepting() -> None:
    """Else an instant service decided a month later would be on time."""
    office = Office(ONE, project_type="instant", promised_days=1)
    assert office.due() == "07-02" and office.cases.head(office.case_no).clock.accepted
    office.open("issue", "cgw")
    office.on("07-30").decide(APPROVER, "issue", "approve")
    assert office.status() is Status.GRANTED and measured(office) == "2026-07-02"


def test_the_official_number_is_given_once() -> None:
    two = {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx", "cgw"], "limit_days": 1}
    last = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}
    office = Office(two, last)
    office.open("accept", "zwzx")
    office.open("accept", "cgw")
    office.decide(clerk(), "accept", "approve")
    assert office.status() is Status.SUBMITTED and office.owed() is False
    office.on("07-06").decide(clerk("孙丽", "cgw"), "accept", "approve")
    assert office.numbers.given == 1 and office.due() == "07-13", "it is accepted when the last has accepted it"


@given(st.integers(1, 9), st.lists(st.tuples(st.sampled_from("CPcp."), st.integers(0, 4)), max_size=9))
def test_whatever_is_asked_and_when_it_comes_the_promise_moves_by_that(
    promised: int, acts: list[tuple[str, int]]
) -> None:
    """C and P: a department asks; c and p: what it asked for comes. Accepted, the case owes its working days and those it stood."""
    office = accepted(promised_days=promised)
    day = first = date(2026, 7, 3)
    stood, left = 0, {"C": (APPROVER, "photo"), "P": (POLICE, "lease")}
    for act, later in acts:
        after = day + timedelta(days=later)
        stood += count_workdays(day, after) if office.status() is Status.CORRECTION else 0
        day = after
        office.on(f"{day:%m-%d}")
        if act in left:
            who, code = left.pop(act)
            office.decide(who, "review", "correct", missing=[{"code": code, "text": code}])
        elif act in "cp":
            with suppress(InvalidInput):  # a lease nobody asked for
                office.supplement({"c": "photo", "p": "lease"}[act])
        clock = office.cases.head(office.case_no).clock
        assert clock.until(day).due.day == add_workdays(first, promised + stood).day
        assert (clock.paused is not None) == (office.status() is Status.CORRECTION)
        for task in (row for row in office.cases.rows(office.case_no, "task#review#") if row.outcome is None):
            assert task.due == timed(task, office.cases.head(office.case_no)).due, "no task is left at the old day"
