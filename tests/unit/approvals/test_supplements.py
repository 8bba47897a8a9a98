"""Supplements (补正): asked once by each department, open until each item is in, ended by their day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.approvals.parts import CAPABILITY
from chalicelib.intake.model import Intake
from chalicelib.kernel.errors import Conflict, InvalidInput, NotFound
from chalicelib.tasks.present import present
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, POLICE, TWO, WAIT, Office, accepting, reviewing
from tests.unit.samples import NOW, clerk


def test_article_32_asked_once_and_the_token_goes_with_it() -> None:
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


def test_article_32_a_department_that_reviews_and_decides_asks_once_over_the_stages() -> None:
    office = reviewing()
    office.decide(APPROVER, "review", "correct")
    office.supplement()
    office.decide(APPROVER, "review", "approve", 2)
    office.decide(POLICE, "review", "approve")
    office.open("decide", "cgw", "t4")
    with pytest.raises(Conflict, match="一次告知"):
        office.decide(APPROVER, "decide", "correct")


def test_asking_is_offered_once() -> None:
    office = accepting(*TWO)
    office.supplement("photo", "lease")
    kind = next(each for each in CAPABILITY.tasks if each.code == "acceptance")
    offered = [
        [each["outcome"] for each in present(office.row(f"task#accept#zwzx#{number}"), kind, NOW, clerk())["choices"]]
        for number in (1, 2)
    ]
    assert offered == [["approve", "reject", "correct"], ["approve", "reject"]]


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


def test_the_same_again_is_the_same_though_another_came_between() -> None:
    office = accepting(*TWO, {"code": "permit", "text": "消防意见"})
    first = office.supplement("photo").text
    office.supplement("lease")
    again = office.supplement("photo")
    assert again.text == first and [each["code"] for each in again.body["missing"]] == ["permit"]
    events = [event.name for event in office.cases.whole(office.case_no).events]
    assert events.count(EventName.SUPPLEMENTED) == 2


def test_a_step_begun_again_while_the_last_item_comes_wakes_nobody_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    office = accepting(*TWO)
    whole = office.cases.whole
    before = whole(office.case_no)
    office.supplement("photo", "lease")
    closed = (*before.rows, office.row(WAIT))  # the wait is read after the hand-in, the tasks before it
    seen = [replace(before, rows=tuple(row for row in closed if row.kind != "wait" or row.outcome))]
    monkeypatch.setattr(office.cases, "whole", lambda case_no: seen.pop() if seen else whole(case_no))
    office.open("accept", "zwzx", "t2")
    assert office.row(WAIT).token is None and office.row("task#accept#zwzx#2").token == "t2"


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


@pytest.mark.parametrize("first", ["other", "applicant"])
def test_article_32_of_two_that_accept_one_asks_and_the_case_is_accepted_when_both_have_said_yes(first: str) -> None:
    two = {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx", "cgw"], "limit_days": 1}
    last = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1}
    office, other = Office(two, last), clerk("孙丽", "cgw")
    office.open("accept", "zwzx", "t1")
    office.open("accept", "cgw", "t2")
    office.decide(clerk(), "accept", "correct")
    for who in ("other", "applicant") if first == "other" else ("applicant", "other"):
        if who == "other":
            office.decide(other, "accept", "approve")
            assert office.status() in (Status.CORRECTION, Status.SUBMITTED), "what is asked for is still awaited"
        else:
            office.supplement()
    assert office.status() is Status.SUBMITTED and not office.cases.head(office.case_no).clock.accepted
    office.decide(clerk(), "accept", "approve", 2)
    assert office.status() is Status.ACCEPTED and office.owed() and office.row("task#accept#zwzx#2").token == "t1"


def test_article_32_a_better_file_of_what_was_asked_for_answers_nothing_that_was_asked_in_words() -> None:
    office = accepting({"code": "photo", "text": "现场照片"}, {"text": "与业主的协议"})
    office.supplement("photo")
    office.supplement("photo", "photo")
    assert office.status() is Status.CORRECTION, "nobody has handed in the agreement"
    office.supplement("words-1")
    assert office.status() is Status.SUBMITTED
