"""What a fee comes to: of the real services, and of any table, form and exemption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalogue import fees, feetexts
from chalicelib.catalogue.fees import Assessment, assess
from chalicelib.catalogue.loader import load
from chalicelib.catalogue.service import Catalogue
from chalicelib.kernel.errors import InvalidInput
from tests.unit.samples import service

SERVICES = {each.code: each for each in load(Path(__file__).parents[3] / "services")}
ROAD, HOUSE, CARD = (SERVICES[code] for code in ("road-occupation", "house-transfer", "residence-permit-replacement"))
DAYS = {"starts": "2026-12-15", "ends": "2026-12-20"}


def filled(of: Any, **form: Any) -> dict[str, Any]:
    return {name: field["examples"][0] for name, field in of.form["properties"].items()} | form


@pytest.mark.parametrize(
    ("kind", "area", "ends", "fen"),
    [
        ("main", 20, "2026-12-20", 50 * 20 * 6),
        ("secondary", 20, "2026-12-20", 40 * 20 * 6),
        ("branch", 1, "2026-12-15", 30),
    ],
)
def test_occupying_a_road_costs_area_times_days_times_the_rate_of_its_class(
    kind: str, area: int, ends: str, fen: int
) -> None:
    counted = assess(ROAD, filled(ROAD, road_class=kind, area=area, starts="2026-12-15", ends=ends))
    assert counted.total_fen == fen and not counted.reductions
    (line,) = counted.lines
    assert line.basis == "《城市道路管理条例》第三十七条" and line.how.endswith("天") and f"×{area}平方米×" in line.how


@pytest.mark.parametrize(("ends", "words"), [("2026-12-14", "不能早于"), ("2027-12-20", "最多180天")])
def test_days_that_cannot_be_counted_name_their_field(ends: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        assess(ROAD, filled(ROAD, starts="2026-12-15", ends=ends))
    assert [fault.path for fault in refused.value.fields] == ["form.ends"] and words in refused.value.detail


@pytest.mark.parametrize(("usage", "fen"), [("home", 8000), ("other", 55000)])
def test_registering_a_house_costs_by_its_use_and_a_small_business_nothing(usage: str, fen: int) -> None:
    """发改价格规〔2016〕2559号."""
    assert assess(HOUSE, filled(HOUSE, usage=usage)).total_fen == fen
    form = filled(HOUSE, usage=usage, small_business="yes")
    free = assess(HOUSE, form, {"small-business-proof"})
    assert free.total_fen == 0 and free.reductions[0].amount_fen == fen == free.lines[0].amount_fen
    assert free.reductions[0].proof_name == "小微企业（个体工商户）证明" and "2559号" in free.reductions[0].basis
    assert assess(HOUSE, form) == free, "before anything is handed in it counts as proved"
    assert "small-business-proof" in {each.code for each in HOUSE.asked_materials(form)}
    unproved = assess(HOUSE, form, {"old-certificate"})
    assert unproved.total_fen == fen and not unproved.reductions and unproved.unproved == free.reductions


def test_what_is_fixed_is_what_everybody_pays() -> None:
    assert assess(CARD, {}).total_fen == feetexts.fixed(CARD.fee) == 2000
    assert assess(SERVICES["elder-card"], {}) == Assessment()


def test_a_list_says_what_is_true_of_everybody() -> None:
    said = {code: (each.summarised().fee_text, each.summarised().fee_fen) for code, each in SERVICES.items()}
    assert said["residence-permit-replacement"] == ("20元", 2000)
    assert said["house-transfer"] == ("80元或550元（可减免）", None)
    assert said["road-occupation"] == ("按占用面积、天数、道路等级计算", None)
    assert said["elder-card"] == ("不收费", 0)


class Shelf:
    def current(self, code: str) -> tuple[dict[str, Any] | None, int]:
        return (SERVICES[code].to_dict(), 1) if code in SERVICES else (None, 0)


def test_a_form_is_counted_as_it_stands_and_what_is_missing_or_wrong_is_named() -> None:
    catalogue = Catalogue(Shelf())  # type: ignore[arg-type]
    told = catalogue.fee("road-occupation", {"road_class": "main", "area": 10, **DAYS, "company": 7, "x": None})
    assert told["total_fen"] == 50 * 10 * 6 and told["lines"][0]["how"] == "主干道0.50元×10平方米×6天"
    for form, named in (
        ({}, {"form.area", "form.starts", "form.ends", "form.road_class"}),
        ({"road_class": "main", "area": True, **DAYS}, {"form.area"}),
        ({"road_class": "main", "area": 10**30, **DAYS}, {"form.area"}),
        ({"road_class": "lane", "area": 1, **DAYS}, {"form.road_class"}),
        ({"road_class": "main", "area": 1, "starts": "明天", "ends": "2026-12-20"}, {"form.starts"}),
        ([], {"form"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            catalogue.fee("road-occupation", form)
        assert {fault.path for fault in refused.value.fields} == named
    assert catalogue.fee("elder-card", {}) == Assessment().told()


def test_what_cannot_be_counted_cannot_be_filed() -> None:
    with pytest.raises(InvalidInput) as refused:
        Catalogue(Shelf()).check_form(ROAD, filled(ROAD, ends="2026-12-01"))  # type: ignore[arg-type]
    assert refused.value.fields[0].path == "form.ends"


# — any fee —

KINDS = ("a", "b", "c")
PROOFS = [
    {"code": f"proof{number}", "name": "证明", "need": "required", "source": "self", "form": "copy", "format": "照片"}
    for number in range(3)
]


@st.composite
def any_fee(draw: st.DrawFn) -> dict[str, Any]:
    """A fee of up to three items, each of any kind, and up to three exemptions."""
    fen = st.integers(0, 10_000)
    items: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 3))):
        times = draw(
            st.lists(st.sampled_from([{"field": "n", "unit": "本"}, {"field": "m", "unit": "页"}]), max_size=2)
        )
        price = "unit_fen" if times else "amount_fen"
        rows = [{"when": {"kind": each}, price: draw(fen)} for each in KINDS[: draw(st.integers(0, 3))]]
        cost = {"table": [*rows, {price: draw(fen)}]} if rows else {price: draw(fen)}
        items.append({"code": f"f{number}", "name": "费", "basis": "某条例第一条", "times": times, **cost})
    less = st.fixed_dictionaries(
        {
            "when": st.sampled_from([{"poor": "yes"}, {"poor": "no"}]),
            "reason": st.just("减免"),
            "basis": st.just("某条例第二条"),
            "proof": st.sampled_from([each["code"] for each in PROOFS]),
            "percent": st.integers(0, 99),
            "items": st.sampled_from([[], ["f0"], ["f1", "f2"]]),
        }
    )
    return {"items": items, "exemptions": draw(st.lists(less, max_size=3))}


FORM = st.fixed_dictionaries(
    {
        "n": st.integers(0, 500),
        "m": st.integers(0, 500),
        "kind": st.sampled_from(KINDS),
        "poor": st.sampled_from(["yes", "no"]),
    }
)


def of(fee: dict[str, Any]) -> Any:
    whole: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 500}
    fields: dict[str, dict[str, Any]] = {
        "n": whole,
        "m": whole,
        "kind": {"enum": list(KINDS)},
        "poor": {"enum": ["yes", "no"]},
    }
    form = {"required": list(fields), "properties": {name: each | {"title": name} for name, each in fields.items()}}
    return service(fee=fee, form=form, materials=PROOFS)


@given(any_fee(), FORM, st.none() | st.sets(st.sampled_from([each["code"] for each in PROOFS])))
def test_the_total_is_the_lines_less_the_reductions_and_never_negative(
    fee: dict[str, Any], form: dict[str, Any], handed: set[str] | None
) -> None:
    counted = assess(of(fee), form, handed)
    lines = {line.code: line.amount_fen for line in counted.lines}
    less = {each.code: each.amount_fen for each in counted.reductions}
    assert counted.total_fen == sum(lines.values()) - sum(less.values()) >= 0
    assert list(lines) == [item["code"] for item in fee["items"]] and len(less) == len(counted.reductions)
    assert all(0 <= amount <= lines[code] for code, amount in less.items())
    assert all(type(amount) is int for amount in (*lines.values(), *less.values()))
    assert not {each.code for each in counted.unproved} & set(less)
    assert all(handed is None or each.proof in handed for each in counted.reductions)
    assert counted.told()["total_fen"] == counted.total_fen


@given(any_fee(), FORM, st.sampled_from(["n", "m"]), st.integers(0, 500))
def test_more_of_a_thing_never_costs_less(fee: dict[str, Any], form: dict[str, Any], name: str, more: int) -> None:
    larger = form | {name: form[name] + more}
    assert assess(of(fee), form).total_fen <= assess(of(fee), larger).total_fen


@given(st.integers(0, 10**8), st.integers(0, 99))
def test_what_an_exemption_leaves_is_rounded_down_in_favour_of_who_pays(amount: int, percent: int) -> None:
    less = [{"when": {"poor": "yes"}, "reason": "减", "basis": "某条例", "proof": "proof0", "percent": percent}]
    item = {"code": "f0", "name": "费", "basis": "某条例", "amount_fen": amount}
    total = assess(of({"items": [item], "exemptions": less}), {"poor": "yes"}).total_fen
    assert total * 100 <= amount * percent < (total + 1) * 100


def test_the_part_of_a_form_that_is_needed_is_what_the_fee_is_counted_by() -> None:
    assert fees.part(ROAD)["required"] == ["area", "starts", "ends", "road_class"]
    assert fees.part(HOUSE)["required"] == ["usage"] and "small_business" in fees.part(HOUSE)["properties"]
