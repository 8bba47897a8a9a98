"""What the fee table of a service file must hold: it can be counted by any form the service takes, and each exemption proved by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from chalicelib.catalogue.wrong import Data, Place, Wrong
from chalicelib.vocabulary.codes import LICENCE

MOST = 100_000_000  # fen; no fee of one case is more
_PRICES = ("amount_fen", "unit_fen", "table")


def fee(data: Data) -> Iterator[Wrong]:
    """Yield everything that is wrong with the fee of a service."""
    items = (data["fee"] or {"items": ()})["items"]
    codes = [item["code"] for item in items]
    for place, item in enumerate(items):
        here: Place = ("fee", "items", place)
        if item["code"] in codes[:place]:
            yield here, f"收费项目代码重复：{item['code']}"
        if data["task_type"] == LICENCE and not any(word in item["basis"] for word in ("法", "条例", "号")):
            yield (*here, "basis"), "行政许可收费应当有法律、行政法规依据"
        found = [*_price(here, item), *_table(here, item, data["form"]), *_factors(here, item, data["form"])]
        yield from found or _bounded(here, item, data["form"])
    for place, exemption in enumerate((data["fee"] or {}).get("exemptions", ())):
        yield from _exemption(("fee", "exemptions", place), exemption, data, codes)


def _price(here: Place, item: Mapping[str, Any]) -> Iterator[Wrong]:
    if sum(name in item for name in _PRICES) != 1:
        yield here, "收费项目应当写金额（amount_fen）、单价（unit_fen）和分档（table）中的一种"
    elif "table" not in item and ("unit_fen" in item) != ("times" in item):
        yield here, "单价（unit_fen）要写乘以什么（times），定额（amount_fen）没有乘数"
    name, other = ("unit_fen", "amount_fen") if "times" in item else ("amount_fen", "unit_fen")
    for place, row in enumerate(item.get("table", ())):
        if name not in row or other in row:
            yield (*here, "table", place), f"这一行应当写{name}，不写{other}：有乘数的写单价，没有的写金额"


def _table(here: Place, item: Mapping[str, Any], form: Data) -> Iterator[Wrong]:
    rows, properties = item.get("table", []), form["properties"]
    for place, row in enumerate(rows):
        for name, value in row.get("when", {}).items():
            if name not in properties or value not in properties[name].get("enum", ()):
                yield (*here, "table", place, "when"), f"申请表中没有选择项{name}，或者没有{value}这个选项"
    if rows and "when" in rows[-1] and not _covered(rows, form):
        yield (*here, "table"), "分档没有包括全部情况：补上缺的选项，或者最后加一行不写when的"


def _covered(rows: list[Mapping[str, Any]], form: Data) -> bool:
    """Tell whether a table of one field, which must be answered, has every value of it."""
    names = {name for row in rows for name in row["when"]} if all("when" in row for row in rows) else set()
    if len(names) != 1:
        return False
    (name,) = names
    values = set(form["properties"].get(name, {}).get("enum", ()))
    return name in form["required"] and values <= {row["when"][name] for row in rows}


def _factors(here: Place, item: Mapping[str, Any], form: Data) -> Iterator[Wrong]:
    for place, factor in enumerate(item.get("times", ())):
        days = {name for name in ("first", "last", "most") if name in factor}
        if ("field" in factor) == bool(days) or len(days) not in (0, 3):
            yield (
                (*here, "times", place),
                "乘数写一个整数表单项（field），或者首日、末日和最多天数（first、last、most）",
            )
            continue
        for key in ("field", "first", "last"):
            name = factor.get(key)
            if name and not (name in form["required"] and _countable(key, form["properties"].get(name, {}))):
                what = "整数项，不能是负数" if key == "field" else "日期项"
                yield (*here, "times", place, key), f"{name}应当是申请表中必填的{what}"


def _countable(key: str, field: Data) -> bool:
    whole = field.get("type") == "integer" and field.get("minimum", -1) >= 0
    return whole if key == "field" else field.get("format") == "date"


def _bounded(here: Place, item: Mapping[str, Any], form: Data) -> Iterator[Wrong]:
    """Hold the most that may come of an item to what one order can be: a slip of the pen is no bill of millions."""
    prices = [each.get("unit_fen") or each.get("amount_fen", 0) for each in (item, *item.get("table", ()))]
    times = [
        factor["most"] if "most" in factor else form["properties"][factor["field"]]["maximum"]
        for factor in item.get("times", ())
    ]
    if max(prices) * prod(times) > MOST:
        yield here, f"按表单项的最大值算出来超过{MOST // 100}元，请收紧表单项的最大值"


def _exemption(here: Place, exemption: Mapping[str, Any], data: Data, codes: list[str]) -> Iterator[Wrong]:
    for place, code in enumerate(exemption.get("items", ())):
        if code not in codes:
            yield (*here, "items", place), f"没有收费项目{code}"
    ((name, value),) = exemption["when"].items()
    asked = {
        material
        for situation in data.get("situations", ())
        for option in situation["options"]
        if (situation["id"], option["value"]) == (name, value)
        for material in option["materials"]
    }
    required = {each["code"] for each in data["materials"] if each["need"] == "required"}
    if exemption["proof"] not in asked & required:
        yield (*here, "proof"), f"减免的证明材料应当是情形{name}选{value}时的必要材料"
