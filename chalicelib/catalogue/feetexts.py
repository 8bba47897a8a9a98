"""What is said of a fee before there is a form: in a list, and on the guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.catalogue.tariff import Exemption, Factor, Fee, FeeItem, Rate, label, title
from chalicelib.kernel.money import yuan

Schema = Mapping[str, Any]
FREE = "不收费"


def fixed(fee: Fee | None) -> int | None:
    """Return what everybody pays; None where it depends on the form."""
    if fee is None:
        return 0
    depends = fee.exemptions or any(item.table or item.times for item in fee.items)
    return None if depends else sum(item.amount_fen for item in fee.items)


def short(fee: Fee | None, form: Schema) -> str:
    """Say it in a list: `20元`, `80元或550元（可减免）`, `按占用面积、天数、道路等级计算`."""
    if fee is None:
        return FREE
    less = "（可减免）" if fee.exemptions else ""
    if any(item.times for item in fee.items):
        names = dict.fromkeys(name for item in fee.items for name in _depends(item, form))
        return f"按{'、'.join(names)}计算{less}"
    amounts = _sums([sorted({row.amount_fen for row in item.table} or {item.amount_fen}) for item in fee.items])
    said = [_yuan(each) for each in amounts]
    return ("或".join(said) if len(said) < 4 else f"{said[0]}至{said[-1]}") + less


def _sums(amounts: list[list[int]]) -> list[int]:
    found = {0}
    for each in amounts:
        found = {total + more for total in found for more in each}
    return sorted(found)


def _depends(item: FeeItem, form: Schema) -> list[str]:
    """Name what an item depends on: its factors, then what its table asks."""
    factors = [title(form, factor.field) if factor.field else f"{factor.unit}数" for factor in item.times]
    return factors + [title(form, name) for row in item.table for name in row.when]


def told(fee: Fee, form: Schema, materials: Mapping[str, str]) -> dict[str, Any]:
    """Write how each item is counted and who pays less, as a guide has it. `materials`: their names by their codes."""
    return {
        "items": [
            {"code": item.code, "name": item.name, "basis": item.basis, "how": _how(item, form)} for item in fee.items
        ],
        "exemptions": [
            {"reason": each.reason, "basis": each.basis, "how": _less(each, fee, materials)} for each in fee.exemptions
        ],
        "counter": {"address": fee.counter.address, "hours": fee.counter.hours} if fee.counter else None,
    }


def _how(item: FeeItem, form: Schema) -> str:
    rates = "；".join(_rate(row, item, form) for row in item.table) or _price(item, item)
    return rates + "".join(f"，乘以{_factor(factor, form)}" for factor in item.times)


def _rate(row: Rate, item: FeeItem, form: Schema) -> str:
    return ("、".join(label(form, name, value) for name, value in row.when.items()) or "其他") + _price(row, item)


def _price(of: Rate | FeeItem, item: FeeItem) -> str:
    units = "".join(f"每{factor.unit}" for factor in item.times)
    return f"{units}{_yuan(of.unit_fen if item.times else of.amount_fen)}"


def _factor(factor: Factor, form: Schema) -> str:
    if factor.field:
        return title(form, factor.field)
    return f"{factor.unit}数（{title(form, factor.first)}到{title(form, factor.last)}，首尾都算）"


def _less(exemption: Exemption, fee: Fee, materials: Mapping[str, str]) -> str:
    names = [item.name for item in fee.items if item.code in exemption.items] if len(fee.items) > 1 else []
    share = f"按{exemption.percent}%收取" if exemption.percent else "免收"
    return f"{'、'.join(names)}{share}，凭{materials.get(exemption.proof, exemption.proof)}"


def _yuan(fen: int) -> str:
    return f"{yuan(fen).removesuffix('.00')}元"
