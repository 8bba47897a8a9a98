"""A no names the conditions that were not met, in the words of the service the case was filed under."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.cases.model import Event
from chalicelib.cases.page import public
from chalicelib.documents.drafts import drafted
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import InvalidInput
from chalicelib.notices.facts import facts
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EVENTS, EventName, message
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, Office, reviewing
from tests.unit.samples import NOW, clerk

ASKED = ["年满十八周岁", "所占路段不是主干道。", "不影响通行"]


def accepting() -> Office:
    office = Office(conditions=ASKED)
    office.open("accept", "zwzx")
    return office


def deciding() -> Office:
    office = accepting()
    office.decide(clerk(), "accept", "approve")
    office.open("decide", "cgw")
    return office


def refuse(office: Office, who: Session, stage: str, *unmet: str, **more: Any) -> None:
    key = TaskKey(office.case_no, stage, who.department).task_id
    office.tasks.decide(who, key, Decision("reject", "影响通行。", unmet=unmet, **more), NOW)


def paper(office: Office) -> list[str]:
    case = office.cases.opened(office.case_no)
    return [text for _, text in drafted(case, office.last(), office.catalogue.get(case.service, case.version)).body]


def test_article_38_a_refusal_names_the_conditions_that_were_not_met() -> None:
    """《行政许可法》第38条第2款: 说明理由."""
    office = deciding()
    refuse(office, APPROVER, "decide", ASKED[1], ASKED[2])
    assert office.status() is Status.DENIED
    said = office.last().text.split("。")
    assert said[0] == "市城管委不予许可：影响通行（不符合的条件：所占路段不是主干道；不影响通行）" and len(said) == 2
    assert EVENTS[office.last().name].told(office.last().data)["unmet"] == ASKED[1:], "the applicant reads it"
    assert office.last().data["reason"] == "影响通行"
    lines = paper(office)
    at = lines.index("不符合的条件：")
    assert lines[at - 1 : at + 3] == ["理由：影响通行。", "不符合的条件：", "1. 所占路段不是主干道", "2. 不影响通行"]
    assert "年满十八周岁" not in "".join(lines) and "应当具备的条件" not in "".join(lines)


@pytest.mark.parametrize(("task_type", "word"), [("01", "不予许可"), ("05", "不予办理"), ("20", "不予办理")])
def test_a_no_is_called_by_one_word_wherever_it_is_told(task_type: str, word: str) -> None:
    """《行政许可法》第2条: what is no licence is not refused as one."""
    office = Office(task_type=task_type)
    office.open("decide", "cgw")
    refuse(office, APPROVER, "decide")
    case, event, told = office.cases.opened(office.case_no), office.last(), message(EventName.DENIED)
    assert told and event.text.startswith(f"市城管委{word}：影响通行")
    said = facts(case, event, told, "")
    texts = [told.sms.format_map(said), said["note"], told.spoken.format_map(said), public(case)["status_name"]]
    assert all(word in text for text in texts) and said["status_name"] == word
    title = drafted(case, event, office.catalogue.get(case.service)).title
    assert title == {"不予许可": "不予行政许可决定书"}.get(word, f"{word}决定书")
    assert len({"不予许可", "不予办理"} & set(re.findall("不予(?:许可|办理)", "".join([event.text, *texts])))) == 1
    void = office.cases.record(office.cases.head(office.case_no), Event(EventName.VOIDED, "", NOW), Status.VOID)
    assert void.status_name == "已作废"


@pytest.mark.parametrize(("task_type", "why"), [("01", "依法不需要取得行政许可"), ("05", "依法不需要办理")])
def test_article_32_what_is_not_required_is_said_to_be_so_of_what_was_applied_for(task_type: str, why: str) -> None:
    office = Office(task_type=task_type)
    office.open("accept", "zwzx")
    refuse(office, clerk(), "accept", ground="not_required")
    case = office.cases.head(office.case_no)
    assert office.last().data["reason"] == f"影响通行，{why}" and case.status_name == "不受理"


def test_article_38_a_refusal_that_names_none_lists_all_there_are() -> None:
    office = deciding()
    refuse(office, APPROVER, "decide")
    assert office.last().text.startswith("市城管委不予许可：影响通行。") and "unmet" not in office.last().data
    lines = paper(office)
    at = lines.index("办理“占道经营许可”应当具备的条件：")
    assert lines[at + 1 : at + 4] == ["1. 年满十八周岁", "2. 所占路段不是主干道", "3. 不影响通行"]
    assert not any("不符合的" in line for line in lines)


def test_article_32_not_accepting_names_the_conditions_that_were_not_met() -> None:
    office = accepting()
    refuse(office, clerk(), "accept", ASKED[0])
    assert office.last().text.startswith("市政务服务中心不予受理：影响通行（不符合的条件：年满十八周岁）。")
    lines = paper(office)
    assert lines[lines.index("不符合的受理条件：") + 1] == "1. 年满十八周岁"


@pytest.mark.parametrize(
    ("stage", "unmet", "more", "paths"),
    [
        ("decide", ("年满十六周岁",), {}, ["unmet.0"]),
        ("decide", (ASKED[0], ASKED[1].rstrip("。"), "", ASKED[2]), {}, ["unmet.1", "unmet.2"]),
        ("accept", ("年满十六周岁",), {}, ["unmet.0"]),
        ("accept", (ASKED[0],), {"ground": "not_required"}, ["unmet"]),
        ("accept", (ASKED[0],), {"ground": "not_competent", "organ": "市交通局"}, ["unmet"]),
    ],
)
def test_only_conditions_of_the_service_are_named_and_only_where_they_are_the_ground(
    stage: str, unmet: tuple[str, ...], more: dict[str, Any], paths: list[str]
) -> None:
    office, who = (accepting(), clerk()) if stage == "accept" else (deciding(), APPROVER)
    before = office.last()
    with pytest.raises(InvalidInput, match="受理条件") as refused:
        refuse(office, who, stage, *unmet, **more)
    assert [fault.path for fault in refused.value.fields] == paths and office.last() == before


@pytest.mark.parametrize(("stage", "outcome"), [("review", "reject"), ("review", "approve"), ("decide", "approve")])
def test_what_refuses_nothing_names_no_condition(stage: str, outcome: Any) -> None:
    office = deciding() if stage == "decide" else reviewing()
    key = TaskKey(office.case_no, stage, "cgw").task_id
    with pytest.raises(InvalidInput, match="只有不予受理、不予许可") as refused:
        office.tasks.decide(APPROVER, key, Decision(outcome, "意见", unmet=("年满十八周岁",)), NOW)
    assert [fault.path for fault in refused.value.fields] == ["unmet"]
    office.tasks.decide(APPROVER, key, Decision(outcome, "意见"), NOW)


def test_a_decision_says_whether_it_refuses() -> None:
    for office, who, expected in (
        (accepting(), clerk(), ["reject"]),
        (deciding(), APPROVER, ["reject"]),
        (reviewing(), APPROVER, []),
    ):
        ((task,), _) = office.tasks.mine(who, NOW)
        assert [each["outcome"] for each in task["choices"] if each.get("refuses")] == expected
