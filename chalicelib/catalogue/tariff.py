"""What a service costs (收费项目和标准), as its file has it: `fees` counts by it, `feetexts` says it, `feerules` holds the file to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.catalogue.elements import Venue

_NOTE = re.compile(r"（[^）]*）")


@dataclass(frozen=True)
class Rate:
    """One row of a table of rates: what it costs where these fields of the form have these values; no field: in any other case.

    `amount_fen` for all of it, `unit_fen` where the item is counted by factors.
    """

    when: dict[str, str] = field(default_factory=dict)
    amount_fen: int = 0
    unit_fen: int = 0


@dataclass(frozen=True)
class Factor:
    """What a rate is multiplied by: a whole-number field of the form, or the days from the `first` date field to the `last`, both
    counted, `most` of them at most."""

    unit: str
    field: str = ""
    first: str = ""
    last: str = ""
    most: int = 0


@dataclass(frozen=True)
class FeeItem:
    """One row of the fee table, with the law it rests on (《行政许可法》第58条: no fee without one).

    A fixed amount, or the first row of `table` that fits; with `times` it is the rate of one unit, multiplied by each factor.
    """

    code: str
    name: str
    basis: str
    amount_fen: int = 0
    unit_fen: int = 0
    table: tuple[Rate, ...] = ()
    times: tuple[Factor, ...] = ()


@dataclass(frozen=True)
class Exemption:
    """Who pays less (减免): where a field of the form has a value and the material `proof` proves it, of the `items` named (all, where
    none is) only `percent` hundredths are paid."""

    when: dict[str, str]
    reason: str
    basis: str
    proof: str
    percent: int = 0
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fee:
    """What it costs, who pays less, and at which `counter` it is taken in cash or by card (收费窗口). Counted by `catalogue.fees`."""

    items: tuple[FeeItem, ...]
    exemptions: tuple[Exemption, ...] = ()
    counter: Venue | None = None

    @staticmethod
    def of(data: Mapping[str, Any]) -> Fee:
        """Read plain values."""
        items = tuple(
            FeeItem(
                **{
                    **each,
                    "table": tuple(Rate(**row) for row in each.get("table", ())),
                    "times": tuple(Factor(**factor) for factor in each.get("times", ())),
                }
            )
            for each in data["items"]
        )
        less = tuple(
            Exemption(**{**each, "items": tuple(each.get("items", ()))}) for each in data.get("exemptions", ())
        )
        counter = data.get("counter")
        return Fee(items, less, Venue(**counter) if counter else None)


def label(form: Mapping[str, Any], name: str, value: str) -> str:
    """Say what a choice of a form's field is called."""
    return str(form["properties"][name].get("x-labels", {}).get(value, value))


def title(form: Mapping[str, Any], name: str) -> str:
    """Say what a form's field is called, without what stands in brackets."""
    return _NOTE.sub("", str(form["properties"][name]["title"]))
