"""What the steps of payments call."""

from __future__ import annotations

from tests.unit.samples import NOW, Call

CALLS: dict[str, Call] = {
    "collect": ("payments.parts.payments", "open", ("510123456789", "t1", NOW)),
}
