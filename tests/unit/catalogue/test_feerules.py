"""What the fee of a service file must hold: each rule refuses what breaks it, at its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml

from chalicelib.catalogue.feerules import fee
from tests.unit.docs.test_citations import ROOT

FILES = {
    code: yaml.safe_load((ROOT / f"services/{code}.yaml").read_text("utf-8"))
    for code in ("road-occupation", "house-transfer")
}
ROAD, HOUSE = FILES.values()
ROWS = [{"when": {"road_class": each}, "unit_fen": 1} for each in ("main", "secondary", "branch")]
WRONG: list[tuple[dict[str, Any], str, Any, str, str]] = [
    (ROAD, "basis", "本局自行决定", "fee.items.0.basis", "法律、行政法规依据"),
    (ROAD, "amount_fen", 100, "fee.items.0", "中的一种"),
    (ROAD, "table", None, "fee.items.0", "中的一种"),
    (
        ROAD,
        "table",
        [{"when": {"road_class": "main"}, "amount_fen": 1}, {"unit_fen": 1}],
        "fee.items.0.table.0",
        "写unit_fen",
    ),
    (ROAD, "table", [*ROWS[:2]], "fee.items.0.table", "没有包括全部情况"),
    (
        ROAD,
        "table",
        [{"when": {"road_class": "lane"}, "unit_fen": 1}, {"unit_fen": 1}],
        "fee.items.0.table.0.when",
        "没有lane",
    ),
    (
        ROAD,
        "table",
        [{"when": {"width": "main"}, "unit_fen": 1}, {"unit_fen": 1}],
        "fee.items.0.table.0.when",
        "没有选择项width",
    ),
    (ROAD, "times", [{"field": "road", "unit": "米"}], "fee.items.0.times.0.field", "必填的整数项"),
    (ROAD, "times", [{"field": "gone", "unit": "米"}], "fee.items.0.times.0.field", "gone应当"),
    (
        ROAD,
        "times",
        [{"field": "area", "first": "starts", "unit": "天"}],
        "fee.items.0.times.0",
        "首日、末日和最多天数",
    ),
    (ROAD, "times", [{"first": "starts", "last": "ends", "unit": "天"}], "fee.items.0.times.0", "首日、末日和最多天数"),
    (
        ROAD,
        "times",
        [{"first": "starts", "last": "area", "most": 9, "unit": "天"}],
        "fee.items.0.times.0.last",
        "日期项",
    ),
    (ROAD, "table", [{**each, "unit_fen": 10**8} for each in ROWS], "fee.items.0", "超过1000000元"),
    (HOUSE, "times", [{"field": "area", "unit": "平方米"}], "fee.items.0.table.0", "写unit_fen"),
    (HOUSE, "code", "other", "", ""),
]


def places(data: dict[str, Any]) -> dict[str, str]:
    return {".".join(map(str, place)): message for place, message in fee(data)}


def test_the_files_there_are_hold_them_all() -> None:
    assert all(places(each) == {} for each in FILES.values())


@pytest.mark.parametrize(("of", "name", "value", "place", "words"), WRONG)
def test_each_rule_names_what_breaks_it(of: dict[str, Any], name: str, value: Any, place: str, words: str) -> None:
    data = deepcopy(of)
    item = data["fee"]["items"][0]
    item[name] = value
    if value is None:
        del item[name]
    found = places(data)
    assert (found == {}) if not place else words in found[place]


def test_a_price_of_one_unit_needs_what_it_is_multiplied_by() -> None:
    data = deepcopy(ROAD)
    item = data["fee"]["items"][0]
    del item["table"]
    item["amount_fen"] = 5
    assert "定额" in places(data)["fee.items.0"]
    item["unit_fen"] = item.pop("amount_fen")
    assert places(data) == {}
    del item["times"]
    assert "times" in places(data)["fee.items.0"]


def test_a_table_of_a_field_that_may_be_empty_needs_a_row_for_the_rest() -> None:
    data = deepcopy(HOUSE)
    data["form"]["required"].remove("usage")
    assert "没有包括全部情况" in places(data)["fee.items.0.table"]
    data["fee"]["items"][0]["table"].append({"amount_fen": 1})
    assert places(data) == {}


def test_no_item_is_there_twice_and_what_is_reduced_is_an_item() -> None:
    data = deepcopy(HOUSE)
    data["fee"]["items"].append(data["fee"]["items"][0])
    data["fee"]["exemptions"][0]["items"] = ["registration", "gone"]
    assert places(data) == {
        "fee.items.1": "收费项目代码重复：registration",
        "fee.exemptions.0.items.1": "没有收费项目gone",
    }


@pytest.mark.parametrize("spoil", ["when", "proof", "need"])
def test_an_exemption_is_proved_by_what_its_situation_asks_for(spoil: str) -> None:
    data = deepcopy(HOUSE)
    exemption = data["fee"]["exemptions"][0]
    if spoil == "need":
        next(each for each in data["materials"] if each["code"] == exemption["proof"])["need"] = "optional"
    else:
        exemption[spoil] = {"small_business": "no"} if spoil == "when" else "old-certificate"
    assert "必要材料" in places(data)["fee.exemptions.0.proof"]
