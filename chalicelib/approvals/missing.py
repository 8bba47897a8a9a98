"""What a supplement (补正) asks for, item by item, and which items what came answers.

An item is {"code", "text"}: its code names a material, a field of the form, or, where it was asked in words, nothing but itself
(`asked-<department>-<n>`): a file handed in under it answers it. The items of a department lie on its wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Literal

from chalicelib.cases.clock import written
from chalicelib.cases.model import WAIT, CaseFile, Row
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import Due, add_workdays
from chalicelib.tasks.model import Missing
from chalicelib.vocabulary.periods import CORRECTION_WORKDAYS

WORDS = "asked-"
Group = Literal["material", "field", "words"]


def coded(missing: Missing, department: str) -> Missing:
    """Give what is asked in words a code of its own."""
    return [{"code": f"{WORDS}{department}-{number}", **item} for number, item in enumerate(missing, 1)]


def group(item: dict[str, str], service: Service) -> Group:
    """Tell what the code of an item names; a material that no list has, a clerk named."""
    if item["code"].startswith(WORDS):
        return "words"
    return "field" if item["code"] in service.form["properties"] else "material"


def open_waits(file: CaseFile) -> list[Row]:
    """Return the waits of departments for the applicant, the one whose day comes first in front."""
    return sorted((row for row in file.of(WAIT) if row.outcome is None), key=lambda row: row.due or "")


def items(waits: Iterable[Row]) -> Missing:
    """Return all that is asked for."""
    return [item for wait in waits for item in wait.data["missing"]]


def texts(waits: Iterable[Row]) -> list[str]:
    """Say all that is asked for."""
    return [item["text"] for item in items(waits)]


def answered(waits: Sequence[Row], came: Collection[str]) -> list[Row]:
    """Return the waits with what is left of each once these codes came.

    What nobody asked for by its code answers what was asked in words, of the one department whose day comes first.
    """
    beside = set(came) - {item["code"] for item in items(waits)}
    after = []
    for wait in waits:
        left = [item for item in wait.data["missing"] if item["code"] not in came]
        rest = [item for item in left if not item["code"].startswith(WORDS)] if beside else left
        beside = beside if rest == left else set()
        after.append(wait.with_(data={"missing": rest}))
    return after


def shown(waits: Iterable[Row], service: Service) -> list[dict[str, Any]]:
    """Write what is asked for as pages show it: by whom, until when."""
    return [
        {
            **item,
            "group": group(item, service),
            "department": wait.data["department"],
            "department_name": wait.data["department_name"],
            "due": (wait.due or "")[:10],
            "provisional": wait.data["provisional"],
        }
        for wait in waits
        for item in wait.data["missing"]
    ]


def timed(wait: Row) -> Row:
    """Return a wait due as the calendar says now."""
    due = add_workdays(clock.parse(wait.data["asked_at"]).date(), CORRECTION_WORKDAYS)
    return wait.with_(due=f"{due.day.isoformat()}#{wait.case_no}", data={"provisional": due.provisional})


def until(wait: Row) -> str:
    """Say by when a department must have it all."""
    return written(Due(date.fromisoformat((wait.due or "")[:10]), wait.data["provisional"]), "前")


def told(waits: Sequence[Row]) -> dict[str, Any]:
    """Return what an event says of what is asked for; nothing where nothing is."""
    if not waits:
        return {}
    return {"asked": texts(waits), "due": (waits[0].due or "")[:10], "provisional": waits[0].data["provisional"]}


def noted(waits: Sequence[Row]) -> dict[str, Any]:
    """Return the facts by which the head says what is asked for, and by when: a status query reads nothing else."""
    return {"correction": texts(waits), "correction_by": until(waits[0]) if waits else ""}
