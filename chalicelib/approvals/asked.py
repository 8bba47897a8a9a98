"""What departments ask an applicant for (补正), item by item, and which items what came answers.

An item is {"code", "text", "group"}: `group` says what the code names, a material, a field of the form, or, where it was asked in
words, nothing but itself (`words-<n>`): a file handed in under it answers it. What a department still waits for lies on its wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from chalicelib.approvals.model import ASKED, UNANSWERED
from chalicelib.cases.clock import written
from chalicelib.cases.model import CaseFile, Row
from chalicelib.catalogue.model import Service
from chalicelib.kernel import clock
from chalicelib.kernel.workdays import Due, add_workdays
from chalicelib.tasks.model import Missing
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.periods import CORRECTION_WORKDAYS

WORDS = "words-"


def grouped(missing: Missing, service: Service, file: CaseFile) -> Missing:
    """Say of each item what it names; what is asked in words gets a code that no other item of the case has."""
    number = sum(len(_worded(request)) for request in _requests(file))
    found = []
    for item in missing:
        code = item.get("code", "")
        if not code or code.startswith(WORDS):
            number += 1
            found.append({"code": f"{WORDS}{number}", "text": item["text"], "group": "words"})
        else:
            found.append({**item, "group": "field" if code in service.form["properties"] else "material"})
    return found


def open_waits(file: CaseFile) -> list[Row]:
    """Return the waits of departments for the applicant, the one whose day comes first in front."""
    return in_order(row for row in file.under(ASKED) if row.outcome is None)


def before(file: CaseFile, department: str) -> bool:
    """Tell whether a department has asked already, at whatever stage."""
    return any(row.data["department"] == department for row in file.under(ASKED))


def still_taken(file: CaseFile) -> list[Row]:
    """Return the waits whose items may be handed in: the open ones, and those whose day passed after acceptance."""
    return open_waits(file) + [row for row in file.under(ASKED) if row.outcome == UNANSWERED]


def lacking(known: Sequence[Mapping[str, str]], waits: Iterable[Row], given: Collection[str] = ()) -> Missing:
    """Return the files that are still lacking, those of waits whose day passed among them, as a case's head keeps them."""
    codes = {*given, *(each["code"] for each in known)}
    late = [item for item in items(row for row in waits if row.outcome == UNANSWERED) if item["group"] != "field"]
    return [dict(each) for each in known] + [
        {"code": item["code"], "name": item["text"]} for item in late if item["code"] not in codes
    ]


def in_order(waits: Iterable[Row]) -> list[Row]:
    """Return waits in the order of their days."""
    return sorted(waits, key=lambda row: row.due or "")


def items(waits: Iterable[Row]) -> Missing:
    """Return all that is asked for."""
    return [item for wait in waits for item in wait.data["missing"]]


def in_words(waits: Iterable[Row]) -> bool:
    """Tell whether anything is asked in words: that may mean any field of the form."""
    return bool(_worded(items(waits)))


def left_after(file: CaseFile, files: Collection[str], fields: Collection[str], looked: Collection[str]) -> list[Row]:
    """Return the open waits with what is left of each once these files came, and these fields changed or were `looked` at.

    That a field asked for is right as it stands is an answer, too. What nobody ever asked for by its code answers what was asked in words,
    of the one department whose day comes first: a file of any, a changed field of one that asked in words alone, for who asks by codes
    means no field by his words. A second file under a code that was asked for is a better one of the same.
    """
    waits, requests = open_waits(file), _requests(file)
    ever = {item["code"] for request in requests for item in request}
    in_words_alone = {item["code"] for request in requests if _worded(request) == request for item in request}
    meant = ever if {*files} - ever else in_words_alone if {*fields} - ever else set()
    words = ({item["code"] for item in _worded(wait.data["missing"])}.difference(files) for wait in waits)
    came = {*files, *fields, *looked}.union(next((codes for codes in words if codes & meant), ()))
    return [wait.with_(data={"missing": [i for i in wait.data["missing"] if i["code"] not in came]}) for wait in waits]


def _requests(file: CaseFile) -> list[Missing]:
    """Return what each department asked for, as it asked."""
    return [event.data["missing"] for event in file.events if event.name is EventName.CORRECTION_REQUESTED]


def _worded(missing: Missing) -> Missing:
    return [item for item in missing if item["group"] == "words"]


def brought(waits: Iterable[Row]) -> str:
    """Name the windows where what is asked for can be brought: those of the departments that ask."""
    return "、".join(dict.fromkeys(wait.data["address"] for wait in waits if wait.data.get("address")))


def kept(waits: Sequence[Row]) -> dict[str, Any]:
    """Return what a case's head keeps of what is asked for, for who asks how it stands and may answer at once (`intake.status`)."""
    fields = [item["code"] for item in items(waits) if item["group"] == "field"]
    return {"correction": said(waits), "bring": brought(waits), "fields": fields}


def shown(waits: Iterable[Row]) -> list[dict[str, Any]]:
    """Write what is asked for as pages show it: by whom, until when."""
    return [
        {
            **item,
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


def said(waits: Iterable[Row]) -> str:
    """Say what is asked for, by day: 在7月22日前补正：照片、合同；在7月23日前补正：消防意见. Empty where nothing is."""
    by_day = groupby(waits, key=_until)
    return "；".join(f"在{day}补正：{'、'.join(item['text'] for item in items(rows))}" for day, rows in by_day)


def told(waits: Sequence[Row]) -> dict[str, Any]:
    """Return what an event says of what is asked for; nothing where nothing is."""
    if not waits:
        return {}
    first = waits[0]
    due = {"due": (first.due or "")[:10], "provisional": first.data["provisional"]}
    return {"missing": items(waits), "asked": said(waits), "address": brought(waits), **due}


def _until(wait: Row) -> str:
    return written(Due(date.fromisoformat((wait.due or "")[:10]), wait.data["provisional"]), "前")
