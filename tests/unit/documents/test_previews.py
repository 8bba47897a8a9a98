"""A document before there is one: the words of the act's own code, and nothing else comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.approvals.decisions import Decisions
from chalicelib.approvals.numbers import LATER, Unnumbered
from chalicelib.approvals.procedures import Procedures
from chalicelib.approvals.special import Procedure
from chalicelib.cases.service import Cases
from chalicelib.certificates.service import Certificates
from chalicelib.delivery.model import MAKING, PICKUP
from chalicelib.delivery.service import Delivery
from chalicelib.documents.drafts import drafted
from chalicelib.documents.previews import LOOKED, Previews
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput
from chalicelib.tasks.model import Decision, TaskKey
from tests.unit.approvals.fakes import APPROVER, MISSING, Office, reviewing
from tests.unit.cases.audits import Audits
from tests.unit.cases.test_rehearsal import rehearsal
from tests.unit.certificates.fakes import BOSS, certificates
from tests.unit.certificates.fakes import Office as Holding
from tests.unit.decided import Decided
from tests.unit.delivery.fakes import Contracts
from tests.unit.office import tasks
from tests.unit.samples import NOW, clerk

HEAD = clerk("周正", "cgw", "supervisor")
REVIEW = Procedure("review", "需要专家评审", date(2026, 7, 20))
TO_SIGN = ["签收人（签名）：＿＿＿＿＿＿＿＿＿＿", "签收日期：＿＿＿＿年＿＿月＿＿日"]


class Desk:
    """What is looked at over a case's table, which nobody may write to meanwhile."""

    def __init__(self, made: Office | Decided) -> None:
        self.made, self.audits = made, Audits()
        self.catalogue = made.catalogue if isinstance(made, Office) else made.services

    def look(self, act: Callable[[Cases], object], who: Session = APPROVER) -> list[dict[str, Any]]:
        store = self.made.store
        before = (dict(store.heads), dict(store.kept))
        previews = Previews(lambda: rehearsal(store), self.catalogue, self.audits)
        found: list[dict[str, Any]] = previews.of(act, who, NOW)["documents"]
        assert (store.heads, store.kept) == before
        return found

    def task(self, decision: Decision, who: Session, stage: str) -> Callable[[Cases], object]:
        """Decide a task over other cases, followed as approvals and delivery follow theirs."""
        key = TaskKey(self.made.case_no, stage, who.department).task_id

        def act(over: Cases) -> object:
            follow = Decisions(over, self.catalogue, Unnumbered()).follow
            post = Delivery(over, self.catalogue, Contracts().couriers, certificates(over))
            follows = dict.fromkeys(("acceptance", "review", "decision"), follow) | {PICKUP: post.collected}
            return tasks(over, follows).decide(who, key, decision, NOW)

        return act


def said(document: dict[str, Any]) -> str:
    return "".join(each["text"] for each in document["paragraphs"])


def at_acceptance() -> Office:
    office = Office()
    office.open("accept", "zwzx")
    return office


def at_decision() -> Office:
    office = Office({"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1})
    office.open("decide", "cgw")
    return office


DECISIONS = [
    (at_acceptance, clerk(), "accept", Decision("approve"), "受理通知书"),
    (at_acceptance, clerk(), "accept", Decision("reject", "不在范围"), "不予受理决定书"),
    (at_acceptance, clerk(), "accept", Decision("correct", "", MISSING), "补正告知书"),
    (at_decision, APPROVER, "decide", Decision("approve"), "准予行政许可决定书"),
    (at_decision, APPROVER, "decide", Decision("reject", "影响通行"), "不予行政许可决定书"),
    (at_decision, APPROVER, "decide", Decision("reject", "未成年", unmet=("年满十八周岁",)), "不予行政许可决定书"),
]


@pytest.mark.parametrize(("made", "who", "stage", "decision", "title"), DECISIONS)
def test_what_is_shown_is_what_is_sent(
    made: Callable[[], Office], who: Session, stage: str, decision: Decision, title: str
) -> None:
    office = made()
    desk = Desk(office)
    (shown,) = desk.look(desk.task(decision, who, stage), who)
    assert office.numbers.given == 0 and shown["document_no"] == LATER and shown["title"] == title
    assert desk.audits.notes == [(office.case_no, who.subject, LOOKED, [f"documents.{shown['kind']}"], NOW)]
    office.tasks.decide(who, TaskKey(office.case_no, stage, who.department).task_id, decision, NOW)
    case = office.cases.opened(office.case_no)
    draft = drafted(case, office.last(), office.catalogue.get(case.service, case.version))
    sent = [text.replace("OFFICIAL0001", LATER) for _, text in draft.body]
    assert [each["text"] for each in shown["paragraphs"]] == sent and shown["signed"] == list(draft.signed)
    assert "张三丰" in said(shown)


def test_what_has_no_paper_shows_none_and_leaves_no_trace() -> None:
    desk = Desk(reviewing())
    assert desk.look(desk.task(Decision("approve", "同意"), APPROVER, "review")) == []
    assert not desk.audits.notes


@pytest.mark.parametrize(
    ("decision", "who", "stage", "refusal"),
    [
        (Decision("reject", " "), clerk(), "accept", InvalidInput),
        (Decision("approve", taker="self"), clerk(), "accept", InvalidInput),
        (Decision("approve"), clerk(role="approver"), "accept", Forbidden),
        (Decision("approve"), APPROVER, "decide", AppError),
    ],
)
def test_what_cannot_be_done_cannot_be_looked_at(
    decision: Decision, who: Session, stage: str, refusal: type[AppError]
) -> None:
    desk = Desk(at_acceptance())
    with pytest.raises(refusal):
        desk.look(desk.task(decision, who, stage), who)
    assert not desk.audits.notes


def test_special_procedure_and_extension_are_shown_with_reason_and_day() -> None:
    office = reviewing()
    desk = Desk(office)

    def over(cases: Cases) -> Procedures:
        return Procedures(cases, office.catalogue)

    (shown,) = desk.look(lambda cases: over(cases).suspend(office.case_no, APPROVER, REVIEW, NOW))
    assert shown["title"] == "特别程序告知书" and "专家评审" in said(shown) and "至2026年7月20日止" in said(shown)
    (shown,) = desk.look(lambda cases: over(cases).extend(office.case_no, HEAD, 3, "路段复杂", NOW), HEAD)
    assert shown["kind"] == "extended" and "延长3个工作日：路段复杂" in said(shown)
    with pytest.raises(InvalidInput) as wrong:
        desk.look(lambda cases: over(cases).extend(office.case_no, HEAD, 11 + 5, "路段复杂", NOW), HEAD)
    assert wrong.value.fields[0].path == "days"
    with pytest.raises(Forbidden):
        desk.look(lambda cases: over(cases).extend(office.case_no, APPROVER, 3, "路段复杂", NOW))


def test_article_70_the_paper_that_revokes_a_certificate_is_shown_before_it_is_sent() -> None:
    office = Holding()
    desk, number = Desk(office), office.number

    def over(cases: Cases) -> Certificates:
        return certificates(cases, services=office.services)

    (shown,) = desk.look(lambda cases: over(cases).revoke(BOSS, number, "持证人申请注销", NOW), BOSS)
    assert (shown["kind"], shown["title"]) == ("certificate_revoked", "注销通知书") and office.state(number) == "valid"
    office.certificates.revoke(BOSS, number, "持证人申请注销", NOW)
    draft = drafted(office.cases.open(office.case), office.file.events[-1], office.service)
    assert [each["text"] for each in shown["paragraphs"]] == [text for _, text in draft.body]
    with pytest.raises(Conflict):
        desk.look(lambda cases: over(cases).revoke(BOSS, number, "再注销", NOW), BOSS)


def test_a_receipt_of_delivery_is_printed_to_be_signed_before_a_result_is_handed_over() -> None:
    made = Decided(delivery={"method": "pickup"})
    post = Delivery(made.cases, made.services, Contracts().couriers, certificates(made.cases))
    post.start(made.case_no, "t1", NOW)
    makers = tasks(made.cases, {MAKING: post.made})
    makers.decide(clerk("制证", "cgw"), TaskKey(made.case_no, MAKING, "cgw").task_id, Decision("approve"), NOW)
    desk = Desk(made)
    (shown,) = desk.look(desk.task(Decision("approve", taker="other", taker_name="李小四"), clerk(), PICKUP), clerk())
    lines = [each["text"] for each in shown["paragraphs"]]
    assert "签收人：其他受托人（李小四）" in lines and "送达方式：窗口领取" in lines and set(TO_SIGN) <= set(lines)
    with pytest.raises(InvalidInput) as wrong:
        desk.look(desk.task(Decision("approve", taker="agent"), clerk(), PICKUP), clerk())
    assert wrong.value.fields[0].path == "taker"
    desk.task(Decision("approve", taker="self"), clerk(), PICKUP)(made.cases)
    with pytest.raises(Conflict):
        desk.look(desk.task(Decision("approve", taker="self"), clerk("王芳"), PICKUP), clerk("王芳"))


def test_the_kinds_of_tasks_that_put_something_on_paper_can_be_looked_at() -> None:
    kinds = wiring.kinds()
    assert {code for code, kind in kinds.items() if kind.over} == {
        *("acceptance", "review", "decision", PICKUP),
        *("voiding", "revising"),
    }
    papers = {code for code, kind in kinds.items() if any(each.paper for each in kind.choices.values())}
    assert papers == {code for code, kind in kinds.items() if kind.over}
    signed = [(code, outcome) for code, kind in kinds.items() for outcome, each in kind.choices.items() if each.signed]
    assert signed == [(PICKUP, "approve")]
