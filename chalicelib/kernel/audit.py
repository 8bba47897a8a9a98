"""The record of who read personal data in clear, and why: append-only (《网络安全法》: kept at least six months)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.kernel import clock, tables


class _Entry(Model):
    class Meta(tables.Limits):
        pass

    subject = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)
    actor = UnicodeAttribute()
    purpose = UnicodeAttribute()
    fields = JSONAttribute()


class Audit:
    """Entries by the case they are about."""

    def __init__(self, table: str, region: str) -> None:
        tables.bind(_Entry, table, region)

    def note(self, subject: str, actor: str, purpose: str, fields: Sequence[str], now: datetime) -> None:
        """Write that `actor` is about to read `fields` of `subject`."""
        entry = _Entry(
            subject, f"{clock.iso(now)}#{uuid.uuid4().hex[:8]}", actor=actor, purpose=purpose, fields=list(fields)
        )
        entry.save(condition=_Entry.subject.does_not_exist(), add_version_condition=False)
