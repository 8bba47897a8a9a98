"""作废 (《行政许可法》第69、70条): proposed by one supervisor, confirmed by another, and then nothing of the case is left hanging."""

from __future__ import annotations

import pytest

from chalicelib.cases.acts import open_to
from chalicelib.cases.model import Event
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.proposals.model import CHECKS
from chalicelib.ratings.parts import CAPABILITY as RATING
from chalicelib.tasks import model as tasks
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import SECOND_WORKDAYS
from chalicelib.vocabulary.statuses import EDGES, OVER, Status
from tests.unit.approvals.fakes import APPROVER, WAIT, Office, accepting, reviewing
from tests.unit.certificates.fakes import Office as Issued
from tests.unit.decided import OWNER
from tests.unit.office import desk
from tests.unit.proposals.fakes import BOSS, OTHER, STRANGER, WHY, last, of
from tests.unit.samples import NOW, clerk


def test_articles_69_and_70_two_supervisors_void_a_case_and_its_certificate_with_it() -> None:
    office = Issued()
    pair, number = of(office), office.number
    pair.void()
    assert office.state(number) == "valid" and office.case.status is Status.DELIVERED, "nothing is said or done yet"
    pair.say("voiding")
    assert office.state(number) == "revoked"
    case, told = office.case, last(pair)
    assert (case.status, case.desk, case.due) == (Status.VOID, None, None)
    assert (told.name, told.by, told.actor) == (EventName.VOIDED, "市城管委", OTHER.subject)
    assert told.text.startswith(f"市城管委作废了这个办件：{WHY}；占道经营许可证（编号")
    assert "同时注销。如不服，可以自收到决定之日起60日内向本级人民政府申请行政复议" in told.text
    assert told.data["appeal"]["reconsider_by"] == "2026-08-31"
    assert told.data["reason"] == WHY and told.data["undone"] == "准予"
    row = pair.task("voiding")
    assert (row.data["proposed_by"], row.data["decided_by"]) == (BOSS.subject, OTHER.subject)
    with pytest.raises(Conflict, match="已经作废"):
        office.certificates.reissue(BOSS, number, "换发", NOW)


def test_it_lies_on_the_desk_of_the_department_with_a_day_and_says_what_it_is_about() -> None:
    pair = of(reviewing())
    pair.void()
    (task,), _ = pair.tasks.mine(OTHER, NOW)
    assert (task["kind"], task["stage_name"], task["days"]) == ("voiding", "作废复核", SECOND_WORKDAYS)
    assert (task["due"], task["lamp"]) == ("2026-07-03", "normal")
    assert (task["proposed_name"], task["reason"]) == (BOSS.name, WHY)
    assert [each["outcome"] for each in task["choices"]] == ["approve", "reject"]
    (own,) = pair.tasks.mine(BOSS, NOW)[0]
    assert own["choices"] == [{"outcome": "reject", "name": "收回", "opinion": True}], "who proposed does not confirm"


def test_who_proposed_may_take_it_back_and_it_may_be_proposed_again() -> None:
    pair = of(reviewing())
    pair.void()
    pair.say("voiding", "reject", BOSS)
    assert pair.task("voiding").outcome == "reject" and last(pair).name is not EventName.VOIDED
    pair.void(OTHER)


def test_who_proposed_does_not_confirm_nor_take_it_nor_is_given_it() -> None:
    pair = of(reviewing())
    pair.void()
    task_id = TaskKey.of(pair.task("voiding")).task_id
    with pytest.raises(Forbidden) as refused:
        pair.say("voiding", who=BOSS)
    assert refused.value.code == "own_proposal" and "另一位监督人员" in refused.value.detail
    with pytest.raises(Forbidden):
        pair.tasks.claim(BOSS, task_id, NOW)
    pair.tasks.claim(OTHER, task_id, NOW)
    with pytest.raises(InvalidInput):
        pair.tasks.hand_over(OTHER, task_id, BOSS.name, NOW)


ELSEWHERE = Session("staff:x", "staff", "督办", ("supervisor",), "cgw", "510104")


@pytest.mark.parametrize("who", [STRANGER, clerk("王芳", "cgw", "approver"), ELSEWHERE])
def test_nobody_else_proposes_nor_confirms(who: Session) -> None:
    pair = of(reviewing())
    with pytest.raises(Forbidden):
        pair.void(who)
    pair.void()
    with pytest.raises(Forbidden):
        pair.say("voiding", who=who)


def test_a_refusal_changes_nothing_and_it_may_be_proposed_again() -> None:
    office = reviewing()
    pair, before = of(office), office.cases.whole(office.case_no)
    pair.void()
    with pytest.raises(Conflict) as twice:
        pair.void(OTHER)
    assert twice.value.code == "proposed_before"
    with pytest.raises(InvalidInput):
        pair.tasks.decide(OTHER, TaskKey.of(pair.task("voiding")).task_id, tasks.Decision("reject"), NOW)
    pair.say("voiding", "reject")
    after = office.cases.whole(office.case_no)
    assert after.events == before.events and after.case.status is Status.IN_REVIEW
    assert pair.task("voiding").data["opinion"] == "核对过登记材料"
    pair.void(OTHER)
    pair.say("voiding", who=BOSS)
    assert office.status() is Status.VOID


def test_open_work_and_waits_end_by_a_word_their_workflows_know() -> None:
    for office in (reviewing(), accepting(), Office()):
        pair = of(office)
        pair.void()
        pair.say("voiding")
        rows = office.cases.whole(office.case_no).rows
        assert {row.outcome for row in rows if row.token} <= {"superseded", "approve"}
        assert not any(row.desk for row in rows) and office.cases.head(office.case_no).desk is None
    office = accepting()
    of(office).void()
    of(office).say("voiding")
    assert office.row(WAIT).outcome == "superseded"


def test_in_a_special_procedure_too() -> None:
    office = reviewing()
    case = office.cases.head(office.case_no)
    office.cases.record(case, Event(EventName.SUSPENDED, "听证", NOW), Status.SUSPENDED)
    pair = of(office)
    pair.void()
    pair.say("voiding")
    assert office.status() is Status.VOID


def test_a_proposal_outlives_a_refusal_of_the_application_but_not_its_withdrawal() -> None:
    office = Office()
    office.open("accept", "zwzx")
    pair = of(office)
    pair.void()
    office.decide(clerk(), "accept", "reject")
    assert pair.task("voiding").outcome is None and office.status() is Status.NOT_ACCEPTED
    pair.say("voiding")
    assert office.status() is Status.VOID and last(pair).data["undone"] == "不予受理"
    office = Office(task_type="05")
    office.open("decide", "cgw")
    office.decide(APPROVER, "decide", "reject")
    pair = of(office)
    pair.void()
    pair.say("voiding")
    assert last(pair).data["undone"] == "不予办理", "as it was told"
    office = Office()
    pair = of(office)
    pair.void()
    asked = Intake("withdrawal", "web", "tel:13800001234", "", {"case_no": office.case_no}, NOW)
    office.desk.receive(asked, NOW)
    with pytest.raises(Conflict, match="已经取消"):
        pair.say("voiding")


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.RETURNED, Status.LAPSED, Status.VOID])
def test_where_nothing_holds_there_is_nothing_to_void_and_it_is_said_why(status: Status) -> None:
    office = reviewing()
    pair = of(office)
    pair.void()
    office.cases.amend(office.cases.head(office.case_no), status=status)
    with pytest.raises(Conflict, match="不能再作废"):
        pair.say("voiding")
    assert pair.task("voiding").outcome is None
    pair.say("voiding", "reject")
    file = office.cases.whole(office.case_no)
    assert [*open_to(CHECKS, file, office.catalogue.get(file.case.service), BOSS)] == []


def test_what_was_put_away_is_voided_from_where_it_lies_and_asks_for_no_rating_any_more() -> None:
    office = Issued()
    office.cases.record(office.case, Event(EventName.CLOSED, "归档", NOW), Status.CLOSED)
    pair = of(office)
    pair.void()
    pair.say("voiding")
    assert office.case.status is Status.VOID and RATING.can and RATING.can(office.file) == []
    assert {status for status in Status if Status.VOID in EDGES[status]} == set(Status) - (OVER - {Status.CLOSED})


def test_a_workflow_that_comes_late_finds_a_void_case_and_ends() -> None:
    office = reviewing()
    pair = of(office)
    pair.void()
    pair.say("voiding")
    office.open("decide", "cgw", "late")
    assert office.row("task#decide#cgw#1").outcome == "superseded"


def test_who_reads_the_case_is_told_what_he_may_propose() -> None:
    office = Issued()
    file, service = office.file, office.service
    assert [*open_to(CHECKS, file, service, BOSS)] == ["revise", "void"]
    for who in (STRANGER, clerk("王芳", "cgw", "approver")):
        assert [*open_to(CHECKS, file, service, who)] == []
    pair = of(office)
    pair.void()
    assert [*open_to(CHECKS, office.file, service, BOSS)] == ["revise"]


def test_before_a_decision_it_is_for_the_department_in_charge() -> None:
    office = Office(department="gaj")
    pair = of(office)
    with pytest.raises(Forbidden):
        pair.void()
    pair.void(STRANGER)
    assert pair.task("voiding").data["department"] == "gaj"


def test_whoever_asks_how_it_stands_hears_it() -> None:
    office = Issued()
    pair = of(office)
    pair.void()
    pair.say("voiding")
    asked = Intake("query", "miniprogram", OWNER, "", {"case_no": office.case_no}, NOW)
    said = desk(office.cases, office.services).receive(asked, NOW).text
    assert said.startswith("您申办的占道经营许可已作废，原因是：窗口录入错误。如不服，可向本级人民政府申请复议")
