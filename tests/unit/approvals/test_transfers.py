"""转报 (《行政许可法》第43条): who decides reports to a higher organ with his opinion; the case ends here and says where it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.approvals.procedures import CHECKS
from chalicelib.approvals.transfers import Transfers
from chalicelib.cases.acts import open_to
from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import OWED, Event
from chalicelib.cases.page import listed, public
from chalicelib.certificates.renewals import RENEWS, RUNS_TO
from chalicelib.dialogue.status import StatusTalk
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, Forbidden
from chalicelib.notices.facts import facts
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.events import EVENTS, EventName, message
from chalicelib.vocabulary.statuses import RATEABLE, Status
from tests.unit.approvals.fakes import APPROVER, POLICE, Office, reviewing
from tests.unit.documents.test_previews import Desk, at_decision, said
from tests.unit.samples import NOW, clerk

ORGAN = "省住房和城乡建设厅"


def deciding() -> Office:
    """A case that waits for its decision."""
    office = reviewing()
    office.decide(APPROVER, "review", "approve")
    office.decide(POLICE, "review", "approve")
    office.open("decide", "cgw", "t4")
    return office


def transfer(office: Office, who: Session = APPROVER) -> None:
    Transfers(office.cases, office.catalogue).transfer(office.case_no, who, ORGAN, "符合条件，建议准予", office.now)


def test_article_43_the_case_goes_to_the_higher_organ_with_the_opinion_and_whoever_waits_is_told_which() -> None:
    office = deciding()
    transfer(office)
    told = office.last()
    assert (told.name, told.by, told.actor) == (EventName.TRANSFERRED, "市城管委", APPROVER.subject)
    assert told.text == f"市城管委已完成初步审查，连同全部申请材料报{ORGAN}审查决定，进展请向{ORGAN}查询"
    assert told.data == {"organ": ORGAN, "opinion": "符合条件，建议准予", "promised_by": "2026-07-08"}
    task = office.row("task#decide#cgw#1")
    assert (task.outcome, task.token, task.desk, task.data["decided_by"]) == (
        "transferred",
        "t4",
        None,
        APPROVER.subject,
    )
    assert not [row for row in office.cases.whole(office.case_no).rows if row.desk or row.outcome is None]
    asked = Intake("query", "sms", "tel:13800001234", "", {"case_no": office.case_no}, office.now)
    said = office.desk.receive(asked, office.now).text
    assert said == f"您申办的占道经营许可已转报{ORGAN}审查决定，进展请向该机关查询。"


def test_article_43_a_forwarded_case_is_called_so_wherever_it_is_named_and_its_invitation_says_no_finished() -> None:
    office = deciding()
    transfer(office)
    case = office.cases.head(office.case_no)
    assert public(case)["status_name"] == listed([case])["cases"][0]["status_name"] == "已转报"
    asked = Intake("query", "web", "tel:13800001234", "", {"case_no": office.case_no}, office.now)
    assert office.desk.receive(asked, office.now).body["status_name"] == "已转报"
    scene: Any = SimpleNamespace(
        utterance=SimpleNamespace(sender="tel:13800001234"), memory=SimpleNamespace(last_case="")
    )
    talk: Any = StatusTalk(office.desk, office.cases, office.catalogue)
    assert talk.mine(scene) == {office.case_no: ("占道经营许可", "已转报")}
    invited, told = (
        Event(EventName.RATING_INVITED, "请您评价本次服务", office.now, "系统"),
        message(EventName.RATING_INVITED),
    )
    assert told is not None
    for text in (told.sms, told.spoken):
        assert "已转报，请" in text.format_map(facts(case, invited, told, "http://l"))
        finished = case.with_(facts={}).with_(status=Status.DENIED)
        assert "已办结，请" in text.format_map(facts(finished, invited, told, "http://l"))
    assert case.with_(status=Status.VOID).status_name == "已作废", "what is void is void, whoever had it"


def test_the_service_was_given_and_is_rated_as_after_a_no() -> None:
    office = deciding()
    transfer(office)
    case = office.cases.head(office.case_no)
    assert case.status is Status.CLOSED and case.status in RATEABLE
    assert EVENTS[EventName.TRANSFERRED].begins == "rating" and case.desk == round_desk(OWED, case.case_no)


@pytest.mark.parametrize(
    "who", [POLICE, clerk(), clerk("负责人", "cgw", "supervisor"), clerk("外人", "mzj", "approver")]
)
def test_only_who_decides_does_it(who: Session) -> None:
    office = deciding()
    with pytest.raises(Forbidden):
        transfer(office, who)
    assert office.status() is Status.IN_REVIEW


def test_only_at_the_decision_and_once() -> None:
    office = reviewing()
    with pytest.raises(Forbidden):
        transfer(office)
    office = deciding()
    transfer(office)
    with pytest.raises(Forbidden):
        transfer(office)
    with pytest.raises(Conflict):
        office.decide(APPROVER, "decide", "approve")


def test_not_while_a_colleague_works_on_it_nor_by_who_accepted_it() -> None:
    office = deciding()
    colleague = clerk("周杰", "cgw", "approver")
    office.tasks.claim(colleague, TaskKey(office.case_no, "decide", "cgw").task_id, NOW)
    with pytest.raises(Conflict, match="周杰正在办理"):
        transfer(office)
    transfer(office, colleague)
    office = deciding()
    both = Session(clerk().subject, "staff", "李娜", ("clerk", "approver"), "cgw", "510100")
    with pytest.raises(Forbidden, match="不同的人办理"):
        transfer(office, both)


def test_not_while_the_clock_stands_for_a_special_procedure() -> None:
    office = deciding()
    office.cases.amend(office.cases.head(office.case_no), status=Status.SUSPENDED)
    with pytest.raises(Conflict):
        transfer(office)


def test_it_is_offered_to_who_may() -> None:
    office = deciding()
    file = office.cases.whole(office.case_no)
    service = office.catalogue.get(file.case.service)
    assert [*open_to(CHECKS, file, service, APPROVER)] == ["suspend", "examine", "transfer"]
    assert [*open_to(CHECKS, file, service, POLICE)] == []


def test_forwarding_is_shown_with_the_organ_that_decides() -> None:
    office = at_decision()
    desk = Desk(office)
    (shown,) = desk.look(
        lambda cases: Transfers(cases, office.catalogue).transfer(office.case_no, APPROVER, "省交通厅", "建议准予", NOW)
    )
    assert shown["title"] == "转报告知书" and "省交通厅" in said(shown)


def test_article_50_a_renewal_is_decided_by_who_issued_it_and_goes_to_no_higher_organ() -> None:
    office = deciding()
    case = office.cases.head(office.case_no)
    assert "transfer" in open_to(
        CHECKS, office.cases.whole(office.case_no), office.catalogue.get(case.service), APPROVER
    )
    office.cases.amend(case.plus(**{RENEWS: "1234567890123452", RUNS_TO: "2026-10-08"}))
    with pytest.raises(Conflict, match="延续的申请由发证机关在到期前决定，不能转报"):
        transfer(office)
    assert office.status() is Status.IN_REVIEW
    assert "transfer" not in open_to(
        CHECKS, office.cases.whole(office.case_no), office.catalogue.get(case.service), APPROVER
    )
