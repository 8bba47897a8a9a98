"""What departments decide over a table in memory: one transaction each, and every road ends."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.appeals import appeal
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput
from chalicelib.notices.facts import facts
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.codes import Ground, Outcome
from chalicelib.vocabulary.events import message
from chalicelib.vocabulary.statuses import Status, may
from tests.unit.approvals.fakes import APPROVER, POLICE, Office, reviewing
from tests.unit.samples import NOW, clerk, service

OUTCOMES: tuple[Outcome, ...] = ("approve", "reject", "correct")


def test_article_38_the_whole_way_to_a_licence() -> None:
    office = Office()
    office.open("accept", "zwzx")
    (task,), more = office.tasks.mine(clerk(), NOW)
    assert task["due"] == "2026-07-02" and task["applicant"] == "张*丰" and more is None
    office.decide(clerk(), "accept", "approve")
    assert office.status() is Status.ACCEPTED and office.tasks.mine(clerk(), NOW) == ([], None)
    office.open("review", "cgw")
    office.open("review", "gaj")
    assert office.status() is Status.IN_REVIEW
    office.decide(APPROVER, "review", "approve")
    office.decide(POLICE, "review", "approve")
    assert office.status() is Status.IN_REVIEW
    office.open("decide", "cgw")
    office.decide(APPROVER, "decide", "approve")
    assert office.status() is Status.GRANTED
    names = [event.name for event in office.cases.whole(office.case_no).events]
    assert names == "submitted assigned accepted assigned assigned reviewed reviewed assigned granted".split()


@pytest.mark.parametrize(("outcome", "path"), [("reject", "opinion"), ("correct", "missing")])
def test_a_no_has_reasons(outcome: Any, path: str) -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(InvalidInput) as refused:
        task_id = TaskKey(office.case_no, "accept", "zwzx").task_id
        office.tasks.decide(clerk(), task_id, Decision(outcome, " "), NOW)
    assert refused.value.fields[0].path == path and office.status() is Status.SUBMITTED


def test_articles_34_and_38_an_opinion_stops_nothing_and_who_decides_refuses_in_its_own_name() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "approve")
    office.decide(POLICE, "review", "reject", opinion="影响通行")
    row = office.row("task#review#gaj#1")
    assert (row.outcome, row.data["decision"], row.data["opinion"]) == ("opined", "reject", "影响通行")
    assert office.status() is Status.IN_REVIEW and office.owed() and "影响通行" not in repr(office.last())
    office.open("decide", "cgw", "t4")
    office.decide(APPROVER, "decide", "reject", opinion="占道影响通行。")
    assert office.status() is Status.DENIED and office.last().by == "市城管委"
    said = office.last().text.split("。")
    assert said[0] == "市城管委不予许可：占道影响通行" and said[1].startswith("如不服") and len(said) == 2


def test_refusing_closes_the_work_beside_it() -> None:
    office = reviewing()
    for who in (APPROVER, POLICE):
        office.decide(who, "review", "correct")
    office.open("decide", "cgw", "t4")
    office.decide(APPROVER, "decide", "reject")
    assert office.status() is Status.DENIED
    assert office.row("wait#supplement#review#gaj").outcome == "superseded"
    with pytest.raises(Conflict):
        office.supplement("photo")


def test_nobody_accepts_and_decides_the_same_case_whatever_posts_he_has() -> None:
    office = reviewing()
    both = Session(
        clerk().subject, "staff", name="王芳", roles=("clerk", "approver"), department="cgw", region="510100"
    )
    with pytest.raises(Forbidden, match="受理和审批由不同的人办理"):
        office.decide(both, "review", "approve")
    office.decide(APPROVER, "review", "approve")


@pytest.mark.parametrize(
    ("ground", "organ", "text", "sms"),
    [
        ("not_met", "", "市政务服务中心不予受理：不在受理范围", "不予受理：不在受理范围。"),
        ("not_required", "", "市政务服务中心不受理：不在受理范围，依法不需要取得行政许可", "不受理："),
        (
            "not_competent",
            "市交通局",
            "市政务服务中心不予受理：不在受理范围，不属于本机关职权范围，请向市交通局申请",
            "请向市交通局申请",
        ),
    ],
)
def test_article_32_not_accepting_names_its_ground_and_where_to_turn(
    ground: Ground, organ: str, text: str, sms: str
) -> None:
    """《行政许可法》第32条第1款第1、2项."""
    office = Office()
    office.open("accept", "zwzx")
    key = TaskKey(office.case_no, "accept", "zwzx").task_id
    office.tasks.decide(clerk(), key, Decision("reject", "不在受理范围", ground=ground, organ=organ), NOW)
    assert office.last().text.split("。") == [
        text,
        appeal(office.catalogue.get("street-stall").departments["zwzx"], NOW.date()).said(),
    ]
    told = message(office.last().name)
    assert told and sms in told.sms.format_map(facts(office.cases.head(office.case_no), office.last(), told, ""))


def test_who_is_not_accepted_by_a_window_turns_against_the_department_in_charge() -> None:
    """《行政复议法》第24条: the government of the organ whose act it is; a window has no power of its own."""
    known = service().departments
    acts = {"zwzx": replace(known["zwzx"], window=True), "cgw": replace(known["cgw"], reviewed_by="锦江区人民政府")}
    office = Office(departments={code: asdict(each) for code, each in (known | acts).items()})
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "reject")
    assert office.last().by == "市政务服务中心" and office.last().data["appeal"]["reviewed_by"] == "锦江区人民政府"
    assert "向锦江区人民政府申请行政复议" in office.last().text


def test_not_accepting_says_so_to_the_workflow() -> None:
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "reject")
    assert office.status() is Status.NOT_ACCEPTED
    assert office.row("task#accept#zwzx#1").data["output"] == {"result": "not_accepted"}


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(OUTCOMES)), max_size=14))
def test_no_order_of_acts_leaves_the_table_of_edges(acts: list[tuple[int, Outcome]]) -> None:
    """Whatever clerks, steps and the applicant do in whatever order, every move is an edge, and refusals change nothing."""
    office = Office()
    people = [(clerk(), "accept"), (APPROVER, "review"), (POLICE, "review"), (APPROVER, "decide")]
    before = office.status()
    for number, outcome in acts:
        try:
            if number < 4:
                who, stage = people[number]
                office.open(stage, who.department)
                rounds = [
                    row for row in office.store.kept.values() if row.key.startswith(f"task#{stage}#{who.department}#")
                ]
                office.decide(who, stage, outcome, len(rounds))
            elif number == 4:
                office.supplement()
            elif number == 5:
                office.lapses.lapse(office.case_no, NOW)
            else:
                body = {"case_no": office.case_no}
                office.desk.receive(Intake("withdrawal", "web", "tel:13800001234", "", body, NOW), NOW)
        except AppError:
            assert office.status() is before or number < 4
        assert may(before, office.status()), (before, office.status())
        before = office.status()
