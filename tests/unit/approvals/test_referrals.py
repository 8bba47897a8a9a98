"""Other departments asked before one decides (退回重审、会签): the token waits, every opinion comes back, nothing is left lying."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.approvals.procedures import CHECKS
from chalicelib.cases.acts import open_to
from chalicelib.cases.page import _entry
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EVENTS
from chalicelib.vocabulary.periods import COUNTERSIGN_WORKDAYS
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, HEAD, POLICE, REFERRAL, TWO, Office, back, deciding, sent
from tests.unit.samples import NOW, clerk


def choices(office: Office, who: Session) -> dict[str, Any]:
    """What the only task of somebody's department offers."""
    ((task,), _) = office.tasks.mine(who, office.now)
    return {each["outcome"]: [to["code"] for to in each.get("to", [])] for each in task["choices"]}


def test_asked_to_countersign_the_token_waits_and_comes_back_with_the_opinion() -> None:
    office = sent(deciding())
    asked, wait = office.row("task#decide#cgw#1"), office.row(REFERRAL)
    assert (asked.outcome, asked.token, asked.data["decision"]) == ("referred", None, "countersign")
    assert (wait.token, wait.outcome) == ("t4", None) and office.status() is Status.IN_REVIEW
    ((task,), _) = office.tasks.mine(POLICE, NOW)
    assert (task["kind"], task["stage_name"], task["days"]) == ("countersign", "会签", COUNTERSIGN_WORKDAYS)
    assert (task["asked"], task["asked_by"]) == ("请看是否影响通行", "市城管委") and choices(office, POLICE) == {
        "approve": [],
        "reject": [],
    }
    office.decide(POLICE, "countersign", "reject", opinion="早高峰不宜")
    again = office.row("task#decide#cgw#2")
    assert (again.token, again.outcome) == ("t4", None)
    assert (office.row(REFERRAL).token, office.row(REFERRAL).outcome) == (None, "answered")
    assert office.row("task#countersign#gaj#1").outcome == "opined" and office.status() is Status.IN_REVIEW
    office.decide(APPROVER, "decide", "approve", 2)
    assert office.status() is Status.GRANTED, "an opinion against it binds nobody: who decides decides in its own name"


def test_a_department_reviews_again_what_came_back_and_may_change_its_opinion() -> None:
    office = back(deciding())
    assert office.last().text == "市城管委已退回市公安局重新审查"
    assert choices(office, POLICE) == {"approve": [], "reject": []}, (
        "no second 补正 (第32条: 一次告知), nobody is asked further"
    )
    task = office.row("task#review#gaj#2")
    assert (task.data["kind"], task.data["days"], task.token) == ("review", 3, None)
    office.decide(POLICE, "review", "approve", 2)
    assert office.last().text == "市公安局已提出审查意见" and office.row("task#decide#cgw#2").token == "t4"
    opinions = [row.outcome for row in office.cases.whole(office.case_no).under("task#review#gaj#")]
    assert opinions == ["opined", "approve"], "both stand before who decides"


def test_the_last_of_several_brings_the_case_back() -> None:
    office = back(deciding(), "gaj", "cgw", "gaj")
    office.decide(APPROVER, "review", "approve", 2)
    assert office.row("task#decide#cgw#2") is None and office.row(REFERRAL).outcome is None
    office.decide(POLICE, "review", "reject", 2)
    assert office.row("task#decide#cgw#2").token == "t4" and office.row("task#review#gaj#3") is None


def test_whom_a_task_may_ask() -> None:
    office = Office(countersigners=["xfj"])
    office.open("accept", "zwzx")
    assert set(choices(office, clerk())) == {"approve", "reject", "correct"}, "accepting is one-way: nothing before it"
    office.decide(clerk(), "accept", "approve")
    office.open("review", "cgw")
    assert choices(office, APPROVER)["countersign"] == ["gaj", "xfj"] and "return" not in choices(office, APPROVER)
    office = deciding()
    assert choices(office, APPROVER)["return"] == ["cgw", "gaj"] and choices(office, APPROVER)["countersign"] == ["gaj"]
    ((task,), _) = office.tasks.mine(APPROVER, NOW)
    (named,) = [each["to"] for each in task["choices"] if each["outcome"] == "countersign"]
    assert named == [{"code": "gaj", "name": "市公安局"}]


@pytest.mark.parametrize(
    ("outcome", "to", "opinion", "path"),
    [
        ("countersign", ("cgw",), "请看", "to.0"),
        ("countersign", ("gaj", "zwzx"), "请看", "to.1"),
        ("return", ("zwzx",), "请看", "to.0"),
        ("return", ("nobody",), "请看", "to.0"),
        ("return", (), "请看", "to"),
        ("countersign", ("gaj",), " ", "opinion"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(outcome: Any, to: tuple[str, ...], opinion: str, path: str) -> None:
    office = deciding()
    key = TaskKey(office.case_no, "decide", "cgw").task_id
    with pytest.raises(InvalidInput) as refusal:
        office.tasks.decide(APPROVER, key, Decision(outcome, opinion, to=to), NOW)
    assert refusal.value.fields[0].path == path and office.row(REFERRAL) is None


def test_an_accepted_case_is_never_sent_back_to_before_acceptance() -> None:
    office = Office()
    office.open("accept", "zwzx")
    with pytest.raises(InvalidInput, match="受理只能"):
        office.decide(clerk(), "accept", "return", to=("zwzx",))


@pytest.mark.parametrize(("outcome", "code"), [("correct", "corrected_before"), ("return", "illegal_state")])
def test_article_32_who_is_asked_asks_the_applicant_nothing_and_nobody_further(outcome: Any, code: str) -> None:
    """《行政许可法》第32条: 一次告知; and nothing goes round in circles."""
    office = back(deciding())
    with pytest.raises(Conflict) as refusal:
        office.decide(POLICE, "review", outcome, 2, missing=TWO, to=("cgw",))
    assert refusal.value.code == code and office.row("task#review#gaj#2").outcome is None


def test_it_may_be_asked_again_and_each_time_has_its_wait() -> None:
    office = sent(deciding())
    office.decide(POLICE, "countersign", "approve")
    back(office, round_=2)
    office.decide(POLICE, "review", "approve", 2)
    sent(office, round_=3)
    assert office.row("task#countersign#gaj#2").data["referral"] == "wait#referral#decide#cgw#3"
    office.decide(POLICE, "countersign", "approve", 2)
    office.decide(APPROVER, "decide", "approve", 4)
    assert office.status() is Status.GRANTED and office.row("task#decide#cgw#4").token == "t4"


def test_article_32_who_asked_other_departments_first_has_its_supplement_still_and_once() -> None:
    """《行政许可法》第32条: 一次告知."""
    office = sent(deciding())
    office.decide(POLICE, "countersign", "approve")
    assert "correct" in choices(office, APPROVER)
    office.decide(APPROVER, "decide", "correct", 2)
    office.supplement("photo")
    assert office.row("task#decide#cgw#3").token == "t4" and "correct" not in choices(office, APPROVER)
    sent(office, round_=3)
    office.decide(POLICE, "countersign", "approve", 2)
    assert "correct" not in choices(office, APPROVER)
    with pytest.raises(Conflict, match="一次告知"):
        office.decide(APPROVER, "decide", "correct", 4)


def test_who_asked_may_wait_no_longer_and_what_came_stays() -> None:
    office = back(deciding(), "gaj", "cgw")
    office.decide(APPROVER, "review", "approve", 2)
    for stranger in (POLICE, clerk(), clerk("周", "cgw", "clerk")):
        with pytest.raises(Forbidden):
            office.procedures.recall(office.case_no, stranger, "不等了", NOW)
    assert not office.row(REFERRAL).outcome
    office.procedures.recall(office.case_no, HEAD, "对方迟迟没有答复", NOW)
    assert office.last().text == "市城管委不再等市公安局的意见，继续办理" and office.last().actor == HEAD.subject
    assert (
        office.row("task#review#gaj#2").status == "cancelled" and office.row("task#review#cgw#2").outcome == "approve"
    )
    assert (office.row(REFERRAL).outcome, office.row("task#decide#cgw#2").token) == ("recalled", "t4")
    with pytest.raises(Forbidden):
        office.procedures.recall(office.case_no, HEAD, "再收回一次", NOW)
    with pytest.raises(Conflict, match="已经取消"):
        office.decide(POLICE, "review", "approve", 2)
    office.open("review", "gaj", "t5")
    assert office.row("task#review#gaj#1").token == "t5", "what was taken back ends no workflow"
    office.decide(APPROVER, "decide", "reject", 2)
    assert office.status() is Status.DENIED


def test_the_way_out_is_open_to_who_asked_while_it_waits() -> None:
    def acts(who: Session) -> set[str]:
        file = office.cases.whole(office.case_no)
        return set(open_to(CHECKS, file, office.catalogue.get(file.case.service), who))

    office = deciding()
    assert "recall" not in acts(APPROVER)
    sent(office)
    assert [("recall" in acts(who)) for who in (APPROVER, HEAD, POLICE, clerk())] == [True, True, False, False]
    office.withdraw()
    assert "recall" not in acts(APPROVER)


def test_nobody_accepts_and_countersigns_or_countersigns_and_decides_the_same_case() -> None:
    office = sent(deciding())
    for subject, why in ((clerk().subject, "受理和审批"), (APPROVER.subject, "会签和决定")):
        with pytest.raises(Forbidden, match=f"{why}由不同的人办理"):
            office.decide(replace(POLICE, subject=subject), "countersign", "approve")
    office.decide(POLICE, "countersign", "approve")
    with pytest.raises(Forbidden, match="会签和决定由不同的人办理"):
        office.decide(replace(APPROVER, subject=POLICE.subject), "decide", "approve", 2)
    office.decide(APPROVER, "decide", "approve", 2)


def test_the_citizen_reads_a_sentence_and_the_office_the_codes() -> None:
    office = back(deciding())
    entry, codes = _entry(office.last()), EVENTS[office.last().name].standard.of(office.last().data)
    assert "data" not in entry and codes == {"process": "7"}
    assert "重新核查" not in repr(office.last()), "what is asked is said between offices"
    office.decide(POLICE, "review", "reject", 2, opinion="影响通行")
    assert EVENTS[office.last().name].standard.of(office.last().data) == {"process": "0"}
    assert "影响通行" not in repr(office.last())
