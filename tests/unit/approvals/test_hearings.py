"""Hearings (听证, 《行政许可法》第46至48条): told in time with their place, held in time."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.approvals.procedures import Procedures
from chalicelib.approvals.special import Procedure
from chalicelib.documents.drafts import drafted
from chalicelib.kernel.errors import InvalidInput
from chalicelib.notices.facts import facts
from chalicelib.vocabulary.codes import ProcedureKind
from chalicelib.vocabulary.events import EventName, message
from chalicelib.vocabulary.statuses import Status
from tests.unit.approvals.fakes import APPROVER, Office, reviewing


def heard(
    held_on: str | None,
    place: str = "上午9时，三楼听证室",
    until: str = "2026-07-31",
    kind: ProcedureKind = "hearing",
    asked_on: date | None = None,
) -> Office:
    """A hearing begun on 3 July 2026, a Friday: seven working days later is the 14th, twenty the 31st."""
    office = reviewing().on("07-03")
    day = date.fromisoformat(held_on) if held_on else None
    asked = Procedure(kind, "申请人要求听证", date.fromisoformat(until), day, place, asked_on)
    Procedures(office.cases, office.catalogue).suspend(office.case_no, APPROVER, asked, office.now)
    return office


def test_article_48_a_hearing_is_told_with_its_day_hour_and_place() -> None:
    event = heard("2026-07-14", until="2026-07-15").last()
    assert event.text == (
        "市城管委依法进行听证：申请人要求听证（7月14日举行，上午9时，三楼听证室；至7月15日，所需时间不计入办理期限）"
    )
    assert (event.data["held_on"], event.data["place"]) == ("2026-07-14", "上午9时，三楼听证室")


@pytest.mark.parametrize(
    ("held_on", "place", "until", "path"),
    [
        ("2026-07-14", "九时，听证室", "2026-07-14", ""),
        ("2026-07-14", "九时，听证室", "2026-07-21", ""),
        ("2026-07-14", "九时，听证室", "2026-07-22", "until"),
        ("2026-07-13", "九时，听证室", "2026-07-20", "held_on"),
        ("2026-07-31", "九时，听证室", "2026-07-31", ""),
        ("2026-08-03", "九时，听证室", "2026-08-10", "held_on"),
        ("2026-07-14", "九时，听证室", "2026-07-13", "until"),
        (None, "九时，听证室", "2026-07-31", "held_on"),
        ("2026-07-14", "", "2026-07-14", "place"),
    ],
)
def test_articles_47_and_48_a_hearing_is_held_within_twenty_days_and_told_seven_before(
    held_on: str | None, place: str, until: str, path: str
) -> None:
    if not path:
        assert heard(held_on, place, until).status() is Status.SUSPENDED
        return
    with pytest.raises(InvalidInput) as refused:
        heard(held_on, place, until)
    assert [fault.path for fault in refused.value.fields] == [path]


@pytest.mark.parametrize(
    ("asked_on", "held_on", "path"),
    [
        (date(2026, 7, 1), "2026-07-29", ""),
        (date(2026, 7, 1), "2026-07-30", "held_on"),
        (date(2026, 7, 3), "2026-07-31", ""),
        (date(2026, 7, 4), "2026-07-31", "asked_on"),
        (date(2026, 6, 1), "2026-07-14", ""),
        (date(2026, 6, 1), "2026-07-15", "held_on"),
    ],
    ids=["twentieth day", "too late", "asked today", "asked tomorrow", "late office, at once", "late office, later"],
)
def test_article_47_the_twenty_days_count_from_the_day_somebody_asked(asked_on: date, held_on: str, path: str) -> None:
    if path:
        with pytest.raises(InvalidInput) as refused:
            heard(held_on, until=held_on, asked_on=asked_on)
        assert [fault.path for fault in refused.value.fields] == [path]
        return
    event = heard(held_on, until=held_on, asked_on=asked_on).last()
    assert event.data["asked_on"] == asked_on.isoformat()
    assert f"{asked_on.month}月{asked_on.day}日提出要求，" in event.text


def test_only_a_hearing_has_a_day_and_a_place_of_its_own() -> None:
    with pytest.raises(InvalidInput) as refused:
        heard("2026-07-14", kind="appraisal", asked_on=date(2026, 7, 1))
    assert [fault.path for fault in refused.value.fields] == ["held_on", "place", "asked_on"]


def ended(day: str, result: str) -> tuple[Office, str, str]:
    """End a hearing that is to be held on 14 July; return the office, the message and the paper."""
    office = heard("2026-07-14", until="2026-07-15").on(day)
    office.procedures.resume(office.case_no, APPROVER, result, office.now)
    case, told = office.cases.opened(office.case_no), message(EventName.RESUMED)
    assert told is not None and told.required, "who was told in writing to come hears it though he opted out"
    values = facts(case, office.last(), told, "http://l")
    paper = drafted(case, office.last(), office.catalogue.get(case.service, case.version))
    assert told.note.format_map(values) in ("7月14日听证不举行", case.clock.noted())
    return office, told.sms.format_map(values), "\n".join(text for _, text in paper.body)


def test_article_48_a_hearing_ended_before_its_day_is_called_off_and_story_message_and_paper_say_so_and_why() -> None:
    office, sms, paper = ended("07-10", "申请人撤回听证要求。")
    assert office.last().text == (
        "听证取消：原定7月14日（上午9时，三楼听证室）的听证不举行，申请人撤回听证要求，继续办理，"
        "承诺办结日因特别程序顺延5个工作日，改为7月15日"
    )
    assert office.last().data["called_off"] and office.status() is Status.IN_REVIEW
    assert "听证取消：7月14日（上午9时，三楼听证室）不举行，申请人撤回听证要求，继续办理，" in sms
    assert "听证取消：原定7月14日" in paper and "不举行的听证：2026年7月14日，上午9时，三楼听证室，请不要前往" in paper


@pytest.mark.parametrize("day", ["07-14", "07-15"])
def test_article_48_a_hearing_whose_day_has_come_is_ended_with_its_result(day: str) -> None:
    office, sms, paper = ended(day, "听证笔录已经附卷")
    assert (
        office.last().text.startswith("听证结束：听证笔录已经附卷，继续办理") and "called_off" not in office.last().data
    )
    assert "听证已结束（听证笔录已经附卷），继续办理，" in sms and "不举行" not in sms + paper
    assert "情况：听证结束：听证笔录已经附卷" in paper
