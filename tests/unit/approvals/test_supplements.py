"""Supplements (补正): asked once by each department, open until each item is in, ended by their day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.approvals.missing import timed
from chalicelib.approvals.parts import CAPABILITY
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, InvalidInput, NotFound
from chalicelib.notices.facts import facts as notice_facts
from chalicelib.tasks.present import present
from chalicelib.vocabulary.events import EventName, message
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, Office
from tests.unit.samples import NOW, clerk

TWO = [{"code": "photo", "text": "现场照片"}, {"code": "lease", "text": "租赁合同"}]
WAIT = "wait#supplement#accept#zwzx"


def accepting(*missing: dict[str, str]) -> Office:
    """A case whose window asked for these."""
    office = Office()
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct", missing=list(missing) or None)
    return office


def reviewing() -> Office:
    """A case that two departments review."""
    office = Office()
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "approve")
    office.open("review", "cgw", "t2")
    office.open("review", "gaj", "t3")
    return office


def test_asked_once_and_the_token_goes_with_it() -> None:
    office = accepting()
    assert office.status() is Status.CORRECTION
    asked, wait = office.row("task#accept#zwzx#1"), office.row(WAIT)
    assert (asked.token, asked.outcome) == (None, "correction") and (wait.token, wait.outcome) == ("t1", None)
    office.supplement()
    assert office.status() is Status.SUBMITTED
    again = office.row("task#accept#zwzx#2")
    assert (again.token, again.status) == ("t1", "open") and office.row(WAIT).token is None
    with pytest.raises(Conflict, match="一次告知"):
        office.decide(clerk(), "accept", "correct", 2)
    office.decide(clerk(), "accept", "approve", 2)
    assert office.status() is Status.ACCEPTED


def test_asking_is_offered_once() -> None:
    office = accepting(*TWO)
    office.supplement("photo", "lease")
    kind = next(each for each in CAPABILITY.tasks if each.code == "acceptance")
    offered = [
        [each["outcome"] for each in present(office.row(f"task#accept#zwzx#{number}"), kind, NOW, clerk())["choices"]]
        for number in (1, 2)
    ]
    assert offered == [["approve", "reject", "correct"], ["approve", "reject"]]


def test_of_two_items_one_leaves_the_other_open() -> None:
    office = accepting(*TWO)
    reply = office.supplement("photo")
    assert "还需在7月22日前补正：租赁合同" in reply.text and office.status() is Status.CORRECTION
    assert reply.body["text"] == reply.text and [each["text"] for each in reply.body["missing"]] == ["租赁合同"]
    assert office.row(WAIT).data["missing"] == TWO[1:] and office.row("task#accept#zwzx#2") is None
    office.supplement("lease")
    assert office.status() is Status.SUBMITTED and office.row("task#accept#zwzx#2") is not None


def test_each_department_waits_for_its_own() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.decide(POLICE, "review", "correct", missing=[{"code": "permit", "text": "消防意见"}, {"text": "经营地址"}])
    office.supplement("photo", "permit")
    assert office.status() is Status.CORRECTION
    office.supplement("lease")
    assert office.status() is Status.CORRECTION and office.row("task#review#cgw#2").token == "t2"
    office.supplement(place="太古里")
    assert office.status() is Status.IN_REVIEW and office.row("task#review#gaj#2").token == "t3"
    assert [event.name for event in office.cases.whole(office.case_no).events].count(EventName.SUPPLEMENTED) == 3


def test_a_department_goes_on_while_another_waits() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct")
    office.decide(POLICE, "review", "approve")
    assert office.status() is Status.CORRECTION
    office.supplement()
    assert office.status() is Status.IN_REVIEW


def test_the_same_again_is_the_same_and_a_strange_material_is_named() -> None:
    office = accepting(*TWO)
    before = office.supplement("photo").body
    assert office.supplement("photo").body == before
    with pytest.raises(InvalidInput) as refused:
        office.supplement("cat")
    assert [fault.path for fault in refused.value.fields] == ["materials.0.code"]
    with pytest.raises(NotFound):
        office.supplement("lease", sender="tel:13900009999")


def test_nothing_is_no_supplement() -> None:
    office = accepting(*TWO)
    before = office.cases.whole(office.case_no)
    body: dict[str, Any] = {"case_no": office.case_no, "form": {}, "materials": []}
    with pytest.raises(InvalidInput) as refused:
        office.desk.receive(Intake("supplement", "web", "tel:13800001234", "", body, NOW), NOW)
    assert refused.value.fields[0].path == "materials" and office.cases.whole(office.case_no) == before


def test_what_was_sent_before_it_was_asked_for_answers_when_it_is_sent_again() -> None:
    office = Office()
    office.supplement("photo")
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct", missing=TWO[:1])
    office.supplement("photo")
    assert office.status() is Status.SUBMITTED and office.row("task#accept#zwzx#2").token == "t1"


def test_materials_come_at_any_time_before_the_decision_the_form_where_it_is_asked_for() -> None:
    office = Office()
    office.supplement("photo")
    assert office.status() is Status.SUBMITTED
    with pytest.raises(Conflict):
        office.supplement(place="太古里")
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "reject")
    with pytest.raises(Conflict):
        office.supplement("photo", "lease")


def test_a_corrected_number_is_the_one_that_finds_and_proves() -> None:
    office = accepting()
    old = office.cases.head(office.case_no)
    office.supplement(id_number="51010719850615002x", name="李四海")
    new = office.cases.opened(office.case_no)
    assert new.applicant_hash == office.cases.applicant("51010719850615002X") != old.applicant_hash
    assert new.verify != old.verify and new.applicant_masked == "李*海"
    assert (new.private or {})["applicant"] == {"type": "person", "name": "李四海", "id": "51010719850615002X"}


def test_a_field_asked_for_by_its_code_is_answered_by_the_form() -> None:
    office = accepting({"code": "name", "text": "姓名：填写有误，请核对后更正"})
    office.supplement(name="李四海")
    assert office.status() is Status.SUBMITTED
    assert office.last().text == "申请人已补正材料，继续办理（更改：姓名）"
    assert office.row("task#accept#zwzx#2").data["applicant"] == "李*海", "the clerk sees who applies now"


def test_work_of_other_departments_shows_who_applies_now() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"code": "name", "text": "姓名"}])
    office.supplement(name="李四海")
    assert office.row("task#review#gaj#1").data["applicant"] == "李*海"


def test_what_was_not_asked_for_does_not_change() -> None:
    office = accepting({"code": "photo", "text": "现场照片"})
    before = office.cases.whole(office.case_no)
    with pytest.raises(InvalidInput) as refused:
        office.supplement("photo", name="钱多")
    assert [(each.path, each.code) for each in refused.value.fields] == [("form.name", "not_asked")]
    assert office.cases.whole(office.case_no) == before
    office.supplement("photo")
    assert office.status() is Status.SUBMITTED


def test_what_was_asked_in_words_is_answered_item_by_item() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"text": "经营者健康证明"}, {"text": "从业人员名单"}])
    office.decide(POLICE, "review", "correct", missing=[{"text": "消防验收意见书"}])
    office.supplement("asked-gaj-1")
    assert office.row("task#review#gaj#2") is not None and office.row("task#review#cgw#2") is None
    office.supplement("asked-cgw-2")
    assert office.row("wait#supplement#review#cgw").data["missing"] == [
        {"code": "asked-cgw-1", "text": "经营者健康证明"}
    ]
    office.supplement("asked-cgw-1")
    assert office.status() is Status.IN_REVIEW
    kept = (office.cases.opened(office.case_no).private or {})["materials"]
    assert [each["name"] for each in kept] == ["消防验收意见书", "从业人员名单", "经营者健康证明"]


def test_what_nobody_asked_for_by_code_answers_the_words_of_one_department() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=[{"text": "经营者健康证明"}])
    office.on("07-02").decide(POLICE, "review", "correct", missing=[{"text": "消防验收意见书"}])
    office.supplement("photo")
    assert office.row("task#review#cgw#2") is not None and office.status() is Status.CORRECTION
    office.supplement(place="太古里")
    assert office.status() is Status.IN_REVIEW


def test_the_head_and_the_notice_say_what_is_left_and_by_when() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.on("07-02").decide(POLICE, "review", "correct", missing=[{"text": "消防意见"}])
    facts = office.cases.head(office.case_no).facts
    assert (facts["correction"], facts["correction_by"]) == (["现场照片", "租赁合同", "消防意见"], "7月22日前")
    office.supplement("photo", "lease")
    told = message(office.last().name)
    assert told is not None
    values = notice_facts(office.cases.head(office.case_no), office.last(), told, "")
    assert told.sms.format_map(values).endswith("补交的材料已收到，还需补正：消防意见，请于7月23日前补齐。")


def test_a_second_page_stands_beside_the_first_and_what_was_asked_anew_replaces() -> None:
    office = Office()
    office.supplement("photo")
    office.supplement("photo", "photo")
    kept = (office.cases.opened(office.case_no).private or {})["materials"]
    assert [each["code"] for each in kept] == ["photo"] * 3
    office.open("accept", "zwzx")
    office.decide(clerk(), "accept", "correct", missing=TWO[:1])
    office.supplement("photo")
    assert len((office.cases.opened(office.case_no).private or {})["materials"]) == 1


def test_a_day_that_rests_on_holidays_to_come_says_so_and_moves_with_their_notice() -> None:
    office = Office().on("12-21")
    office.open("accept", "zwzx", "t1")
    office.decide(clerk(), "accept", "correct", missing=TWO)
    assert office.row(WAIT).data["provisional"] and "以国务院公布的放假安排为准" in office.last().text
    assert timed(office.row(WAIT)) == office.row(WAIT)


def test_only_a_wait_whose_own_day_is_over_ends_the_case() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct", missing=TWO)
    office.on("07-20").decide(POLICE, "review", "correct", missing=[{"text": "消防意见"}])
    office.supplement("photo", "lease")
    office.supplements.lapse(office.case_no, NOW + timedelta(days=22))  # from a list read before
    assert office.status() is Status.CORRECTION
    office.supplements.lapse(office.case_no, NOW + timedelta(days=45))
    assert office.status() is Status.RETURNED


def test_the_day_passes() -> None:
    office = accepting(*TWO)
    assert office.supplements.lapse_due(NOW + timedelta(days=21)) == 0
    office.supplement("photo")
    assert office.supplements.lapse_due(NOW + timedelta(days=22)) == 1
    assert office.status() is Status.RETURNED and office.row(WAIT).outcome == "lapsed"
    assert office.supplements.lapse_due(NOW + timedelta(days=22)) == 0


def test_files_are_looked_at_once_and_not_again_for_the_same_supplement(monkeypatch: pytest.MonkeyPatch) -> None:
    office = accepting(*TWO)
    commits = iter([Conflict("变化", code="changed_meanwhile")])  # somebody else is first, once
    commit = office.store.commit

    def second(*rest: Any) -> Any:
        for conflict in commits:
            raise conflict
        return commit(*rest)

    monkeypatch.setattr(office.store, "commit", second)
    office.supplement("photo", "lease")
    office.supplement("photo", "lease")
    assert office.files.asked == 2
    assert [each["version"] for each in (office.cases.opened(office.case_no).private or {})["materials"]] == ["v2"] * 2


def test_nobody_looks_at_files_for_whom_the_case_is_not_there() -> None:
    office = accepting()
    with pytest.raises(NotFound):
        office.supplement("photo", sender="tel:13900009999")
    office.supplement(place="太古里")
    assert office.files.asked == 0
