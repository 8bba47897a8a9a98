"""Cases over a rehearsal: what would happen is told, and the table stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.cases.model import Event
from chalicelib.cases.rehearsal import Rehearsal
from chalicelib.cases.service import Cases, CaseStore
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.seal import Sealer
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.decided import Decided
from tests.unit.memory import LocalKeys
from tests.unit.samples import NOW

WRITES = ("create", "commit", "keep")


class Locked:
    """A table that is read; whoever writes to it is caught."""

    def __init__(self, kept: CaseStore) -> None:
        self._kept = kept

    def __getattr__(self, name: str) -> Any:
        assert name not in WRITES, f"written by {name}"
        return getattr(self._kept, name)


def rehearsal(store: Any) -> tuple[Cases, Rehearsal]:
    """Cases that are only looked at, over a table nobody may write to."""
    told = Rehearsal(Locked(store))
    return Cases(told, Sealer(LocalKeys(), "key"), b"index"), told


def test_what_would_happen_is_told_and_nothing_is_written() -> None:
    made = Decided()
    before = (dict(made.store.heads), dict(made.store.kept))
    cases, rehearsed = rehearsal(made.store)
    case = cases.head(made.case_no)
    row = next(iter(made.file.rows), None)
    cases.record(case.plus(more="1"), Event(EventName.DELIVERED, "送达", NOW), Status.DELIVERED, [row] if row else [])
    cases.amend(case)
    cases.index_number("waybill#1", made.case_no, "ship#1")
    assert cases.create(case) is case
    ((after, event),) = rehearsed.told
    assert (after.status, after.rev, after.facts["more"]) == (Status.DELIVERED, case.rev + 1, "1")
    assert event.name is EventName.DELIVERED and (made.store.heads, made.store.kept) == before


def test_what_the_table_of_edges_does_not_have_is_refused_as_ever() -> None:
    made = Decided(Status.DENIED)
    cases, rehearsed = rehearsal(made.store)
    with pytest.raises(Conflict):
        cases.record(cases.head(made.case_no), Event(EventName.DELIVERED, "", NOW), Status.DELIVERED)
    assert not rehearsed.told


def test_it_reads_what_is_there() -> None:
    made = Decided()
    cases, _ = rehearsal(made.store)
    assert cases.whole(made.case_no) == made.file and cases.row(made.case_no, "none") is None
    assert cases.rows(made.case_no, "event#") and cases.by_phone("13800001234")
    assert (
        list(cases.waiting("owed", "~")) == list(made.cases.waiting("owed", "~")) and cases.on_desk("zwzx@510100") == []
    )
