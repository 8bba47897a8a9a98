"""更正 (《个人信息保护法》第46条): proposed sealed, read for a purpose, confirmed by another, and everything that rests on it follows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.cases.model import Event
from chalicelib.identity.model import Session
from chalicelib.kernel.errors import Conflict, Forbidden, InvalidInput
from chalicelib.proposals import parts
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import Office, accepting, reviewing
from tests.unit.certificates.fakes import Office as Issued
from tests.unit.proposals.fakes import BOSS, OTHER, STRANGER, WHY, Pair, last, of
from tests.unit.samples import ID, NOW, clerk

RIGHT, OTHER_ID = "章三丰", "510104193608150010"


def form(pair: Pair) -> dict[str, Any]:
    return dict((pair.cases.opened(pair.case_no).private or {})["form"])


def test_pipl_article_46_what_was_recorded_wrongly_is_put_right_by_two_and_the_certificate_with_it() -> None:
    office = Issued()
    pair, old = of(office), office.number
    pair.revise(name=RIGHT)
    assert form(pair)["name"] == "张三丰" and office.number == old, "nothing is said or done yet"
    pair.say("revising")
    case, told = office.case, last(pair)
    assert form(pair)["name"] == RIGHT and case.applicant_masked == "章*丰" and case.status is Status.DELIVERED
    assert (pair.cases.opened(pair.case_no).private or {})["applicant"]["name"] == RIGHT
    assert office.number != old and (office.state(old), office.state(office.number)) == ("revoked", "valid")
    shown = office.check()
    assert (shown["holder"], shown["valid_to"]) == ("章*丰", "2031-06-30")
    assert (told.name, told.by, told.actor) == (EventName.REVISED, "市城管委", OTHER.subject)
    assert told.data == {"fields": ["姓名"], "reason": WHY, "certificate_no": office.number}
    assert told.text.startswith(f"市城管委更正了登记的姓名：{WHY}；占道经营许可证已换发，新编号")


def test_what_is_proposed_lies_sealed_and_what_was_before_stays_so() -> None:
    pair = of(Issued())
    pair.revise(name=RIGHT, place="天府大道")
    pair.say("revising")
    kept = json.dumps(
        [[row.data for row in pair.cases.whole(pair.case_no).rows], last(pair).written()], ensure_ascii=False
    )
    assert not any(words in kept for words in (RIGHT, "张三丰", "天府大道", "春熙路"))
    file = pair.cases.whole(pair.case_no)
    assert pair.revising.proposed(file, pair.task("revising")) == [
        {"name": "name", "title": "姓名", "was": "张三丰", "now": RIGHT},
        {"name": "place", "title": "地点", "was": "春熙路", "now": "天府大道"},
    ]
    noted = (pair.case_no, OTHER.subject, f"更正：{WHY}", ["form.name", "form.place"], NOW)
    assert pair.audits.notes == [noted], "on record without what it says"


@pytest.mark.parametrize(
    ("who", "sees"),
    [(OTHER, True), (BOSS, True), (STRANGER, False), (clerk("王芳", "cgw", "approver"), False)],
)
def test_the_supervisors_it_is_proposed_to_read_it_for_a_purpose(
    monkeypatch: pytest.MonkeyPatch, who: Session, sees: bool
) -> None:
    pair = of(Issued())
    monkeypatch.setattr(parts, "revising", lambda: pair.revising)
    assert parts.CAPABILITY.in_clear
    pair.revise(name=RIGHT)
    opening = parts.CAPABILITY.in_clear(pair.cases.whole(pair.case_no), who)["proposed"]
    assert (opening is not None) == sees and (opening is None or opening()[0]["now"] == RIGHT)
    pair.say("revising", "reject")
    assert parts.CAPABILITY.in_clear(pair.cases.whole(pair.case_no), who) == {"proposed": None}


def test_who_applies_is_found_shown_and_verified_by_what_is_right() -> None:
    office = reviewing()
    pair, before = of(office), office.cases.head(office.case_no)
    pair.revise(id_number=OTHER_ID, name=RIGHT)
    pair.say("revising")
    after = office.cases.head(office.case_no)
    assert [case.case_no for case in office.cases.by_applicant(OTHER_ID)] == [office.case_no]
    assert office.cases.by_applicant(ID) == [] and after.verify != before.verify
    open_ = [row for row in office.cases.rows(office.case_no, "task#") if row.outcome is None]
    assert {row.data["applicant"] for row in open_} == {"章*丰"} and len(open_) == 2
    assert after.status is Status.IN_REVIEW and after.clock == before.clock


def test_what_stands_on_the_certificate_stays_where_its_holder_does() -> None:
    office = Issued()
    pair, old = of(office), office.number
    pair.revise(place="天府大道")
    pair.say("revising")
    assert office.number == old and "certificate_no" not in last(pair).data


def test_a_certificate_that_holds_no_more_is_not_given_anew() -> None:
    office = Issued()
    office.certificates.revoke(BOSS, office.number, "登记信息不实", NOW)
    pair, old = of(office), office.number
    pair.revise(name=RIGHT)
    pair.say("revising")
    assert office.number == old and office.state(old) == "revoked" and form(pair)["name"] == RIGHT


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"id_number": "510104199001010018"}, "form.id_number", "format"),
        ({"name": ""}, "form.name", "minLength"),
        ({"nickname": "三丰"}, "form.nickname", "unknown"),
        ({"name": "张三丰"}, "form.name", "unchanged"),
    ],
)
def test_what_is_proposed_is_a_form_of_the_service_and_something_else(
    wrong: dict[str, str], path: str, code: str
) -> None:
    pair = of(reviewing())
    with pytest.raises(InvalidInput) as refused:
        pair.revising.propose(pair.case_no, BOSS, wrong, WHY, NOW)
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [(path, code)]
    assert not pair.cases.rows(pair.case_no, "task#revising#")


def test_nobody_confirms_alone() -> None:
    pair = of(reviewing())
    pair.revise(name=RIGHT)
    with pytest.raises(Forbidden) as refused:
        pair.say("revising", who=BOSS)
    assert refused.value.code == "own_proposal" and form(pair)["name"] == "张三丰"


def test_what_the_applicant_changed_meanwhile_is_not_written_over() -> None:
    office = accepting({"code": "place", "text": "地点不清楚"})
    pair = of(office)
    pair.revise(Session("staff:x", "staff", "督办", ("supervisor",), "cgw", "510100"), place="天府大道")
    office.supplement(place="春熙路1号")
    with pytest.raises(Conflict, match="地点又有改动"):
        pair.say("revising")
    assert form(pair)["place"] == "春熙路1号"
    pair.say("revising", "reject")
    pair.revise(name=RIGHT)
    office.supplement(sender="tel:13800001234")
    pair.say("revising")
    assert form(pair) == {"name": RIGHT, "id_number": ID, "place": "春熙路1号"}


def test_what_is_over_is_not_corrected_but_what_was_put_away_is() -> None:
    office = Issued()
    office.cases.record(office.case, Event(EventName.CLOSED, "归档", NOW), Status.CLOSED)
    pair = of(office)
    pair.revise(name=RIGHT)
    pair.say("revising")
    assert office.case.status is Status.CLOSED and office.check()["holder"] == "章*丰"
    for status in (Status.WITHDRAWN, Status.RETURNED, Status.LAPSED, Status.VOID):
        other = Office()
        other.cases.amend(other.cases.head(other.case_no), status=status)
        with pytest.raises(Conflict, match="不能再更正"):
            of(other).revise(name=RIGHT)


def test_a_void_case_takes_its_corrections_with_it() -> None:
    pair = of(Issued())
    pair.revise(name=RIGHT)
    pair.void()
    pair.say("voiding")
    with pytest.raises(Conflict, match="已经取消"):
        pair.say("revising")
