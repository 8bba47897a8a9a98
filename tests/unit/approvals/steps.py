"""What the steps of approvals call."""

from __future__ import annotations

from tests.unit.samples import NOW, Call

CALLS: dict[str, Call] = {
    "open_task": ("approvals.parts.stages", "open_task", ("510123456789", "s1", "cgw", "t1", NOW)),
}
