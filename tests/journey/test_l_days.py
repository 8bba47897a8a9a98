"""(l) Cases through the holidays, in a system of their own whose time is moved: every day a case is promised, asked and told by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chalicelib.vocabulary.events import EVENTS
from tests.journey.city import City
from tests.journey.elsewhen import Elsewhen, announce, begun
from tests.journey.test_k_documents import said
from tests.journey.test_k_second import confirm, proposal, supervisors
from tests.journey.test_l_renewal import FORM, given, licence


@pytest.fixture(scope="module")
def time(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhen]:
    """Begins on 23 September 2026, a Wednesday: Friday is 中秋, the week after next 国庆."""
    with begun(tmp_path_factory.mktemp("elsewhen"), "2026-09-23") as system:
        yield system


def asks(city: City, department: str, number: str, material: str) -> None:
    """Let a department that reviews ask for one material."""
    missing = [{"code": material, "text": f"请重新提交{material}"}]
    city.decide(department, "approver", number, "correct", opinion="看不清", missing=missing)


def hands_in(city: City, me: str, number: str, material: str) -> Any:
    """Hand in one material; return the case."""
    body = {"materials": [{"code": material, "material_id": city.hand_in(me)}]}
    return city.call("POST", f"/v1/cases/{number}/supplement", me, json=body)


def stands(case: dict[str, Any]) -> tuple[str, str, bool]:
    """The day a case is promised by, the last day the law gives, and whether they wait for a notice."""
    return case["promised_by"], case["clock"]["statutory_by"], case["clock"]["provisional"]


def story(case: dict[str, Any]) -> list[tuple[str, str]]:
    """What happened on which day, the two departments of a stage as one."""
    told = [(entry["at"][:10], entry["event"]) for entry in case["timeline"]]
    return [each for number, each in enumerate(told) if each[1] != "assigned" or each not in told[:number]]


def paper(city: City, me: str, number: str) -> list[tuple[str, str, str]]:
    """Kind, day and text of each document of a case, once those of all its acts are there."""
    told = city.case(me, number)
    acts = [entry["event"] for entry in told["timeline"] if EVENTS[entry["event"]].document]
    acts += ["certificate"] if told["certificate"] and told["status"] != "void" else []

    def look() -> Any:
        found = city.call("GET", f"/v1/cases/{number}/documents", me)["documents"]
        return found if sorted(each["kind"] for each in found if each["kind"] in acts) == sorted(acts) else None

    found = city.until(look, f"the documents of {acts}")
    return [(each["kind"], each["issued_at"][:10], said(httpx.get(each["url"]).content)) for each in found]


def accepted(time: Elsewhen, filed: str, day: str) -> tuple[str, dict[str, Any]]:
    """File a case for a restaurant on one day and accept it on another; return its number and how it stands with both departments."""
    city, me = time.on(filed)
    number = city.apply(me, "restaurant-opening", city.phone())["case_no"]
    city.task("zwzx", "clerk", number)
    city, me = time.on(day)
    city.decide("zwzx", "clerk", number)
    for department in ("scjgj", "xfj"):
        city.task(department, "approver", number)
    return number, city.case(me, number)


ACROSS_NATIONAL_DAY = [
    ("2026-09-23", "submitted"),
    ("2026-09-23", "assigned"),
    ("2026-09-24", "accepted"),
    ("2026-09-24", "assigned"),
    ("2026-09-28", "correction_requested"),
    ("2026-09-29", "correction_requested"),
    ("2026-10-08", "supplemented"),
    ("2026-10-10", "supplemented"),
    ("2026-10-12", "suspended"),
    ("2026-10-17", "resumed"),
    ("2026-10-20", "extended"),
    ("2026-10-20", "reviewed"),
    ("2026-10-20", "reviewed"),
    ("2026-10-20", "assigned"),
    ("2026-11-11", "denied"),
]
WRITTEN = [
    ("submitted", "2026-09-23", "2026年9月23日"),
    ("accepted", "2026-09-24", "2026年10月15日"),
    ("correction_requested", "2026-09-28", "2026年10月23日"),
    ("correction_requested", "2026-09-29", "2026年10月26日"),
    ("suspended", "2026-10-12", "自2026年10月12日起，至2026年10月16日止"),
    ("resumed", "2026-10-17", "改为10月28日"),
    ("extended", "2026-10-20", "改为11月11日"),
    ("denied", "2026-11-11", "不符合消防安全条件"),
]
"""Each document of that case: its kind, its day, and a day or reason it must name."""


def test_a_case_through_correction_by_two_special_procedure_extension_and_denial_across_national_day(
    time: Elsewhen,
) -> None:
    number, case = accepted(time, "2026-09-23", "2026-09-24")
    place = f"/v1/staff/cases/{number}"
    assert stands(case) == ("2026-10-15", "2026-10-29", False), "10 and 20 working days from 24 September"

    city, _ = time.on("2026-09-28")
    asks(city, "xfj", number, "fire-commitment")
    city, me = time.on("2026-09-29")
    asks(city, "scjgj", number, "floor-plan")
    case = city.case(me, number)
    assert [each["due"] for each in case["missing"]] == ["2026-10-23", "2026-10-26"], "15 working days each"
    assert case["clock"]["paused_since"] == "2026-09-28"
    city, me = time.on("2026-10-08")
    assert hands_in(city, me, number, "floor-plan")["status"] == "correction"
    city, me = time.on("2026-10-10")
    case = hands_in(city, me, number, "fire-commitment")
    assert stands(case) == ("2026-10-22", "2026-11-05", False), "29 and 30 September, 8 to 10 October with a Saturday"

    city, _ = time.on("2026-10-12")
    asked = {"kind": "publicity", "reason": "向周边居民公示", "until": "2026-10-16"}
    city.call("POST", f"{place}/suspension", city.clerk("scjgj", "approver"), json=asked)
    city, me = time.on("2026-10-17")
    case = city.case(me, number)
    assert (case["status"], *stands(case)) == ("in_review", "2026-10-28", "2026-11-11", False), "13 to 16 October"

    city, me = time.on("2026-10-20")
    boss = city.clerk("scjgj", "supervisor")
    case = city.call("POST", f"{place}/extension", boss, json={"days": 10, "reason": "案情复杂"})
    assert stands(case) == ("2026-11-11", "2026-11-25", False)
    city.decide("xfj", "approver", number, "reject", opinion="疏散通道不足")
    city.decide("scjgj", "approver", number)
    city.until(lambda: city.task("scjgj", "approver", number)[1]["stage"] == "decision")
    city, me = time.on("2026-11-11")
    city.decide("scjgj", "approver", number, "reject", opinion="不符合消防安全条件")
    case = city.status(me, number, "denied")
    taken = [
        {"reason": "supplement", "days": 5},
        {"reason": "suspension", "days": 4},
        {"reason": "extension", "days": 10},
    ]
    assert case["clock"]["taken"] == taken and case["timeline"][-1]["data"]["promised_by"] == "2026-11-11"
    assert story(case) == ACROSS_NATIONAL_DAY
    for (kind, day, words), (made, on, text) in zip(WRITTEN, paper(city, me, number), strict=True):
        assert (kind, day) == (made, on) and words in text, text


RENEWED = [
    ("2026-12-02", "submitted"),
    ("2026-12-02", "assigned"),
    ("2026-12-03", "accepted"),
    ("2026-12-03", "assigned"),
    ("2027-01-04", "granted"),
    ("2027-01-04", "delivered"),
]


def test_a_licence_renewed_the_renewal_voided_asked_for_again_and_deemed_renewed_across_the_year(
    time: Elsewhen,
) -> None:
    """《行政许可法》第50、69条: valid for 45 days from 19 November; asked for in time until 3 December."""
    code, phone = licence(time.stack), City.phone()
    city, me = time.on("2026-11-19")
    first = given(city, code, me, phone)
    number = first["certificate"]["number"]
    city, me = time.on("2026-11-20")
    told = city.case(me, first["case_no"])["timeline"][-1]
    assert told["event"] == "certificate_expiring" and "1月2日" in told["text"] and "12月3日" in told["text"], told

    again = city.apply(me, code, phone, form=FORM, renews=number)["case_no"]
    city.decide("zwzx", "clerk", again)
    city.decide("mzj", "approver", again)
    assert city.status(me, again, "delivered")["certificate"]["valid_to"] == "2027-02-16"
    city, me = time.on("2026-11-30")
    one, two = supervisors(city, "mzj")
    city.call("POST", f"/v1/staff/cases/{again}/voiding", one, json={"reason": "现场核查没有做"})
    assert confirm(city, two, proposal(city, two, again, "voiding")).status_code == 200
    undone = city.status(me, again, "void")
    assert "有效期恢复为至2027年1月2日" in undone["timeline"][-1]["text"]
    assert undone["timeline"][-1]["data"]["appeal"]["reconsider_by"] == "2027-01-29"
    assert ("voided", "2026-11-30") in [each[:2] for each in paper(city, me, again)]
    assert city.call("GET", f"/v1/certificates/{number}")["valid_to"] == "2027-01-02"

    city, me = time.on("2026-12-02")
    third = city.apply(me, code, phone, form=FORM, renews=number)["case_no"]
    city.task("zwzx", "clerk", third)
    city, me = time.on("2026-12-03")
    city.decide("zwzx", "clerk", third)
    city.task("mzj", "approver", third)
    city, me = time.on("2027-01-02")
    assert city.call("GET", f"/v1/certificates/{number}")["state"] == "valid", "its last day"
    city, me = time.on("2027-01-04")
    case = city.status(me, third, "delivered")
    assert story(case) == RENEWED and case["certificate"]["valid_to"] == "2027-02-16"
    assert city.call("GET", f"/v1/certificates/{number}") == {
        **{
            name: case["certificate"][name] for name in ("number", "type", "holder", "issuer", "valid_from", "valid_to")
        },
        "state": "valid",
    }
    texts = {kind: text for kind, _, text in paper(city, me, third)}
    assert "视为准予延续" in texts["granted"] and "2027年2月16日" in texts["certificate"]


def test_a_case_across_spring_festival_is_provisional_until_the_notice_and_then_is_not(
    time: Elsewhen, tmp_path: Path
) -> None:
    number, case = accepted(time, "2027-01-28", "2027-01-29")
    assert stands(case) == ("2027-02-18", "2027-03-04", True), "春节 is off by its statutory days, as far as is known"
    city, me = time.on("2027-02-01")
    asks(city, "xfj", number, "fire-commitment")
    (missing,) = city.case(me, number)["missing"]
    assert (missing["due"], missing["provisional"]) == ("2027-02-26", True)
    assert city.task("scjgj", "approver", number)[1]["due"] == "2027-02-11"

    assert "已改期 2 项" in announce(time.stack, tmp_path), (
        "one department's task, and the supplement the other waits for"
    )
    city, me = time.on("2027-02-02")
    case = city.case(me, number)
    assert stands(case) == ("2027-02-19", "2027-03-04", False)
    (missing,) = case["missing"]
    assert (missing["due"], missing["provisional"]) == ("2027-03-01", False)
    assert city.task("scjgj", "approver", number)[1]["due"] == "2027-02-04"

    city, me = time.on("2027-02-15")
    case = hands_in(city, me, number, "fire-commitment")
    assert stands(case) == ("2027-02-24", "2027-03-10", False), "2 to 4 and 15 February"
    place, approver = f"/v1/staff/cases/{number}/suspension", city.clerk("scjgj", "approver")
    asked = {"kind": "hearing", "reason": "邻居申请听证", "until": "2027-02-23", "place": "上午9时，市政务中心听证室"}
    refused = city.call("POST", place, approver, 400, json=asked | {"held_on": "2027-02-22"})
    assert [fault["path"] for fault in refused["fields"]] == ["held_on"], "told seven working days before"
    city.call("POST", place, approver, json=asked | {"held_on": "2027-02-23"})
    city, me = time.on("2027-02-24")
    case = city.case(me, number)
    assert stands(case) == ("2027-03-05", "2027-03-19", False), "16 to 20, 22 and 23 February: a Saturday among them"
    for department in ("xfj", "scjgj"):
        city.decide(department, "approver", number)
    city.until(lambda: city.task("scjgj", "approver", number)[1]["stage"] == "decision")
    city, me = time.on("2027-03-05")
    city.decide("scjgj", "approver", number)
    case = city.status(me, number, "delivered")
    (granted,) = [entry for entry in case["timeline"] if entry["event"] == "granted"]
    assert granted["data"]["promised_by"] == "2027-03-05"
    texts = {kind: text for kind, _, text in paper(city, me, number)}
    assert "2027年2月18日（以国务院公布的放假安排为准）" in texts["accepted"], "what was said on its day stays"
    assert "2027年2月26日（以国务院公布的放假安排为准）" in texts["correction_requested"]
    assert "听证的时间、地点：2027年2月23日，上午9时，市政务中心听证室" in texts["suspended"]
