"""Gaps (差错): what bill, order and case do not agree on, and how they are found by holding a bill against our entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chalicelib.cases.desks import lane
from chalicelib.cases.model import Row, WaitState
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import add_workdays
from chalicelib.payments.ledger_model import DESK, GAP, part, place
from chalicelib.payments.party import Line
from chalicelib.tasks.model import due_key
from chalicelib.vocabulary.accounts import GapKind
from chalicelib.vocabulary.periods import GAP_WORKDAYS


@dataclass(frozen=True)
class Gap:
    """One thing they do not agree on. `number`: of the transaction, or ours of the refund; an amount is None where a side has none."""

    kind: GapKind
    number: str
    case_no: str = ""
    out_trade_no: str = ""
    ours_fen: int | None = None
    theirs_fen: int | None = None


def gap_row(where: str, gap: Gap, now: datetime) -> Row:
    """Return a gap, open on the accountants' desk."""
    due = add_workdays(now.date(), GAP_WORKDAYS).day
    about = {name: value for name, value in vars(gap).items() if value not in (None, "")}
    key = f"{GAP}#{gap.kind}#{gap.number}"
    data = about | {"found_at": clock.iso(now)}
    desk_due = due_key(due, now, f"{where}#{gap.number}")
    return Row(where, key, GAP, str(WaitState.OPEN), desk=lane(DESK, where), due=desk_due, data=data)


def gap_id(row: Row) -> str:
    """Write the id of a gap used in URLs: `wechat_pay.2026-11-30.long.4200…`."""
    code, day = place(row.case_no)
    return f"{code}.{day.isoformat()}.{row.data['kind']}.{row.data['number']}"


def gap_place(gap: str) -> tuple[str, str] | None:
    """Read partition and sort key from an id; None if it is none."""
    parts = gap.split(".", 3)
    try:
        code, day, kind, number = parts[0], date.fromisoformat(parts[1]), parts[2], parts[3]
    except (IndexError, ValueError):
        return None
    return part(code, day), f"{GAP}#{kind}#{number}"


@dataclass(frozen=True)
class Compared:
    """A bill beside our entries: the gaps that are certain, the lines none of the day's entries knows, the entries that agree, and the
    refunds that are not in it."""

    gaps: list[Gap]
    strange: list[Line]
    agreed: list[Row]
    missing: list[Row]


def compared(lines: Iterable[Line], entries: Sequence[Row]) -> Compared:
    """Hold a day's bill against its entries."""
    ours: Mapping[tuple[str, str], Row] = {(_side(row), row.data["number"]): row for row in entries}
    found, seen = Compared([], [], [], []), set[tuple[str, str]]()
    for line in lines:
        mark: tuple[str, str] = (line.kind, line.number)
        row = ours.get(mark)
        if mark in seen:
            found.gaps.append(_gap("twice" if line.kind == "in" else "refund_unknown", line, row))
        elif row is None or (line.kind == "out" and line.going == "undone"):
            found.strange.append(line)
        elif row.data["amount_fen"] != line.amount_fen:
            found.gaps.append(_gap("amount", line, row))
        elif line.going == "undone":
            found.gaps.append(_gap("status", line, row))
        else:
            found.agreed.append(row)
        seen.add(mark)
    for (side, number), row in ours.items():
        if (side, number) not in seen:
            if side == "in":
                found.gaps.append(gap_of_entry("short", row))
            else:
                found.missing.append(row)
    return found


def gap_of_entry(kind: GapKind, row: Row) -> Gap:
    """Return the gap of an entry that the bill, or the case, does not bear out."""
    data = row.data
    return Gap(kind, data["number"], data["case_no"], data.get("out_trade_no", ""), data["amount_fen"])


def gap_of_line(kind: GapKind, line: Line, case_no: str = "", ours_fen: int | None = None) -> Gap:
    """Return the gap of a line that nothing here bears out."""
    return Gap(kind, line.number, case_no, line.out_trade_no, ours_fen, line.amount_fen)


def _gap(kind: GapKind, line: Line, row: Row | None) -> Gap:
    data: dict[str, Any] = row.data if row else {}
    return gap_of_line(kind, line, data.get("case_no", ""), data.get("amount_fen"))


def _side(row: Row) -> str:
    return row.key.partition("#")[0]


def present_gap(row: Row) -> dict[str, Any]:
    """Write a gap for the accountants' list."""
    code, day = place(row.case_no)
    shown = (
        "kind",
        "number",
        "case_no",
        "out_trade_no",
        "ours_fen",
        "theirs_fen",
        "found_at",
        "how",
        "note",
        "settled_by",
    )
    told = {name: row.data[name] for name in shown if row.data.get(name) not in (None, "")}
    return told | {"gap_id": gap_id(row), "party": code, "day": day.isoformat(), "due": (row.due or "")[:10] or None}
