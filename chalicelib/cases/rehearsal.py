"""An act carried out by the very code that does it, of which nothing comes: to see what it would say before it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.cases.model import Case, Event, Row
from chalicelib.cases.service import CaseStore


class Rehearsal:
    """A store that reads what another keeps and writes nothing. `told` has what happened in it: the head as it would be, and the event."""

    def __init__(self, kept: CaseStore) -> None:
        self._kept = kept
        self.told: list[tuple[Case, Event]] = []

    # — read —

    def head(self, case_no: str) -> Case | None:
        """Return a head."""
        return self._kept.head(case_no)

    def row(self, case_no: str, key: str) -> Row | None:
        """Return one row."""
        return self._kept.row(case_no, key)

    def rows(self, case_no: str, prefix: str = "") -> list[Row]:
        """Return the rows whose key begins with `prefix`."""
        return self._kept.rows(case_no, prefix)

    def several(self, keys: Sequence[tuple[str, str]]) -> list[Row]:
        """Return rows wherever they are."""
        return self._kept.several(keys)

    def paged(self, number: str, after: str, limit: int) -> list[Row]:
        """Return so many rows under a number of their own."""
        return self._kept.paged(number, after, limit)

    def whole(self, case_no: str, until: str = "") -> tuple[Case, list[Row]] | None:
        """Return a head and its rows."""
        return self._kept.whole(case_no, until)

    def listed(self, by: str, key: str, before: str | None, limit: int) -> list[Case]:
        """List heads."""
        return self._kept.listed(by, key, before, limit)

    def on_desk(self, desk: str, limit: int, after: str | None = None) -> list[Row]:
        """List rows on a desk."""
        return self._kept.on_desk(desk, limit, after)

    def due(self, desk: str, until: str) -> Iterator[Row]:
        """Go over the rows on a desk."""
        return self._kept.due(desk, until)

    # — write nothing —

    def create(self, case: Case) -> Case:
        """Return the head as if its number were free."""
        return case

    def commit(self, case: Case, event: Event | None, rows: Sequence[Row], gone: Sequence[Row] = ()) -> Case:
        """Keep what is told, and return the head as it would be."""
        after = case.with_(rev=case.rev + 1)
        if event is not None:
            self.told.append((after, event))
        return after

    def keep(self, row: Row) -> Row:
        """Return the row as it would be."""
        return row.with_(rev=row.rev + 1)
