"""What the steps of delivery call."""

from __future__ import annotations

from tests.unit.samples import NOW, Call

CALLS: dict[str, Call] = {
    "deliver": ("delivery.parts.delivery", "start", ("510123456789", "t1", NOW)),
}
