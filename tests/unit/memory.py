"""Tables in memory, as strict as the real ones: conditional on `rev`, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from chalicelib.cases.model import HEAD, Case, Event, Row, event_key
from chalicelib.cases.service import Cases
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.seal import Sealer


class MemoryStore:
    """A CaseStore in two dicts."""

    def __init__(self) -> None:
        self.heads: dict[str, Case] = {}
        self.kept: dict[tuple[str, str], Row] = {}

    def create(self, case: Case) -> Case:
        return self.heads.setdefault(case.case_no, case)

    def head(self, case_no: str) -> Case | None:
        case = self.heads.get(case_no)
        return case.with_(private=None) if case else None

    def row(self, case_no: str, key: str) -> Row | None:
        return self.kept.get((case_no, key))

    def rows(self, case_no: str, prefix: str = "") -> list[Row]:
        return [row for (number, key), row in sorted(self.kept.items()) if number == case_no and key.startswith(prefix)]

    def several(self, keys: Sequence[tuple[str, str]]) -> list[Row]:
        heads = [self.heads[number] for number, key in keys if key == HEAD and number in self.heads]
        found = [Row(case.case_no, HEAD, HEAD, str(case.status), case.rev) for case in heads]
        return found + [self.kept[key] for key in keys if key in self.kept]

    def paged(self, number: str, after: str, limit: int) -> list[Row]:
        return [row for row in self.rows(number) if row.key > after][:limit]

    def whole(self, case_no: str, until: str = "") -> tuple[Case, list[Row]] | None:
        case = self.head(case_no)
        return (case, [row for row in self.rows(case_no) if not until or row.key <= until]) if case else None

    def commit(self, case: Case, event: Event | None, rows: Sequence[Row], gone: Sequence[Row] = ()) -> Case:
        if self.heads[case.case_no].rev != case.rev or any(self._changed(row) for row in (*rows, *gone)):
            raise Conflict("变化", code="changed_meanwhile")
        after = case.with_(rev=case.rev + 1)
        self.heads[case.case_no] = after.with_(private=None)
        for row in rows:
            self.kept[row.case_no, row.key] = row.with_(rev=row.rev + 1)
        for row in gone:
            del self.kept[row.case_no, row.key]
        if event is not None:
            key = event_key(after.rev)
            self.kept[case.case_no, key] = Row(case.case_no, key, "event", "", 1, data=event.written())
        return after

    def keep(self, row: Row) -> Row:
        if self._changed(row):
            raise Conflict("变化", code="changed_meanwhile")
        self.kept[row.case_no, row.key] = row.with_(rev=row.rev + 1)
        return self.kept[row.case_no, row.key]

    def listed(self, by: str, key: str, before: str | None, limit: int) -> list[Case]:
        found = [case for case in self.heads.values() if getattr(case, by) == key]
        found = [case for case in found if before is None or clock.iso(case.received_at) < before]
        return sorted(found, key=lambda case: case.received_at, reverse=True)[:limit]

    def on_desk(self, desk: str, limit: int, after: str | None = None) -> list[Row]:
        return [row for row in self.due(desk, "~") if after is None or (row.due or "") > after][:limit]

    def due(self, desk: str, until: str) -> Iterator[Row]:
        rows = [row for row in self.kept.values() if row.desk == desk]
        rows += [
            Row(case.case_no, HEAD, HEAD, "", case.rev, due=case.due)
            for case in self.heads.values()
            if case.desk == desk
        ]
        yield from sorted((row for row in rows if (row.due or "") <= until), key=lambda row: row.due or "")

    def _changed(self, row: Row) -> bool:
        known = self.kept.get((row.case_no, row.key))
        return (known.rev if known else 0) != row.rev


class MemoryExpiring:
    """Small things with an end: over when they are over; `before_put` lets somebody be first."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, int, int]] = {}  # key: JSON, rev, end
        self.before_put: Callable[[], object] | None = None

    def get(self, key: str, now: datetime) -> tuple[dict[str, Any] | None, int]:
        text, rev, until = self.kept.get(key, ("", 0, 0))
        return (json.loads(text), rev) if rev and until > clock.epoch(now) else (None, 0)

    def put(self, key: str, data: dict[str, Any], ttl_seconds: int, now: datetime, rev: int | None = None) -> None:
        if self.before_put is not None:
            first, self.before_put = self.before_put, None
            first()
        known = self.get(key, now)[1]
        if rev is not None and known != rev:
            raise Conflict("变化", code="changed_meanwhile")
        self.kept[key] = (json.dumps(data, ensure_ascii=False), known + 1, clock.epoch(now) + ttl_seconds)

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)


class LocalKeys:
    """A key service that wraps nothing."""

    def generate_data_key(self, *, KeyId: str, KeySpec: str) -> dict[str, Any]:
        return {"CiphertextBlob": b"w" * 16, "Plaintext": b"k" * 32}

    def decrypt(self, *, CiphertextBlob: bytes, KeyId: str) -> dict[str, Any]:
        return {"Plaintext": b"k" * 32}


def cases(store: MemoryStore | None = None) -> Cases:
    """The real Cases over a table in memory."""
    return Cases(store or MemoryStore(), Sealer(LocalKeys(), "key"), b"index")
