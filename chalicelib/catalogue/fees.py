"""What a fee comes to (收费核算): of a service's fee table and a filled-in form, a pure function.

Money is whole fen. A rate and its factors are whole numbers, so nothing is rounded there; where an exemption leaves a share of an
item, what is left is rounded down to the fen, in favour of who pays. Of several exemptions that fit an item the one that leaves
least is applied, once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.catalogue.tariff import label, title
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.kernel.money import yuan

if TYPE_CHECKING:
    from chalicelib.catalogue.model import Service
    from chalicelib.catalogue.tariff import Exemption, Factor, Fee, FeeItem, Rate

Form = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One item of a fee as it was counted; `how` says it in Chinese: 主干道0.50元×20平方米×6天."""

    code: str
    name: str
    basis: str
    amount_fen: int
    how: str


@dataclass(frozen=True)
class Reduction:
    """By how much an item is reduced, why, and by which material that is proved."""

    code: str
    reason: str
    basis: str
    proof: str
    proof_name: str
    amount_fen: int


@dataclass(frozen=True)
class Assessment:
    """A fee counted: the total is the lines less the reductions. `unproved`: reductions that do not count, for want of their proof."""

    lines: tuple[Line, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    unproved: tuple[Reduction, ...] = ()

    @property
    def total_fen(self) -> int:
        """Return what is to be paid."""
        return sum(line.amount_fen for line in self.lines) - sum(each.amount_fen for each in self.reductions)

    def told(self) -> dict[str, Any]:
        """Write it as the API, a bill and an event have it."""
        parts = {name: [asdict(each) for each in getattr(self, name)] for name in ("lines", "reductions", "unproved")}
        return {"total_fen": self.total_fen, **parts}


def used(fee: Fee) -> tuple[list[str], list[str]]:
    """Return the fields of the form a fee cannot be counted without, and those it looks at where they are answered."""
    needed = [name for item in fee.items for factor in item.times for name in (factor.field, factor.first, factor.last)]
    needed += [name for item in fee.items for row in item.table for name in row.when]
    looked = [name for each in fee.exemptions for name in each.when]
    return list(dict.fromkeys(filter(None, needed))), list(dict.fromkeys(looked))


def part(service: Service) -> dict[str, Any]:
    """Return the schema of that part of a form its fee is counted by: the rest may be empty, or anything."""
    needed, looked = used(service.fee) if service.fee else ([], [])
    required = [name for name in needed if name in service.form["required"]]
    properties = {name: service.field(name) for name in (*needed, *looked)}
    return {"type": "object", "required": required, "properties": properties}


def assess(service: Service, form: Form, handed: Collection[str] | None = None) -> Assessment:
    """Count what somebody owes by his form, which is right by `part`. `handed`: the codes of the materials handed in; None counts
    each exemption as proved, as it stands before they are.

    Raises InvalidInput naming the field for dates that do not follow each other, or lie too far apart.
    """
    if service.fee is None:
        return Assessment()
    lines = tuple(_line(service, item, form) for item in service.fee.items)
    found = [less for line in lines for less in _less(service, line, form, handed)]
    return Assessment(
        lines,
        tuple(less for less, proved in found if proved),
        tuple(less for less, proved in found if not proved),
    )


def _line(service: Service, item: FeeItem, form: Form) -> Line:
    row = next((each for each in item.table if _fits(each.when, form)), None)
    price = (row or item).unit_fen if item.times else (row or item).amount_fen
    counts = [(_count(service, factor, form), factor.unit) for factor in item.times]
    amount = price
    for count, _ in counts:
        amount *= count
    how = f"{_row_name(service, row)}{yuan(price)}元" + "".join(f"×{count}{unit}" for count, unit in counts)
    return Line(item.code, item.name, item.basis, amount, how)


def _fits(when: Mapping[str, str], form: Form) -> bool:
    return all(form.get(name) == value for name, value in when.items())


def _row_name(service: Service, row: Rate | None) -> str:
    return "、".join(label(service.form, name, value) for name, value in row.when.items()) if row else ""


def _count(service: Service, factor: Factor, form: Form) -> int:
    if factor.field:
        return int(form[factor.field])
    first, last = (date.fromisoformat(form[name]) for name in (factor.first, factor.last))
    days = (last - first).days + 1
    names = [title(service.form, name) for name in (factor.first, factor.last)]
    if days < 1:
        raise _wrong(factor.last, f"{names[1]}不能早于{names[0]}")
    if days > factor.most:
        raise _wrong(factor.last, f"{names[0]}到{names[1]}最多{factor.most}天")
    return days


def _wrong(name: str, words: str) -> InvalidInput:
    return InvalidInput(words, [Fault(f"form.{name}", "range", words)])


def _less(service: Service, line: Line, form: Form, handed: Collection[str] | None) -> list[tuple[Reduction, bool]]:
    """Return the reduction of a line and that it is proved; or, of one without its proof, that it is not."""
    fee = service.fee
    fitting = [
        each
        for each in (fee.exemptions if fee else ())
        if _fits(each.when, form) and (not each.items or line.code in each.items)
    ]
    proved = [each for each in fitting if _proved(service, each, handed)]
    best = min(proved or fitting, key=lambda each: each.percent, default=None)
    if best is None:
        return []
    name = next((each.name for each in service.materials if each.code == best.proof), best.proof)
    amount = line.amount_fen - line.amount_fen * best.percent // 100
    return [(Reduction(line.code, best.reason, best.basis, best.proof, name, amount), bool(proved))]


def _proved(service: Service, exemption: Exemption, handed: Collection[str] | None) -> bool:
    """Tell whether an exemption is proved: its material is in, or one that the offices verify themselves."""
    verified = {each.code for each in service.materials if each.source == "government"}
    return handed is None or exemption.proof in handed or exemption.proof in verified
