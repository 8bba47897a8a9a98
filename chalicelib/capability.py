"""What a capability hangs on the system: each `parts.py` ends with one `Capability`, and `wiring` lists them.

Only types are imported here, so that the contract of a slice depends on nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.cases.model import Case, CaseFile, Change, Row
    from chalicelib.catalogue.model import Service
    from chalicelib.identity.model import Session
    from chalicelib.identity.service import Messenger
    from chalicelib.intake.model import Intake, Reply
    from chalicelib.tasks.model import Kind
    from chalicelib.vocabulary.codes import OfficeAct

Step = Callable[[dict[str, Any], datetime], "dict[str, Any] | None"]
"""One step of a workflow: its input (`case_no`, `token` where it waits), and now → its output, or None where it waits.

A step may be called again at any time: by a retry, or by a workflow begun anew after an outage.
"""
Round = Callable[[datetime], int]
"""One round of the clock, once a minute → how many things it moved on."""
Listener = Callable[["Change"], None]
"""Carries out what one change of the cases table asks for; raises what is to be tried again."""
Owes = Callable[["CaseFile"], Iterable[str]]
"""Which rows of a case, by key, a listener has perhaps not carried out: the stream may have lost them."""
Receiver = Callable[["Intake", datetime], "Reply"]
"""Answers one kind of submission at the desk."""
Page = Callable[["CaseFile", "Service"], dict[str, Any]]
"""A capability's part of a case's page, for its applicant and for clerks: nothing personal in clear."""
StaffPage = Callable[["CaseFile", "Service", "Session"], dict[str, Any]]
"""The same for clerks alone, with what is open to who reads it."""
InClear = Callable[["CaseFile", "Session"], Mapping[str, Callable[[], Any] | None]]
"""What a capability has sealed of a case, by name: how to open it once the reading is on record; None if it is not for this reader."""
Beside = Callable[["CaseFile"], Mapping[int, dict[str, Any]]]
"""What stands beside entries of the timeline, by the number of the event."""
Veils = Callable[["CaseFile", "Session"], Collection[str]]
"""Which events of a case are not for this reader in office."""
Can = Callable[["CaseFile"], list[str]]
"""What may be done now, by those who have the right to (`cases.rights`)."""
Check = Callable[["CaseFile", "Service", "Session"], None]
"""Whose an act of an office on a case is and when: raises Forbidden for who may not, Conflict where the case is not there for it."""
Acts = Callable[[], "Mapping[OfficeAct, Check]"]
"""The check of each act a capability has."""
Bars = Callable[["CaseFile"], "str | None"]
"""Why a decided case cannot be withdrawn (撤回) any more, in words for who asks; None where this capability has nothing against it."""
Stands = Callable[["Case"], str]
"""Says how a case stands beyond its status, to who may know; empty where there is no more to say."""
Voids = Callable[["CaseFile", "Service", str, datetime], "tuple[list[Row], list[str]]"]
"""What a capability's rows become where a case is void, or withdrawn, for a reason: written in the same transaction, with what is told
of it.
Open tasks and waits are closed for it, but those whose `Kind` is `owed`."""


@dataclass(frozen=True, kw_only=True)
class Capability:
    """All that is optional: most capabilities hang on a few of these."""

    steps: Mapping[str, Step] = field(default_factory=dict)
    rounds: Mapping[str, Round] = field(default_factory=dict)
    listeners: Mapping[str, Listener] = field(default_factory=dict)
    owes: Mapping[str, Owes] = field(default_factory=dict)
    """By listener: each says it once."""
    apart: Mapping[str, Listener] = field(default_factory=dict)
    """What listens in a function of its own, of the same name: best effort, with retries of its own."""
    receives: Mapping[str, Receiver] = field(default_factory=dict)
    tasks: tuple[Kind, ...] = ()
    page: Page | None = None
    own_page: Page | None = None
    """What citizens alone see: a clerk learns it from them."""
    staff_page: StaffPage | None = None
    in_clear: InClear | None = None
    beside: Beside | None = None
    veils: Veils | None = None
    can: Can | None = None
    acts: Acts | None = None
    bars: Bars | None = None
    voids: Voids | None = None
    stands: Stands | None = None
    """One capability offers it."""
    messenger: Callable[[], Messenger] | None = None
    """Makes what takes one-time codes to phones; one capability offers it."""
